/**
 * The repository that most are, found without asking git: its folder is `.git` at the top of the work tree, all of it
 * ours, and neither its configuration nor the environment says that anything is elsewhere or otherwise.
 */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  'GIT_DIR',
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
  const gitDir = join(cwd, '.git');
  try {
    if (realpathSync.native(cwd) !== cwd || !isOurs(cwd) || !isOurs(gitDir)) return null;
    if (!isLaidOutPlainly(gitDir) || !isConfiguredPlainly(readFileSync(join(gitDir, 'config'), 'latin1')))
      return null;
    const head = readHeadCommit(gitDir);
    if (head === null) return null;
    const named = env['GIT_INDEX_FILE'];
    const indexFile = named ? resolve(cwd, named) : null;
    const pinned = indexFile === null ? {} : { GIT_INDEX_FILE: indexFile };
    return {
      topLevel: cwd,
      gitDir,
      commonDir: gitDir,
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

/** Git refuses a repository of somebody else's, unless it is told not to (git-config(1), `safe.directory`). */
function isOurs(folder: string): boolean {
  const stats = lstatSync(folder);
  return stats.isDirectory() && stats.uid === process.geteuid?.();
}

/** What git looks for in a folder to take it for a repository (gitrepository-layout(5)), and no file that leads on. */
function isLaidOutPlainly(gitDir: string): boolean {
  return (
    statSync(join(gitDir, 'objects')).isDirectory() &&
    statSync(join(gitDir, 'refs')).isDirectory() &&
    statSync(join(gitDir, 'commondir'), { throwIfNoEntry: false }) === undefined
  );
}

/** The two lines that `git init` writes. */
const USUAL = /^[ \t]*(?:bare = false|repositoryformatversion = 0)\r?$/gm;

/** Words of the settings that say where or how a repository is kept; that they stand anywhere is enough to ask git. */
const UNUSUAL = /bare|repositoryformatversion|extensions|worktree/i;

function isConfiguredPlainly(text: string): boolean {
  return !UNUSUAL.test(text.replaceAll(USUAL, ''));
}
