import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import type { MemoryFile } from '@bulwark/model';
import { changedFiles, findPlugin } from './find-plugin.ts';

const files: Record<string, MemoryFile> = {
  'root.mjs': '1',
  'beside.mjs': '2',
  'p/a.rule.mjs': 'a',
  'p/deep/b.rule.ts': 'b',
  'p/lib.mjs': 'lib',
  'p/node_modules/x/c.rule.mjs': 'x',
  'p/link.rule.mjs': { content: '../root.mjs', mode: '120000' },
  'i/index.mjs': 'i',
  'i/d.rule.mjs': 'd',
  'pp/e.rule.mjs': 'e',
  'empty/readme.md': '#',
};
const found = (name: string, tree = files): unknown => {
  const plugin = findPlugin(name, memorySnapshot(tree));
  return plugin && { entries: plugin.entries, files: plugin.files.map(({ path }) => path) };
};

describe('findPlugin', () => {
  test('takes every rule file of a folder, and all that is in it, but for links and what is installed', () => {
    const whole = {
      entries: ['p/a.rule.mjs', 'p/deep/b.rule.ts'],
      files: ['p/a.rule.mjs', 'p/deep/b.rule.ts', 'p/lib.mjs'],
    };
    for (const name of ['./p', './p/', 'p', './i/../p']) expect(found(name)).toEqual(whole);
  });

  test('takes the index alone where there is one', () => {
    expect(found('./i')).toEqual({ entries: ['i/index.mjs'], files: ['i/d.rule.mjs', 'i/index.mjs'] });
  });

  test('takes a file with its folder; at the root it stands alone', () => {
    expect(found('./i/d.rule.mjs')).toEqual({
      entries: ['i/d.rule.mjs'],
      files: ['i/d.rule.mjs', 'i/index.mjs'],
    });
    expect(found('./root.mjs')).toEqual({ entries: ['root.mjs'], files: ['root.mjs'] });
  });

  test('says nothing of what is not there, and throws for what is no plugin', () => {
    expect(found('./gone')).toBeNull();
    expect(() => found('./empty')).toThrow(/neither an index\.mjs nor/);
    for (const name of ['./..', './../x', './.', '/etc', '..'])
      expect(() => found(name)).toThrow(/not inside/);
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`m/${at}.mjs`, '']));
    expect(() => found('./m', many)).toThrow(/a folder of 1001 files/);
  });

  test('tells which files differ between two trees, and no others', () => {
    const after = { ...files, 'p/lib.mjs': 'other', 'p/new.mjs': '', 'pp/e.rule.mjs': 'other' };
    const changed = changedFiles('./p', memorySnapshot(files), memorySnapshot(after));
    expect(changed).toEqual(['p/lib.mjs', 'p/new.mjs']);
    expect(changedFiles('./p', memorySnapshot(files), memorySnapshot(files))).toEqual([]);
    const without = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('i/')));
    expect(changedFiles('./i', memorySnapshot(files), memorySnapshot(without))).toHaveLength(2);
  });
});
