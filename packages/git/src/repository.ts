import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '@bulwark/model';
import { gitEnvironment } from './git-environment.ts';
import { GitError } from './git-error.ts';
import { WHERE, WHERE_AND_HEAD } from './questions.ts';
import { runGit, type GitPlace } from './run-git.ts';

export interface Repository {
  /** Absolute path of the work tree's top; `null` in a bare repository. */
  readonly topLevel: string | null;
  /** Absolute. A linked worktree's own; `commonDir` is what it shares. */
  readonly gitDir: string;
  readonly commonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
  readonly isBare: boolean;
  /** The commit HEAD names; `null` before the first one. */
  readonly head: string | null;
  /** The index file git was told to use, made absolute; `null` where it is the repository's own. */
  readonly indexFile: string | null;
  /** How to run git in it. */
  readonly place: GitPlace;
}

/** The empty tree of each object format: what a first commit is compared with. */
const EMPTY_TREE = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const;

export function emptyTreeOf({ objectFormat }: Pick<Repository, 'objectFormat'>): string {
  return EMPTY_TREE[objectFormat];
}

/**
 * The repository that git finds from a folder, under the variables a hook is handed.
 * @param early what git said already, asked in that folder; `null` if it failed
 * @returns null where there is none. @throws UserError if git is missing or refuses the repository.
 */
export async function findRepository(
  cwd: string,
  env: NodeJS.ProcessEnv,
  early: Promise<Buffer | null> = Promise.resolve(null),
): Promise<Repository | null> {
  const place = { cwd, env: gitEnvironment(env) };
  const where = await askWhere(place, await early);
  if (where === null) return null;
  const { answers } = where;
  const [isBare, , format, gitDir, commonDir] = answers;
  const topLevel = answers[5] ?? null;
  if (gitDir === undefined || commonDir === undefined || (format !== 'sha1' && format !== 'sha256')) {
    throw new UserError(`git ${String(format)} objects are not known here`, 'Update bulwark.');
  }
  const top = topLevel ?? gitDir;
  const indexFile = env['GIT_INDEX_FILE'] ? resolve(top, env['GIT_INDEX_FILE']) : null;
  const inside = { cwd: top, env: pinned(place.env, { gitDir, commonDir, topLevel, indexFile }) };
  const head = where.head ?? (await findHead(inside));
  // Git takes a missing index for an empty one, and so would see nothing to judge.
  if (indexFile !== null && head !== null && !existsSync(indexFile)) {
    throw new UserError(
      `GIT_INDEX_FILE names ${indexFile}, which does not exist`,
      'Unset GIT_INDEX_FILE, or name the index the commit will use.',
    );
  }
  return {
    topLevel,
    gitDir,
    commonDir,
    objectFormat: format,
    isBare: isBare === 'true',
    head,
    indexFile,
    place: inside,
  };
}

interface Where {
  /** To the questions, as far as git gave them: without a work tree, it fails at the last one. */
  readonly answers: readonly string[];
  /** `null` where the question for it was not reached or not answered. */
  readonly head: string | null;
}

async function askWhere(place: GitPlace, early: Buffer | null): Promise<Where | null> {
  try {
    const { code, stdout } = early
      ? { code: 0, stdout: early }
      : await runGit(place, WHERE_AND_HEAD, { codes: [0, 128] });
    const lines = stdout.toString().split('\n').slice(0, -1);
    const last = lines[1] === 'true' ? lines.pop() : undefined;
    const expected = lines[1] === 'true' ? WHERE.length - 1 : WHERE.length - 2;
    // Git repeats the name where there is no commit yet.
    const head = code === 0 && last !== undefined && /^[0-9a-f]+$/.test(last) ? last : null;
    if (lines.length === expected) return { answers: lines, head };
    // Nothing at all: git found no repository, or refused it. A name with a line break in it gives more lines.
    if (code === 128 && lines.length < expected) await runGit(place, ['rev-parse', '--git-dir']);
    return { answers: await askOneByOne(place), head: null };
  } catch (error) {
    if (error instanceof GitError && /not a git repository/i.test(error.stderr)) return null;
    throw error;
  }
}

async function askOneByOne(place: GitPlace): Promise<string[]> {
  const answers: string[] = [];
  for (const question of WHERE) {
    if (question === '--path-format=absolute') continue;
    if (question === '--show-toplevel' && answers[1] !== 'true') continue;
    const args = ['rev-parse', '--path-format=absolute', question];
    answers.push((await runGit(place, args)).stdout.toString().replace(/\n$/, ''));
  }
  return answers;
}

/**
 * The environment for running at the top: what was relative to the folder of the call is made absolute.
 * A relative `GIT_INDEX_FILE` counts from the top of the work tree, where git has gone when it opens it.
 */
function pinned(
  env: NodeJS.ProcessEnv,
  at: Pick<Repository, 'gitDir' | 'commonDir' | 'topLevel' | 'indexFile'>,
): NodeJS.ProcessEnv {
  const isNamed = env['GIT_DIR'] !== undefined || env['GIT_WORK_TREE'] !== undefined;
  return {
    ...env,
    ...(isNamed ? { GIT_DIR: at.gitDir } : {}),
    ...(isNamed && at.topLevel !== null ? { GIT_WORK_TREE: at.topLevel } : {}),
    ...(env['GIT_COMMON_DIR'] === undefined ? {} : { GIT_COMMON_DIR: at.commonDir }),
    ...(at.indexFile === null ? {} : { GIT_INDEX_FILE: at.indexFile }),
  };
}

/** @throws UserError if HEAD names something that is not there: that is not a repository without commits. */
async function findHead(place: GitPlace): Promise<string | null> {
  const head = await resolveCommit(place, 'HEAD');
  if (head !== null) return head;
  const { stdout, code } = await runGit(place, ['rev-parse', '--verify', '--quiet', 'HEAD'], {
    codes: [0, 1],
  });
  if (code === 1) return null;
  throw new UserError(
    `HEAD names ${stdout.toString().trim()}, which is not a commit that is here`,
    'Run `git fsck` to see what the repository lacks.',
  );
}

/** The commit a name stands for; `null` if there is none. The name is never taken for an option. */
export async function resolveCommit(place: GitPlace, name: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { stdout, code } = await runGit(place, args, { codes: [0, 1, 128] });
  return code === 0 ? stdout.toString().trim() : null;
}
