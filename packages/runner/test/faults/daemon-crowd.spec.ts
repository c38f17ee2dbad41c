/** Many who ask at once, and many who ask one after the other. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { daemonRepo, isRunning, removeDaemonRepo, startDaemon, statusOf, until } from './daemon-repo.ts';
import { expectNoSecret, leak } from './leak.ts';
import { runProgram } from './run-program.ts';
import type { Outcome, Place } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await daemonRepo();
});
afterEach(() => removeDaemonRepo(repo));

const git = (place: Place, ...words: string[]): Promise<Outcome> => runProgram(place, ['git', ...words]);

const WORKTREES = 50;
const COMMITS = 4;

/** Of each worktree's commits this one brings a secret. */
const isBad = (worktree: number, turn: number): boolean => (worktree + turn) % COMMITS === 0;

test('fifty worktrees, two hundred commits at once: no wrong verdict, no lost daemon, no leak', async () => {
  const pid = await startDaemon(repo);
  const places: Place[] = [];
  for (let at = 0; at < WORKTREES; at += 1) {
    const root = join(repo.root, `node_modules/tree${at}`);
    await repo.git('worktree', 'add', '--quiet', '-b', `branch${at}`, root);
    places.push({ root, env: repo.env });
  }
  const before = await openFiles(pid);
  const told = await Promise.all(places.map((place, at) => commitAll(place, at)));
  for (const [at, codes] of told.entries()) {
    const expected = Array.from({ length: COMMITS }, (_, turn) => (isBad(at, turn) ? 'refused' : 'made'));
    expect({ at, codes }).toEqual({ at, codes: expected });
  }
  expect(isRunning(pid)).toBe(true);
  const status = await statusOf(repo);
  expect(status).toMatchObject({ code: 0, pid });
  expect(status.memory).toBeLessThan(400);
  // Whoever found it busy judged by himself. How many did is a matter of the machine; the next one is answered.
  const next = places[0]!;
  await writeFile(join(next.root, 'next.ts'), 'export const next = 1;\n');
  await git(next, 'add', '--', 'next.ts');
  expect((await git(next, 'commit', '--quiet', '--message', 'next')).code).toBe(0);
  expect((await statusOf(repo)).clean).toBeGreaterThan(status.clean);
  await until(async () => (await openFiles(pid)) <= before + MAY_STAY_OPEN);
}, 600_000);

/** Pipes of the few `git cat-file` that stay, at three each, and what Node opens to hear of their ends. */
const MAY_STAY_OPEN = 8 * 3 + 4;

async function commitAll(place: Place, at: number): Promise<string[]> {
  const verdicts: string[] = [];
  for (let turn = 0; turn < COMMITS; turn += 1) {
    const path = `f${turn}.ts`;
    const bad = isBad(at, turn);
    await writeFile(join(place.root, path), bad ? leak() : `export const a = ${at * COMMITS + turn};\n`);
    await git(place, 'add', '--', path);
    const { code, output } = await git(place, 'commit', '--quiet', '--message', `${at} ${turn}`);
    expectNoSecret(output);
    if (bad) expect(output).toMatch(new RegExp(`^${path}:3:.*committed-secret`, 'm'));
    verdicts.push(code === 0 ? 'made' : 'refused');
    if (bad) await git(place, 'rm', '--quiet', '--force', '--cached', '--', path);
  }
  return verdicts;
}

async function openFiles(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

test('F111: questions one after the other: the same answers, descriptors steady', async () => {
  const pid = await startDaemon(repo);
  await repo.write('a.ts', 'export const a = 1;\n');
  await repo.git('add', 'a.ts');
  const ask = (): Promise<Outcome> =>
    runProgram(repo, ['sh', '.git/hooks/pre-commit'], { env: { GIT_INDEX_FILE: '.git/index' } });
  const first = await ask();
  expect(first.code).toBe(0);
  const before = await openFiles(pid);
  for (let turn = 0; turn < 100; turn += 1) expect(await ask()).toEqual(first);
  expect(await openFiles(pid)).toBeLessThanOrEqual(before);
  const status = await statusOf(repo);
  expect(status.clean).toBeGreaterThan(90);
  expect(status.memory).toBeLessThan(200);
  expect(await readFile(join(repo.root, 'a.ts'), 'utf8')).toBe('export const a = 1;\n');
}, 180_000);
