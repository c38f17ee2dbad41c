import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openLog, readLog } from './log-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulwark-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a line each, in order, without anything that moves a cursor', async () => {
  const log = openLog(folder, () => new Date(0));
  log.add('one');
  log.add('two\nlines\u001b[2J');
  await log.close();
  expect(await readLog(folder)).toBe(
    `1970-01-01T00:00:00.000Z ${process.pid} one\n1970-01-01T00:00:00.000Z ${process.pid} two?lines?[2J\n`,
  );
});

test('stays within its bound, and keeps what came last', async () => {
  const log = openLog(folder);
  for (let index = 0; index < 3000; index += 1) log.add(`${index} ${'x'.repeat(300)}`);
  await log.close();
  expect((await readdir(folder)).toSorted()).toEqual(['log', 'log.1']);
  for (const name of await readdir(folder)) {
    const { size, mode } = await stat(join(folder, name));
    expect(size).toBeLessThan(300 * 1024);
    expect(mode & 0o077).toBe(0);
  }
  expect(await readLog(folder)).toMatch(/ 2999 x+\n$/);
});

test('that cannot be written is no reason to fail', async () => {
  await writeFile(join(folder, 'in-the-way'), '');
  const log = openLog(join(folder, 'in-the-way'));
  log.add('lost');
  await log.close();
  expect(await readLog(join(folder, 'in-the-way'))).toBe('');
});
