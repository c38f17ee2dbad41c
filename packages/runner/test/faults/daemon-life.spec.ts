/** How a daemon begins and ends, and that hooks go on whatever becomes of it. */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import {
  daemonRepo,
  expectRightVerdicts,
  folderOf,
  isRunning,
  removeDaemonRepo,
  signal,
  stageClean,
  startDaemon,
  statusOf,
  until,
} from './daemon-repo.ts';
import { bulwark, runProgram } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await daemonRepo();
});
afterEach(() => removeDaemonRepo(repo));

test('F96: killed, it leaves a socket: hooks go on at once, status says so, start and stop work', async () => {
  const first = await startDaemon(repo);
  signal(first, 'SIGKILL');
  await until(() => !isRunning(first));
  expect(await statusOf(repo)).toMatchObject({ code: 1, pid: null });
  expect((await bulwark(repo, ['daemon', 'stop'])).code).toBe(0);
  await expectRightVerdicts(repo);
  const second = await startDaemon(repo);
  expect(second).not.toBe(first);
  await expectRightVerdicts(repo);
  expect((await bulwark(repo, ['daemon', 'stop'])).code).toBe(0);
  expect(isRunning(second)).toBe(false);
  expect(await readdir(await folderOf(repo))).toEqual(['log']);
});

test('F97: of twenty that start at once, all say yes and one listens', async () => {
  for (const isStale of [false, true]) {
    const starts = Array.from({ length: 20 }, () => bulwark(repo, ['daemon', 'start']));
    const told = await Promise.all(starts);
    expect(told.map(({ code }) => code)).toEqual(told.map(() => 0));
    const { pid } = await statusOf(repo);
    await until(async () => (await listening()).length <= 1);
    expect(await listening()).toEqual([`s${pid}`]);
    expect({ isStale, ...(await statusOf(repo)) }).toMatchObject({ isStale, code: 0, pid });
    signal(pid!, 'SIGKILL');
    await until(() => !isRunning(pid!));
  }
}, 120_000);

/** Sockets of the daemon's folder whose process runs. */
async function listening(): Promise<string[]> {
  const names = await readdir(await folderOf(repo));
  return names.filter((name) => /^s\d+$/.test(name) && isRunning(Number(name.slice(1))));
}

test('F112: it ends when nobody has asked for long, and takes socket and pass with it', async () => {
  const pid = await startDaemon(repo, '--idle=1');
  await until(() => !isRunning(pid));
  expect(await readdir(await folderOf(repo))).toEqual(['log']);
  expect((await bulwark(repo, ['daemon', 'logs'])).stdout).toMatch(/ending: idle for 1 s/);
  const help = await bulwark(repo, ['daemon', 'start', '--help']);
  expect(help.stdout).toMatch(/--idle SECONDS/);
  const wrong = await bulwark(repo, ['daemon', 'start', '--idle=soon']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/--idle cannot be "soon"/)]);
});

test('it ends when its repository is moved or deleted', async () => {
  const pid = await startDaemon(repo);
  await rename(join(repo.root, '.git'), join(repo.root, '.moved'));
  await until(() => !isRunning(pid));
  await rename(join(repo.root, '.moved'), join(repo.root, '.git'));
  await expectRightVerdicts(repo);
});

test('it opens the repository before anybody asks, and nobody is told', async () => {
  const log = join(repo.root, 'node_modules/git.log');
  const [{ stdout }, folder] = [
    await runProgram(repo, ['which', 'git']),
    join(repo.root, 'node_modules/bin'),
  ];
  await mkdir(folder);
  const wrapper = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${log}'\nexec '${stdout.trim()}' "$@"\n`;
  await writeFile(join(folder, 'git'), wrapper, { mode: 0o755 });
  const path = `${folder}:${repo.env['PATH'] ?? process.env['PATH']}`;
  await startDaemon({ ...repo, env: { ...repo.env, PATH: path } });
  await until(async () => /cat-file --batch/.test(await readFile(log, 'utf8')));
  expect(await statusOf(repo)).toMatchObject({ code: 0, asked: 0 });
  const { output } = await bulwark(repo, ['daemon', 'logs']);
  expect(output.trimEnd().split('\n')).toEqual([expect.stringMatching(/listening/)]);
});

test('F118: a hook starts it, hands it no pipe of git’s, and it outlives the terminal', async () => {
  await stageClean(repo);
  // The pipes are read to their end: if the daemon held one, this would wait for it.
  const { code } = await runProgram(repo, ['git', 'commit', '--quiet', '--message', 'first']);
  expect(code).toBe(0);
  await until(async () => (await statusOf(repo)).code === 0);
  const { pid } = await statusOf(repo);
  const session = (await runProgram(repo, ['ps', '-o', 'sid=', '-p', String(pid)])).stdout.trim();
  expect(session).toBe(String(pid));
  await expectRightVerdicts(repo);
  expect((await statusOf(repo)).asked).toBe(3);
});

test.each([{ BULWARK_DAEMON: '0' }, { CI: 'true' }])(
  'a hook under %o neither asks nor starts one',
  async (more) => {
    await stageClean(repo);
    const commit = ['git', 'commit', '--quiet', '--message', 'clean'] as const;
    expect((await runProgram(repo, [...commit], { env: more })).code).toBe(0);
    expect((await statusOf(repo)).code).toBe(1);
    await startDaemon(repo);
    await stageClean(repo);
    expect((await runProgram(repo, [...commit], { env: more })).code).toBe(0);
    expect((await statusOf(repo)).asked).toBe(0);
  },
);

test('F120: what only tells answers beside a dead socket, and starts none', async () => {
  const pid = await startDaemon(repo);
  signal(pid, 'SIGKILL');
  await until(() => !isRunning(pid));
  for (const [words, expected] of [
    [['--version'], 0],
    [['--help'], 0],
    [['doctor'], 0],
    [['daemon', 'status'], 1],
    [['daemon', 'logs'], 0],
  ] as const) {
    const { code, output } = await bulwark(repo, words);
    expect({ words, code }).toEqual({ words, code: expected });
    expect(output).not.toBe('');
  }
  expect((await statusOf(repo)).code).toBe(1);
});

test('F102: where it cannot write, it says so once, and the verdicts are right', async () => {
  await rm(join(repo.root, '.git/bulwark'), { recursive: true, force: true });
  await writeFile(join(repo.root, '.git/bulwark'), 'in the way');
  const { code, stderr } = await bulwark(repo, ['daemon', 'start']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/The daemon did not start/)]);
  await expectRightVerdicts(repo);
  expect((await statusOf(repo)).code).toBe(1);
});

test('F100b: one that was stopped in its tracks is given up', async () => {
  const pid = await startDaemon(repo);
  signal(pid, 'SIGSTOP');
  try {
    await expectRightVerdicts(repo);
    expect((await bulwark(repo, ['daemon', 'status'])).code).toBe(1);
    expect((await bulwark(repo, ['daemon', 'start'])).code).toBe(0);
    expect((await statusOf(repo)).pid).not.toBe(pid);
  } finally {
    signal(pid, 'SIGCONT');
  }
  // It finds another in its place.
  await until(() => !isRunning(pid));
});

test('uninstall ends it and takes all it wrote away', async () => {
  const pid = await startDaemon(repo);
  expect((await bulwark(repo, ['uninstall'])).code).toBe(0);
  expect(isRunning(pid)).toBe(false);
  expect(await readdir(join(repo.root, '.git'))).not.toContain('bulwark');
});
