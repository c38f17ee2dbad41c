import { constants } from 'node:fs';
import { access, lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { askGit } from './ask-git.ts';
import type { Repository } from './repository.ts';

/** Where git looks for hooks, and what is there. */
export interface HookLocation {
  /** The folder git looks in, absolute. It need not exist: git then runs no hook and says nothing. */
  readonly folder: string;
  readonly exists: boolean;
  /** The setting that names the folder; `null` where it is the repository's own. */
  readonly setting: HooksPathSetting | null;
  /** The repository's own folder, shared by its worktrees; git looks there if nothing else is set. */
  readonly ownFolder: string;
  readonly hooks: readonly InstalledHook[];
  /** Hooks of the configuration, which git runs from version 2.54 on, beside the folder's. */
  readonly configured: readonly ConfiguredHook[];
}

/** `core.hooksPath`: a relative one counts from the top of the work tree. */
export interface HooksPathSetting {
  readonly value: string;
  /** `local`, `worktree`, `global`, `system` or `command`. */
  readonly scope: string;
  /** As git names it: `file:.git/config`. */
  readonly origin: string;
}

export interface InstalledHook {
  /** `pre-commit`, … */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Git skips one that is not, with a hint. */
  readonly isExecutable: boolean;
  /** A link to nothing is there, but runs nothing. */
  readonly isDangling: boolean;
}

/** `hook.<name>.command` and the events it is for (git-hook(1)). */
export interface ConfiguredHook {
  readonly name: string;
  readonly events: readonly string[];
  readonly command: string;
}

export async function locateHooks(repository: Repository): Promise<HookLocation> {
  const { place, commonDir } = repository;
  const [answer, setting, configured] = await Promise.all([
    askGit(place, ['rev-parse', '--path-format=absolute', '--git-path', 'hooks']),
    readSetting(repository),
    listConfigured(repository),
  ]);
  const folder = answer.replace(/\n$/, '');
  const found = await listHooks(folder);
  return {
    folder,
    exists: found !== null,
    setting,
    ownFolder: join(commonDir, 'hooks'),
    hooks: found ?? [],
    configured,
  };
}

/** Git's version, as it says it: `2.39.5`. */
export async function readGitVersion({ place }: Pick<Repository, 'place'>): Promise<string> {
  return (await askGit(place, ['version'])).trim().replace(/^git version /, '');
}

/** Reads `git config --null --show-scope --show-origin --get`: `<scope>\0<origin>\0<value>\0`. */
async function readSetting({ place }: Repository): Promise<HooksPathSetting | null> {
  const args = ['config', '--null', '--show-scope', '--show-origin', '--get', 'core.hooksPath'];
  const [scope, origin, value] = (await askGit(place, args)).split('\0');
  if (scope === undefined || origin === undefined || value === undefined) return null;
  return { scope, origin, value };
}

/** Reads `git config --null --get-regexp`: `hook.<name>.command\n<value>\0`, repeated. */
async function listConfigured({ place }: Repository): Promise<ConfiguredHook[]> {
  const settings = await askGit(place, [
    'config',
    '--null',
    '--get-regexp',
    String.raw`^hook\..*\.(command|event)$`,
  ]);
  const hooks = new Map<string, { events: string[]; command: string }>();
  for (const setting of settings.split('\0')) {
    const found = /^hook\.(.*)\.(command|event)\n(.*)$/s.exec(setting);
    if (found === null) continue;
    const [, name = '', key, value = ''] = found;
    const hook = hooks.get(name) ?? { events: [], command: '' };
    hooks.set(name, hook);
    if (key === 'command') hook.command = value;
    // An empty value takes back what was said before it.
    else if (value === '') hook.events = [];
    else hook.events.push(value);
  }
  return [...hooks].map(([name, hook]) => ({ name, ...hook }));
}

async function listHooks(folder: string): Promise<InstalledHook[] | null> {
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const looked = await Promise.all(
    names
      .filter((name) => !name.includes('.') && !name.startsWith('_'))
      .toSorted()
      .map((name) => lookAtHook(name, join(folder, name))),
  );
  return looked.filter((hook) => hook !== null);
}

async function lookAtHook(name: string, path: string): Promise<InstalledHook | null> {
  const target = await stat(path).catch(() => null);
  const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink() === true;
  if (target === null) return isLink ? { name, path, isExecutable: false, isDangling: true } : null;
  if (!target.isFile()) return null;
  const isExecutable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  return { name, path, isExecutable, isDangling: false };
}
