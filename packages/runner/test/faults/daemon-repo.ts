/** A repository with Bulwark's own hooks installed, whose daemon is up when a test says so. */
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { BIN, createTempRepo } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { expectBlocked, expectCommitted } from './expect-verdict.ts';
import { CLEAN, leak } from './leak.ts';
import { bulwark } from './run-program.ts';
import type { How, Outcome, Place } from './run-program.ts';

/** Hooks of these repositories ask daemons, and start them. */
export async function daemonRepo(): Promise<TempRepo> {
  const made = await createTempRepo();
  const repo = { ...made, env: { ...made.env, BULWARK_DAEMON: '1' } };
  await mkdir(join(repo.root, 'node_modules'));
  await symlink(dirname(dirname(BIN)), join(repo.root, 'node_modules/bulwark'), 'dir');
  await repo.write('.gitignore', 'node_modules\n');
  await repo.write('package.json', '{}\n');
  await repo.commitAll('start');
  expect((await bulwark(repo, ['init'])).code).toBe(0);
  return repo;
}

/** Ends its daemon, if there is one, and takes the repository away. */
export async function removeDaemonRepo(repo: TempRepo): Promise<void> {
  const { pid } = await statusOf(repo);
  if (pid !== null) await end(pid);
  await repo.remove();
}

async function end(pid: number): Promise<void> {
  // One that was stopped in its tracks hears of nothing else.
  signal(pid, 'SIGKILL');
  await until(() => !isRunning(pid));
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 1500; turn += 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error('what was waited for did not come');
}

/** Starts the daemon and waits for it. @returns its process. */
export async function startDaemon(repo: Place, ...words: string[]): Promise<number> {
  const { code, output } = await bulwark(repo, ['daemon', 'start', ...words]);
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/process \d+/) });
  return Number(/process (\d+)/.exec(output)![1]);
}

export interface Counts {
  readonly code: number | null;
  readonly pid: number | null;
  readonly asked: number;
  readonly clean: number;
  readonly notClean: number;
  /** Megabytes. */
  readonly memory: number;
}

export async function statusOf(repo: Place, how: How = {}): Promise<Counts> {
  const { code, stdout }: Outcome = await bulwark(repo, ['daemon', 'status'], how);
  const number = (pattern: RegExp): number | null => {
    const [, digits] = pattern.exec(stdout) ?? [];
    return digits === undefined ? null : Number(digits);
  };
  return {
    code,
    pid: number(/\(process (\d+)/),
    asked: number(/asked +(\d+)/) ?? 0,
    clean: number(/(\d+) clean/) ?? 0,
    notClean: number(/(\d+) not clean/) ?? 0,
    memory: number(/memory +(\d+) MB/) ?? 0,
  };
}

let edition = 0;

/** Stages a clean change. */
export async function stageClean(repo: TempRepo, path = 'clean.ts'): Promise<void> {
  edition += 1;
  await repo.write(path, `${CLEAN}// ${edition}\n`);
  await repo.git('add', '--', path);
}

/** Stages a file whose third line holds a secret. */
export async function stageLeak(repo: TempRepo, path = 'leak.ts'): Promise<void> {
  await repo.write(path, leak());
  await repo.git('add', '--', path);
}

/** Both verdicts are as they always are. */
export async function expectRightVerdicts(repo: TempRepo): Promise<void> {
  await stageClean(repo);
  await expectCommitted(repo);
  await stageLeak(repo);
  await expectBlocked(repo, 'leak.ts:3');
  await repo.git('rm', '--quiet', '--force', '--cached', 'leak.ts');
  await rm(join(repo.root, 'leak.ts'));
}

/** The folder of the daemon of the build under test. */
export async function folderOf(repo: Pick<TempRepo, 'root'>): Promise<string> {
  const parent = join(repo.root, '.git/bulwark');
  const name = (await readdir(parent)).find((entry) => entry.startsWith('daemon-'));
  if (name === undefined) throw new Error('no daemon has been here');
  return join(parent, name);
}
