/** The built command line as a user runs it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cleanEnv } from './temp-repo.ts';

/** The launcher of the package `bulwark`. */
export const BIN = fileURLToPath(new URL('../../runner/bin/bulwark.cjs', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string | Uint8Array;
}

/** Runs `bulwark` with these words. */
export function runCli(
  args: readonly string[],
  { cwd, env = cleanEnv(), stdin = '' }: CliOptions,
): Promise<CliResult> {
  if (!existsSync(BIN)) throw new Error('the command line is not built; run: npm run build');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
