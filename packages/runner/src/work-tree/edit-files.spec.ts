import {
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { editFiles } from './edit-files.ts';
import type { FileEdit } from './edit-files.ts';

let top: string;
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-test-')));
});
afterEach(() => rm(top, { recursive: true, force: true }));

const edit = (path: string, before: string | null, after = 'new\n'): FileEdit => ({
  path,
  before: before === null ? null : Buffer.from(before),
  edit: () => after,
});
const read = (path: string): Promise<string> => readFile(join(top, path), 'utf8');

test('a file is replaced, not written into: another name of it keeps the old text', async () => {
  await writeFile(join(top, 'a'), 'old\n', { mode: 0o640 });
  await link(join(top, 'a'), join(top, 'b'));
  await editFiles(top, [edit('a', 'old\n'), edit('c', null)]);
  expect([await read('a'), await read('b'), await read('c')]).toEqual(['new\n', 'old\n', 'new\n']);
  expect((await stat(join(top, 'a'))).mode & 0o777).toBe(0o640);
  expect(await readdir(top)).toEqual(['a', 'b', 'c']);
});

test('an odd name is written by its bytes', async () => {
  await mkdir(join(top, 'ü b'));
  await editFiles(top, [edit('ü b/日\nx', null)]);
  expect(await read('ü b/日\nx')).toBe('new\n');
});

test.each<[string, () => Promise<FileEdit>, RegExp]>([
  [
    'changed since',
    async () => {
      await writeFile(join(top, 'bad'), 'later\n');
      return edit('bad', 'old\n');
    },
    /bad is not on disk what was judged/,
  ],
  ['gone since', () => Promise.resolve(edit('bad', 'old\n')), /bad was changed since it was judged/],
  [
    'come since',
    async () => {
      await writeFile(join(top, 'bad'), 'x');
      return edit('bad', null);
    },
    /bad was changed since/,
  ],
  [
    'a link',
    async () => {
      await symlink('good', join(top, 'bad'));
      return edit('bad', 'old\n');
    },
    /bad is a symbolic link/,
  ],
  [
    'behind a link',
    async () => {
      await mkdir(join(top, 'real'));
      await writeFile(join(top, 'real/bad'), 'old\n');
      await symlink('real', join(top, 'way'));
      return edit('way/bad', 'old\n');
    },
    /way\/bad lies behind a symbolic link/,
  ],
  [
    'read-only',
    async () => {
      await writeFile(join(top, 'bad'), 'old\n', { mode: 0o444 });
      return edit('bad', 'old\n');
    },
    /bad is read-only/,
  ],
  [
    'a folder',
    async () => {
      await mkdir(join(top, 'bad'));
      return edit('bad', 'old\n');
    },
    /bad is no file/,
  ],
  [
    'no text',
    async () => {
      await writeFile(join(top, 'bad'), Uint8Array.of(0xff));
      return edit('bad', 'old\n');
    },
    /bad cannot be read as text/,
  ],
  [
    'written otherwise',
    async () => {
      await writeFile(join(top, 'bad'), 'old\n');
      return { ...edit('bad', 'old\n'), edit: () => null };
    },
    /bad is not written the way the fix expects/,
  ],
])('%s: nothing at all is written', async (_name, prepare, message) => {
  await writeFile(join(top, 'good'), 'old\n');
  const bad = await prepare();
  await expect(editFiles(top, [edit('good', 'old\n'), bad])).rejects.toThrow(message);
  expect(await read('good')).toBe('old\n');
});

test('the same text in other line ends is what was judged', async () => {
  await writeFile(join(top, 'a'), 'old\r\ntext\r\n');
  await editFiles(top, [{ ...edit('a', 'old\ntext\n'), edit: (text) => text!.replace('old', 'new') }]);
  expect(await read('a')).toBe('new\r\ntext\r\n');
});
