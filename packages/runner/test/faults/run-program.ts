import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { BIN } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';

/** Where programs run: a repository, or any folder with an environment. */
export type Place = Pick<TempRepo, 'root' | 'env'>;

export interface Outcome {
  /** `null` after a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as a terminal would show them. */
  readonly output: string;
}

export interface How {
  /** From the root; the root itself if left out. */
  readonly cwd?: string;
  /** More variables; `undefined` takes one away. */
  readonly env?: NodeJS.ProcessEnv;
  /** Nothing if left out; `null` keeps it open as long as the program runs. */
  readonly stdin?: string | Uint8Array | null;
}

/** Runs a program to its end, whatever that is. */
export function runProgram(
  { root, env }: Place,
  [program, ...args]: readonly [string, ...string[]],
  how: How = {},
): Promise<Outcome> {
  const child = spawn(program, args, { cwd: join(root, how.cwd ?? '.'), env: { ...env, ...how.env } });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {});
  if (how.stdin !== null) child.stdin.end(how.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => child.stdin.destroy());
    child.on('close', (code, signal) => {
      const [out, err] = [Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString()];
      resolve({ code, signal, stdout: out, stderr: err, output: out + err });
    });
  });
}

/** Runs a program whose outputs are closed before it writes a byte. @returns its exit code, -1 if a signal ended it. */
export function runWithoutReaders(
  { root, env }: Place,
  [program, ...args]: readonly [string, ...string[]],
): Promise<number> {
  const child = spawn(program, args, { cwd: root, env });
  child.stdout.destroy();
  child.stderr.destroy();
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? -1));
  });
}

/** Runs `bulwark` by hand. */
export function bulwark(place: Place, args: readonly string[], how: How = {}): Promise<Outcome> {
  return runProgram(place, [process.execPath, BIN, ...args], how);
}

/** Runs git with standard input; rejects unless it exits 0. @returns standard output. */
export async function gitWith(place: Place, stdin: string | Uint8Array, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(place, ['git', ...args], { stdin });
  if (code !== 0) throw new Error(`git ${args.join(' ')} exited ${code}\n${stderr}`);
  return stdout;
}

/** A command line of words for `sh`. */
export function shellWords(...words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
}

/** `bulwark` as words for `sh`. */
export const BULWARK = shellWords(process.execPath, BIN);
