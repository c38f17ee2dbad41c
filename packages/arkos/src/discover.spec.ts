import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import { discoverApps } from './discover.ts';
import type { DiscoverOptions } from './discover.ts';

const pkg = (name: string, arkos: string | null, more: object = {}): string =>
  JSON.stringify({ name, ...(arkos !== null && { dependencies: { arkos } }), ...more });
const INIT = `import arkos from 'arkos';\narkos.init({});\n`;
const CONFIG = `import { defineConfig } from 'arkos/config';\nexport default defineConfig({});\n`;

async function rootsOf(files: Record<string, string>, options?: DiscoverOptions): Promise<string[]> {
  const { apps, problems } = await discoverApps(memorySnapshot(files), options);
  expect(problems).toEqual([]);
  return apps.map(({ root, config }) => `${root} ${config ?? '-'}`);
}

describe('what is an app (FACTS §6)', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'a config file',
      { 'apps/api/package.json': pkg('api', '1.7.0'), 'apps/api/arkos.config.js': CONFIG },
      ['apps/api apps/api/arkos.config.js'],
    ],
    [
      'the repository itself',
      { 'package.json': pkg('api', '1.7.0'), 'arkos.config.ts': CONFIG, 'tsconfig.json': '{}' },
      ['. arkos.config.ts'],
    ],
    [
      'an entry that imports arkos',
      { 'apps/old/package.json': pkg('old', '1.3.10'), 'apps/old/src/app.ts': INIT },
      ['apps/old apps/old/src/app.ts'],
    ],
    [
      'arkos declared by the workspace root alone',
      {
        'package.json': pkg('mono', '1.6.7'),
        'apps/api/arkos.config.ts': CONFIG,
        'apps/api/tsconfig.json': '{}',
      },
      ['apps/api apps/api/arkos.config.ts'],
    ],
    [
      'a package without a config that runs arkos',
      {
        'apps/bare/package.json': pkg('bare', '1.7.0', { scripts: { start: 'arkos start' } }),
        'apps/bare/src/main.ts': '',
      },
      ['apps/bare -'],
    ],
    [
      'a config file of a kind nobody reads',
      { 'apps/api/package.json': pkg('api', '1.7.0'), 'apps/api/arkos.config.mjs': CONFIG },
      ['apps/api -'],
    ],
    [
      'not: a library that depends on arkos',
      { 'packages/base/package.json': pkg('base', '1.7.0'), 'packages/base/src/index.ts': CONFIG },
      [],
    ],
    [
      'not: a root whose scripts run an app elsewhere',
      {
        'package.json': pkg('mono', '1.7.0', { scripts: { dev: 'cd apps/api && arkos dev' } }),
        'src/readme.ts': '',
        'apps/api/arkos.config.js': CONFIG,
      },
      ['apps/api apps/api/arkos.config.js'],
    ],
    [
      'not: another framework with a src/app',
      { 'apps/web/package.json': pkg('web', null), 'apps/web/src/app.ts': `import express from 'express';` },
      [],
    ],
    [
      'not: what a build left behind, or a dependency',
      {
        'apps/api/package.json': pkg('api', '1.7.0'),
        'apps/api/.build/arkos.config.js': CONFIG,
        'node_modules/arkos/arkos.config.js': CONFIG,
      },
      [],
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await rootsOf(files)).toEqual(expected);
  });

  test('in text order, with the package name or the folder as name', async () => {
    const { apps } = await discoverApps(
      memorySnapshot({
        'package.json': pkg('mono', '1.7.0'),
        'apps/b/package.json': pkg('@x/b', null),
        'apps/b/arkos.config.js': CONFIG,
        'apps/a/arkos.config.js': CONFIG,
      }),
    );
    expect(apps.map(({ name, manifest }) => [name, manifest])).toEqual([
      ['a', null],
      ['@x/b', 'apps/b/package.json'],
    ]);
  });
});

describe('what the settings say', () => {
  const files = {
    'package.json': pkg('mono', '^1.5.0'),
    'apps/a/arkos.config.js': CONFIG,
    'apps/b/arkos.config.js': CONFIG,
    'tools/c/arkos.config.js': CONFIG,
  };

  test('globs choose', async () => {
    expect(await rootsOf(files, { apps: ['apps/*'] })).toEqual([
      'apps/a apps/a/arkos.config.js',
      'apps/b apps/b/arkos.config.js',
    ]);
    expect(await rootsOf(files, { apps: ['./apps/a/', 'tools/**'] })).toHaveLength(2);
  });

  test('a path without an app is a problem', async () => {
    const { problems } = await discoverApps(memorySnapshot(files), { apps: ['apps/a', 'apps/typo'] });
    expect(problems).toMatchObject([{ path: 'bulwark.json', message: expect.stringContaining('apps/typo') }]);
  });

  test('a pin decides for its app alone', async () => {
    const { apps } = await discoverApps(memorySnapshot(files), { pins: { 'apps/a': '1.7.0-rc' } });
    expect(apps.map(({ arkos }) => arkos.certainty)).toEqual(['exact', 'range', 'range']);
  });
});

describe('what cannot be read is a problem, not silence', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'a broken manifest',
      { 'apps/a/package.json': '{', 'apps/a/arkos.config.js': CONFIG },
      'apps/a/package.json',
    ],
    [
      'a broken lock file',
      { 'package.json': pkg('a', '1.7.0'), 'package-lock.json': '<<<<<<< HEAD', 'arkos.config.js': CONFIG },
      'package-lock.json',
    ],
    [
      'a version nobody knows',
      { 'package.json': pkg('a', '3.0.0'), 'arkos.config.js': CONFIG },
      'package.json',
    ],
    [
      'a range nobody knows',
      { 'package.json': pkg('a', '^0.21.0'), 'arkos.config.js': CONFIG },
      'package.json',
    ],
  ])('%s', async (_name, files, path) => {
    const { apps, problems } = await discoverApps(memorySnapshot(files));
    expect(apps).toHaveLength(1);
    expect(problems).toMatchObject([{ path }]);
  });
});
