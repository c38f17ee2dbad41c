/**
 * The repository that most are, found without asking git: from the top of its work tree or of a linked one, all of it
 * ours, where neither its configuration nor the environment says that anything is elsewhere or otherwise.
 */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gitEnvironment } from '../git-environment.ts';
import type { Repository } from '../repository.ts';
import { readHeadCommit } from './head-commit.ts';

/** A repository with a commit, and an index that is there. */
export interface PlainRepository extends Repository {
  readonly topLevel: string;
  readonly head: string;
}

/**
 * Variables that a plain repository's hooks are not handed: they name other places, or configuration that stands in
 * no file.
 */
const TELLING = [
  'GIT_COMMON_DIR',
  'GIT_WORK_TREE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
] as const;

/** @param cwd absolute @returns null for every other repository, and where there is none: then git is to be asked. */
export function findPlainRepository(cwd: string, env: NodeJS.ProcessEnv): PlainRepository | null {
  if (TELLING.some((name) => env[name] !== undefined)) return null;
  try {
    const folders = isOurs(cwd) && realpathSync.native(cwd) === cwd ? findFolders(cwd) : null;
    if (folders === null) return null;
    const { gitDir, commonDir } = folders;
    const named = env['GIT_DIR'];
    if (named !== undefined && named !== gitDir) return null;
    if (!isConfiguredPlainly(readFileSync(join(commonDir, 'config'), 'latin1'))) return null;
    const head = readHeadCommit(folders);
    if (head === null) return null;
    const indexFile = env['GIT_INDEX_FILE'] ? resolve(cwd, env['GIT_INDEX_FILE']) : null;
    const pinned = {
      ...(named === undefined ? {} : { GIT_WORK_TREE: cwd }),
      ...(indexFile === null ? {} : { GIT_INDEX_FILE: indexFile }),
    };
    return {
      topLevel: cwd,
      gitDir,
      commonDir,
      objectFormat: 'sha1',
      isBare: false,
      head,
      indexFile,
      place: { cwd, env: { ...gitEnvironment(env), ...pinned } },
    };
  } catch {
    return null;
  }
}

type GitFolders = Pick<Repository, 'gitDir' | 'commonDir'>;

/** In place of the folder, a linked worktree has a file that names one in `worktrees` (gitrepository-layout(5)). */
function findFolders(top: string): GitFolders | null {
  const named = join(top, '.git');
  const stats = lstatSync(named);
  if (stats.isDirectory())
    return isOurs(named) && isWhole(named) ? { gitDir: named, commonDir: named } : null;
  if (!stats.isFile() || stats.uid !== process.geteuid?.()) return null;
  const gitDir = /^gitdir: (\/[^\n]+\/worktrees\/[^/\n]+)\n$/.exec(readFileSync(named, 'utf8'))?.[1];
  if (gitDir === undefined || realpathSync.native(gitDir) !== gitDir || !isOurs(gitDir)) return null;
  if (readFileSync(join(gitDir, 'commondir'), 'latin1') !== '../..\n') return null;
  const commonDir = dirname(dirname(gitDir));
  return isOurs(commonDir) && isWhole(commonDir) ? { gitDir, commonDir } : null;
}

/** Git refuses a repository of somebody else's, unless it is told not to (git-config(1), `safe.directory`). */
function isOurs(folder: string): boolean {
  const stats = lstatSync(folder);
  return stats.isDirectory() && stats.uid === process.geteuid?.();
}

/** Whether git would take a folder for a repository that has no other behind it. */
function isWhole(folder: string): boolean {
  return (
    statSync(join(folder, 'objects')).isDirectory() &&
    statSync(join(folder, 'refs')).isDirectory() &&
    statSync(join(folder, 'commondir'), { throwIfNoEntry: false }) === undefined
  );
}

/** The two lines that `git init` writes. */
const USUAL = /^[ \t]*(?:bare = false|repositoryformatversion = 0)\r?$/gm;

/** Words of the settings that say where or how a repository is kept; that they stand anywhere is enough to ask git. */
const UNUSUAL = /bare|repositoryformatversion|extensions|worktree/i;

function isConfiguredPlainly(text: string): boolean {
  return !UNUSUAL.test(text.replaceAll(USUAL, ''));
}
