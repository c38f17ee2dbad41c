import {
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
  mkdir,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '@bulwark/model';
import fc from 'fast-check';
import { clearStores, defaultBounds, listStores, openDiskStore, openStore } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulwark-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

async function answersIn(store: string): Promise<string[]> {
  return (await readdir(join(store, 'answers'))).map((name) => join(store, 'answers', name));
}

test('a repository that was moved away does not come back', async () => {
  const git = join(folder, '.git');
  await mkdir(git);
  const store = await openStore(git, 'build');
  await rename(git, join(folder, 'moved'));
  await store.keep('key', 'clean');
  (await store.shelf('shelf')).set('key', 'clean');
  await store.close();
  await openStore(git, 'build');
  expect(await readdir(folder)).toEqual(['moved']);
});

test('a store that was cleared is filled again', async () => {
  const store = await openStore(folder, 'build');
  await clearStores(folder);
  await store.keep('key', 'clean');
  (await store.shelf('shelf')).set('key', 'clean');
  await store.close();
  const again = await openStore(folder, 'build');
  expect(await again.recall('key')).toBe('clean');
  expect((await again.shelf('shelf')).get('key')).toBe('clean');
});

describe('answers', () => {
  test('come back as they were, under their key alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), json, async (key, answer) => {
        const store = openDiskStore(folder);
        await store.keep(key, answer);
        expect(await openDiskStore(folder).recall(key)).toEqual(answer);
        expect(await openDiskStore(folder).recall(`${key}?`)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut short', (bytes) => bytes.subarray(0, -1)],
    ['empty', () => Buffer.alloc(0)],
    ['with one byte changed', (bytes) => Buffer.from(bytes.toString().replace('clean', 'clear'))],
    ['with more behind it', (bytes) => Buffer.concat([bytes, Buffer.from(' ')])],
    ['of zeros, as a crash leaves it', (bytes) => Buffer.alloc(bytes.length)],
  ])('an entry %s is a miss, and can be written anew', async (_what, damage) => {
    await openDiskStore(folder).keep('key', 'clean');
    const [file] = await answersIn(folder);
    await writeFile(file!, damage(await readFile(file!)));
    expect(await openDiskStore(folder).recall('key')).toBeUndefined();
    await openDiskStore(folder).keep('key', 'clean');
    expect(await openDiskStore(folder).recall('key')).toBe('clean');
  });

  test('an entry in the place of another, or of another build, is a miss', async () => {
    await openDiskStore(join(folder, 'store-1')).keep('dirty', 'dirty');
    const [dirty] = await answersIn(join(folder, 'store-1'));
    await openDiskStore(join(folder, 'store-2')).keep('clean', 'clean');
    const [clean] = await answersIn(join(folder, 'store-2'));
    const bytes = await readFile(clean!);
    await writeFile(dirty!, bytes);
    expect(await openDiskStore(join(folder, 'store-1')).recall('dirty')).toBeUndefined();
    await rename(clean!, join(folder, 'store-1', 'answers', clean!.split('/').at(-1)!));
    expect(await openDiskStore(join(folder, 'store-1')).recall('clean')).toBeUndefined();
  });

  test('are evicted when there are too many, the longest unused first', async () => {
    const bounds = { ...defaultBounds, answers: { entries: 10, bytes: 1_000_000 } };
    const first = openDiskStore(folder, bounds);
    for (let index = 0; index < 10; index += 1) await first.keep(`old ${index}`, index);
    for (const file of await answersIn(folder)) await utimes(file, 1, 1);
    const second = openDiskStore(folder, bounds);
    await second.recall('old 3');
    await second.keep('new', 'new');
    await second.close();
    const third = openDiskStore(folder, bounds);
    expect(await third.recall('new')).toBe('new');
    expect(await third.recall('old 3')).toBe(3);
    expect((await answersIn(folder)).length).toBe(5);
  });
});

describe('shelves', () => {
  test('come back as they were, whatever the keys hold', async () => {
    const entries = fc.dictionary(fc.string({ unit: 'binary' }), json, { maxKeys: 20 });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(entries, async (said) => {
        const name = `shelf ${(count += 1)}`;
        const store = openDiskStore(folder, { ...defaultBounds, shelves: 1000 });
        const shelf = await store.shelf(name);
        for (const [key, answer] of Object.entries(said)) shelf.set(key, answer);
        await store.close();
        const again = await openDiskStore(folder).shelf(name);
        for (const [key, answer] of Object.entries(said)) expect(again.get(key)).toEqual(answer);
        expect(again.get('no such key')).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test('lone surrogates, which UTF-8 cannot tell apart, are different keys', async () => {
    const store = openDiskStore(folder);
    (await store.shelf('s')).set('\ud800', 'one');
    await store.close();
    const again = await openDiskStore(folder).shelf('s');
    expect(again.get('\ud800')).toBe('one');
    expect(again.get('\ud801')).toBeUndefined();
    expect(again.get('"\\ud800"')).toBeUndefined();
  });

  test('many writers at once lose nothing, and their segments are merged in time', async () => {
    const write = async (index: number): Promise<void> => {
      const store = openDiskStore(folder);
      (await store.shelf('s')).set(`key ${index}`, index);
      await store.close();
    };
    await Promise.all(Array.from({ length: 30 }, (_, index) => write(index)));
    await write(30);
    const again = await openDiskStore(folder).shelf('s');
    for (let index = 0; index <= 30; index += 1) expect(again.get(`key ${index}`)).toBe(index);
    expect((await segmentsOf(folder)).length).toBeLessThan(10);
  });

  test('one that stays open keeps what it wrote, and leaves few segments', async () => {
    const store = openDiskStore(folder);
    const shelf = await store.shelf('s');
    for (let at = 0; at < 40; at += 1) {
      shelf.set(`key ${at}`, at);
      await store.close();
      expect(shelf.get(`key ${at}`)).toBe(at);
    }
    expect((await segmentsOf(folder)).length).toBeLessThan(12);
    const again = await openDiskStore(folder).shelf('s');
    for (let at = 0; at < 40; at += 1)
      expect([shelf.get(`key ${at}`), again.get(`key ${at}`)]).toEqual([at, at]);
  });

  test('a torn segment is a miss for what it held, and nothing else', async () => {
    for (const key of ['a', 'b']) {
      const store = openDiskStore(folder);
      (await store.shelf('s')).set(key, key);
      await store.close();
    }
    const [id] = await readdir(join(folder, 'shelves'));
    const [segment] = (await readdir(join(folder, 'shelves', id!))).toSorted();
    const path = join(folder, 'shelves', id!, segment!);
    await writeFile(path, (await readFile(path)).subarray(0, -1));
    const again = await openDiskStore(folder).shelf('s');
    expect([again.get('a'), again.get('b')].filter((one) => one !== undefined)).toHaveLength(1);
  });

  test('stay within their bound, and forget what was not used', async () => {
    const bounds = { ...defaultBounds, shelf: 2_000 };
    for (let round = 0; round < 40; round += 1) {
      const store = openDiskStore(folder, bounds);
      const shelf = await store.shelf('s');
      shelf.get('used');
      if (round === 0) shelf.set('used', true);
      for (let index = 0; index < 10; index += 1) shelf.set(`key ${round} ${index}`, index);
      await store.close();
    }
    const shelf = await openDiskStore(folder, bounds).shelf('s');
    expect(shelf.get('used')).toBe(true);
    expect(shelf.get('key 39 9')).toBe(9);
    expect(shelf.get('key 0 0')).toBeUndefined();
    expect(await bytesIn(folder)).toBeLessThan(4_000);
  });
});

/** Of the one shelf there is. */
async function segmentsOf(store: string): Promise<string[]> {
  const [id] = await readdir(join(store, 'shelves'));
  return readdir(join(store, 'shelves', id!));
}

async function bytesIn(of: string): Promise<number> {
  const entries = await readdir(of, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('a store', () => {
  test('is its owner’s alone, whatever the umask [F105]', async () => {
    const before = process.umask(0);
    try {
      const store = await openStore(folder, 'one');
      await store.keep('key', 1);
      (await store.shelf('s')).set('key', 1);
      await store.close();
    } finally {
      process.umask(before);
    }
    const entries = await readdir(join(folder, 'bulwark'), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect([entry.name, mode & 0o077]).toEqual([entry.name, 0]);
    }
    expect((await stat(join(folder, 'bulwark'))).mode & 0o777).toBe(0o700);
  });

  test('is made private again if its folder was opened to others', async () => {
    await mkdir(join(folder, 'bulwark'), { mode: 0o777 });
    await openStore(folder, 'one');
    expect((await stat(join(folder, 'bulwark'))).mode & 0o777).toBe(0o700);
  });

  test('behind a link remembers nothing', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'bulwark'));
    const store = await openStore(folder, 'one');
    await store.keep('key', 1);
    expect(await store.recall('key')).toBeUndefined();
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
  });

  test('that cannot be written says nothing and remembers nothing [F102]', async () => {
    await writeFile(join(folder, 'answers'), '');
    await writeFile(join(folder, 'shelves'), '');
    const store = openDiskStore(folder);
    await store.keep('key', 1);
    (await store.shelf('s')).set('key', 1);
    await store.close();
    expect(await openDiskStore(folder).recall('key')).toBeUndefined();
    expect((await openDiskStore(folder).shelf('s')).get('key')).toBeUndefined();
  });

  test('that is deleted meanwhile is a miss and no error', async () => {
    const store = await openStore(folder, 'one');
    await store.keep('key', 1);
    await clearStores(folder);
    expect(await store.recall('key')).toBeUndefined();
    await store.keep('key', 2);
    (await store.shelf('s')).set('key', 1);
    await store.close();
  });

  test('of another build is another one; few stay, and nothing beside them is touched', async () => {
    await mkdir(join(folder, 'bulwark'));
    await writeFile(join(folder, 'bulwark', 'log'), 'kept');
    for (let index = 0; index < 12; index += 1) {
      const store = await openStore(folder, `build-${index}`);
      expect(await store.recall('key')).toBeUndefined();
      await store.keep('key', index);
      await store.close();
    }
    expect(await (await openStore(folder, 'build-11')).recall('key')).toBe(11);
    expect((await listStores(folder)).length).toBeLessThanOrEqual(4);
    expect(await readFile(join(folder, 'bulwark', 'log'), 'utf8')).toBe('kept');
    await clearStores(folder);
    expect(await listStores(folder)).toEqual([]);
    expect(await readFile(join(folder, 'bulwark', 'log'), 'utf8')).toBe('kept');
  });
});
