import { expect, test } from '@jest/globals';
import { tempFolder } from '../test/temp-folder.ts';
import { openLocks } from './locked-packages.ts';

const npm = (packages: Record<string, unknown>): string =>
  JSON.stringify({ lockfileVersion: 3, packages }, null, 2);

test.each<[string, Record<string, string>, boolean]>([
  ['npm, one version', { 'package-lock.json': npm({ 'node_modules/arkos': { version: '1.6.7' } }) }, true],
  [
    'npm, another package of a like name',
    {
      'package-lock.json': npm({
        'node_modules/arkos': { version: '1.6.7' },
        'node_modules/create-arkos': { version: '2.0.0' },
        'node_modules/@x/arkos': { version: '3.0.0' },
      }),
    },
    true,
  ],
  [
    'npm, two versions',
    {
      'package-lock.json': npm({
        'node_modules/arkos': { version: '1.6.7' },
        'apps/a/node_modules/arkos': { version: '1.3.0' },
      }),
    },
    false,
  ],
  [
    'npm, a link',
    { 'package-lock.json': npm({ 'node_modules/arkos': { resolved: 'packages/arkos', link: true } }) },
    false,
  ],
  [
    'npm, an alias',
    { 'package-lock.json': npm({ 'node_modules/arkos': { name: 'other', version: '1.0.0' } }) },
    false,
  ],
  ['npm, not there', { 'package-lock.json': npm({}) }, false],
  ['npm, broken', { 'package-lock.json': '{' }, false],
  [
    'pnpm 9',
    {
      'pnpm-lock.yaml': 'packages:\n\n  arkos@1.6.7:\n    x: y\n\nsnapshots:\n\n  arkos@1.6.7(zod@3.0.0):\n',
    },
    true,
  ],
  ['pnpm 6', { 'pnpm-lock.yaml': 'packages:\n\n  /arkos@1.6.7(zod@3.0.0):\n    x: y\n' }, true],
  ['pnpm 5', { 'pnpm-lock.yaml': 'packages:\n\n  /arkos/1.6.7:\n    x: y\n' }, true],
  ['pnpm, two versions', { 'pnpm-lock.yaml': 'packages:\n\n  arkos@1.6.7:\n  arkos@1.5.0:\n' }, false],
  ['pnpm, a tarball', { 'pnpm-lock.yaml': 'packages:\n\n  arkos@file:arkos.tgz:\n' }, false],
  ['yarn classic', { 'yarn.lock': 'arkos@^1.6.0, arkos@^1.6.2:\n  version "1.6.7"\n' }, true],
  ['yarn berry', { 'yarn.lock': '"arkos@npm:^1.6.0":\n  version: 1.6.7\n' }, true],
  ['bun', { 'bun.lock': '{ "packages": { "arkos": ["arkos@1.6.7"] } }' }, false],
  [
    'two lock files',
    { 'package-lock.json': npm({ 'node_modules/arkos': { version: '1.6.7' } }), 'yarn.lock': '' },
    false,
  ],
  ['none', {}, false],
])('%s', (_, files, known) => {
  const { root, remove } = tempFolder(files);
  try {
    const locks = openLocks(root);
    expect(locks.has('arkos')).toBe(known);
    expect([...locks.files]).toEqual(Object.keys(files));
  } finally {
    remove();
  }
});

test('a package of the workspace is linked', () => {
  const { root, remove } = tempFolder({
    'package-lock.json': npm({ 'node_modules/bulwark': { resolved: 'packages/runner', link: true } }),
  });
  try {
    expect(openLocks(root).links('bulwark')).toBe(true);
    expect(openLocks(root).links('arkos')).toBe(false);
  } finally {
    remove();
  }
});
