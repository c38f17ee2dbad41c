import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { UserError } from '@bulwark/model';
import { GitError } from './git-error.ts';
import { GLOBAL_OPTIONS } from './questions.ts';

/** Where and with which environment git is run. The environment comes from `gitEnvironment`. */
export interface GitPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A git process without a shell; its output is bytes. */
export function spawnGit(place: GitPlace, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...GLOBAL_OPTIONS, ...args], {
    cwd: place.cwd,
    env: place.env,
    stdio: 'pipe',
    windowsHide: true,
  });
}

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  /** Some questions git answers in part, and says only here what it did not see. */
  readonly stderr: Buffer;
}

interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Exit codes that are an answer; 0 alone if left out. */
  readonly codes?: readonly number[];
}

/**
 * Everything git prints for these arguments.
 * @throws GitError if it exits otherwise than allowed. @throws UserError if git cannot be started.
 */
export async function runGit(
  place: GitPlace,
  args: readonly string[],
  { input, codes = [0] }: RunOptions = {},
): Promise<GitAnswer> {
  const child = spawnGit(place, args);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Git may end before it has read everything; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const code = await exitOf(child, place);
  if (code === null || !codes.includes(code)) {
    throw new GitError(args, code, Buffer.concat(stderr).toString());
  }
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}

/** The exit code once all output is read; `null` after a signal. @throws UserError if it never started. */
export function exitOf(child: ChildProcessWithoutNullStreams, place: GitPlace): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(couldNotStart(error, place)));
    child.once('close', resolve);
  });
}

/** Node says ENOENT for a missing folder as well as for a missing program. */
export function couldNotStart(error: Error, place: GitPlace): UserError {
  if (!existsSync(place.cwd)) {
    return new UserError(`The folder ${place.cwd} does not exist`, 'Give a folder that is there.', {
      cause: error,
    });
  }
  if ('code' in error && error.code === 'ENOENT') {
    return new UserError(
      'git was not found',
      'Install git, or add the folder it is in to PATH (graphical clients often have a short one).',
      { cause: error },
    );
  }
  return new UserError(`git could not be started: ${error.message}`, undefined, { cause: error });
}
