import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readLooseObject } from './loose-object.ts';

let folder: string;
let objects: string;

const git = (input: string, ...args: string[]): Buffer => execFileSync('git', args, { cwd: folder, input });
const hash = (text: string): string => git(text, 'hash-object', '-w', '--stdin').toString().trim();
const fileOf = (id: string): string => join(objects, id.slice(0, 2), id.slice(2));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-test-'));
  objects = join(folder, '.git/objects');
  git('', 'init', '--quiet');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['', 'text\n', '\0\n\0', 'x'.repeat(100_000)])('a blob is what git says it is', (text) => {
  expect(readLooseObject(objects, hash(text), 'blob')!.toString()).toBe(text);
});

test('a tree is what git says it is, and no blob', () => {
  const id = git(`100644 blob ${hash('a')}\tä b\n`, 'mktree')
    .toString()
    .trim();
  expect(readLooseObject(objects, id, 'tree')).toEqual(git('', 'cat-file', 'tree', id));
  expect(readLooseObject(objects, id, 'blob')).toBeNull();
  expect(readLooseObject(objects, hash('a'), 'tree')).toBeNull();
});

test('what is not there, large, another object, or no object is left to git', () => {
  const [one, other, broken] = [hash('one'), hash('other'), hash('broken')];
  expect(readLooseObject(objects, 'f'.repeat(40), 'blob')).toBeNull();
  expect(readLooseObject(objects, 'HEAD', 'blob')).toBeNull();
  expect(readLooseObject(objects, hash('y'.repeat(1 << 20)), 'blob')).toBeNull();
  for (const [id, bytes] of [
    [other, readFileSync(fileOf(one))],
    [broken, Buffer.from('broken')],
  ] as const) {
    chmodSync(fileOf(id), 0o644);
    writeFileSync(fileOf(id), bytes);
    expect(readLooseObject(objects, id, 'blob')).toBeNull();
  }
});
