/** What is large or many is judged within bounds, or said not to be. */
import { spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectBlocked, expectFinding } from './expect-verdict.ts';
import { S, leak } from './leak.ts';
import { commitManyBlobs, tagManyCommits } from './many-blobs.ts';
import { peakMemoryOf, tellingPeakMemory } from './peak-memory.ts';
import { bulwark } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
});
afterEach(() => repo.remove());

/** Resident megabytes no check may pass. */
const MOST_MEMORY = 400;

test('F39: four megabytes on one line, with a secret in the middle', async () => {
  const half = 'const a = "b"; '.repeat(2 ** 21 / 15);
  await repo.write('one-line.js', `${half}const token = '${S}'; ${half}`);
  await repo.git('add', '.');
  const env = tellingPeakMemory();
  const output = await expectBlocked(repo, 'one-line.js:1', { env });
  expect(output.length).toBeLessThan(2000);
  expect(peakMemoryOf(output)).toBeLessThan(MOST_MEMORY);
});

test('F40: a blob of a gigabyte is not read but named, and a secret beside it is found', async () => {
  const blob = await storeZeros(2 ** 30);
  await repo.git('update-index', '--add', '--cacheinfo', `100644,${blob},huge.bin`);
  const env = tellingPeakMemory();
  const alone = await bulwark(repo, ['hook', 'pre-commit'], { env });
  expect(alone.stdout).toMatch(/huge\.bin +was not read: its 1,024 MB are over maxFileSize/);
  expect(alone.code).toBe(2);
  await expectBlocked(repo, []);
  await repo.write('a.ts', leak());
  await repo.git('add', 'a.ts');
  const beside = await bulwark(repo, ['hook', 'pre-commit'], { env });
  expectFinding(beside.stdout, 'a.ts:3');
  expect(beside.stdout).toContain('huge.bin  was not read');
  expect(beside.code).toBe(1);
  for (const { output } of [alone, beside]) expect(peakMemoryOf(output)).toBeLessThan(MOST_MEMORY);
});

/** Feeds `git hash-object` so many zeros. @returns the blob's id. */
async function storeZeros(bytes: number): Promise<string> {
  const words = ['-c', 'core.compression=1', 'hash-object', '-w', '--stdin'];
  const child = spawn('git', words, { cwd: repo.root, env: repo.env, stdio: ['pipe', 'pipe', 'inherit'] });
  const piece = Buffer.alloc(2 ** 22);
  const answer = (async () => {
    let text = '';
    for await (const chunk of child.stdout) text += String(chunk);
    return text.trim();
  })();
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!child.stdin.write(piece)) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  return answer;
}

test('F42: one secret among thirty thousand new blobs', async () => {
  await commitManyBlobs(repo, 'many', 30_000, { 17_771: leak() });
  await repo.git('read-tree', 'many');
  const output = await expectBlocked(repo, 'd71/f17771.ts:3', { env: tellingPeakMemory() });
  expect(output).toContain('looked at 30000 files');
  expect(peakMemoryOf(output)).toBeLessThan(MOST_MEMORY);
});

test('F71: a first push of many tags, one of them to a commit with a secret', async () => {
  await commitManyBlobs(repo, 'many', 3000);
  await tagManyCommits(repo, 'many', 150, { 77: leak() });
  await repo.git('init', '--quiet', '--bare', '.git/remote.git');
  const git = ['push', '--mirror', '.git/remote.git'];
  const output = await expectBlocked(repo, 'd0/next.ts:3', { git, env: tellingPeakMemory() });
  expect(output).toContain(`in commit ${(await repo.git('rev-parse', 'v77')).slice(0, 12)}`);
  expect(peakMemoryOf(output)).toBeLessThan(MOST_MEMORY / 2);
});
