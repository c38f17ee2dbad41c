/** The package as it would be published. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { REPOSITORY, packBoth, unpack } from './pack.ts';
import type { Packed } from './pack.ts';
import { tempFolder } from './temp-folder.ts';
import type { TempFolder } from './temp-folder.ts';

let packed: Packed;
let folder: TempFolder;
beforeAll(() => {
  packed = packBoth();
  folder = tempFolder({});
  unpack(packed.plugin, join(folder.root, 'node_modules/@bulwark/nx'));
});
afterAll(() => {
  folder.remove();
  packed.remove();
});

test('publint finds nothing', () => {
  const bin = join(REPOSITORY, 'node_modules/publint/src/cli.js');
  const said = execFileSync(process.execPath, [bin, packed.plugin, '--strict'], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(said).toContain('All good!');
});

test('holds what it names, and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', packed.plugin], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .toSorted();
  expect(files.map((file) => file.replace('package/', ''))).toEqual([
    'LICENSE',
    'README.md',
    'dist/generators/init.cjs',
    'dist/generators/rule.cjs',
    'dist/generators/sync.cjs',
    'dist/plugin.cjs',
    'generators.json',
    'generators/init.json',
    'generators/rule.json',
    'generators/sync.json',
    'migrations.json',
    'package.json',
  ]);
});

test('everything that it and its generators name is there, with a description', () => {
  const require = createRequire(join(folder.root, 'index.cjs'));
  const { generators } = require('@bulwark/nx/generators.json') as {
    generators: Record<string, { factory: string; schema: string; description: string }>;
  };
  expect(Object.keys(generators)).toEqual(['init', 'rule', 'sync']);
  for (const { factory, schema, description } of Object.values(generators)) {
    expect(description).toMatch(/\w/);
    expect(
      require.resolve(join(folder.root, 'node_modules/@bulwark/nx', factory.split('#')[0]!)),
    ).toBeTruthy();
    const { properties } = require(join(folder.root, 'node_modules/@bulwark/nx', schema)) as {
      properties: Record<string, { description?: string }>;
    };
    for (const property of Object.values(properties)) expect(property.description).toMatch(/\w/);
  }
});
