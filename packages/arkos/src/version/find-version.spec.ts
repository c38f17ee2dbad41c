import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import type { ArkosVersion } from '@bulwark/model';
import { findVersion } from './find-version.ts';
import { openLocks } from './locks.ts';
import { openManifests } from './manifests.ts';

async function versionOf(
  files: Record<string, string>,
  folder = 'apps/api',
  pin?: string,
): Promise<ArkosVersion> {
  const snapshot = memorySnapshot(files);
  const sources = { snapshot, manifests: openManifests(snapshot), locks: openLocks(snapshot) };
  return findVersion(sources, folder, pin);
}

const manifest = (spec: string, more: object = {}): string =>
  JSON.stringify({ name: 'api', dependencies: { arkos: spec }, ...more });
const ROOT = JSON.stringify({ name: 'mono', workspaces: ['apps/*'] });

describe('a lock file names the version', () => {
  test.each<[string, Record<string, string>, string, string]>([
    [
      'npm 3, hoisted',
      {
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: { '': {}, 'apps/api': {}, 'node_modules/arkos': { version: '1.6.7-beta' } },
        }),
      },
      '1.6.7-beta',
      '1.6',
    ],
    [
      'npm 3, nested wins over hoisted',
      {
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            'apps/api': {},
            'apps/api/node_modules/arkos': { version: '1.5.17-beta' },
            'node_modules/arkos': { version: '1.6.7-beta' },
          },
        }),
      },
      '1.5.17-beta',
      '1.5',
    ],
    [
      'pnpm 9',
      {
        'pnpm-lock.yaml': `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

importers:

  .: {}

  apps/api:
    dependencies:
      arkos:
        specifier: ^1.4.0
        version: 1.4.15-beta(express@5.1.0)

packages:

  arkos@1.4.15-beta:
    resolution: {integrity: sha512-x}
`,
      },
      '1.4.15-beta',
      '1.4',
    ],
    [
      'pnpm 5',
      {
        'pnpm-lock.yaml': `lockfileVersion: 5.4
importers:
  apps/api:
    specifiers:
      arkos: ^1.3.0
    dependencies:
      arkos: 1.3.10-beta_express@4.0.0
`,
      },
      '1.3.10-beta',
      '1.3',
    ],
    [
      'yarn classic',
      {
        'yarn.lock': `# yarn lockfile v1


arkos@^1.2.0:
  version "1.2.3"
  resolved "https://registry.yarnpkg.com/arkos/-/arkos-1.2.3.tgz"

"arkos@^1.6.0", arkos@^1.6.2:
  version "1.6.5"
`,
      },
      '1.6.5',
      '1.6',
    ],
    [
      'yarn berry',
      {
        'yarn.lock': `__metadata:
  version: 8

"arkos@npm:^1.6.0":
  version: 1.7.0-rc
  resolution: "arkos@npm:1.7.0-rc"
`,
      },
      '1.7.0-rc',
      '1.7',
    ],
    [
      'bun',
      {
        'bun.lock': `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "mono", }, "apps/api": { "name": "api", }, },
  "packages": { "arkos": ["arkos@2.0.0-next.16", "", {}, "sha512-x"], },
}
`,
      },
      '2.0.0-next.16',
      '2.0-next',
    ],
  ])('%s', async (_name, lock, version, generation) => {
    const found = await versionOf({
      'package.json': ROOT,
      'apps/api/package.json': manifest('^1.6.0'),
      ...lock,
    });
    expect(found).toMatchObject({
      version,
      generations: [generation],
      certainty: 'exact',
      from: Object.keys(lock)[0],
    });
  });

  test('npm 1 at the root', async () => {
    const lock = JSON.stringify({ lockfileVersion: 1, dependencies: { arkos: { version: '1.3.4' } } });
    expect(
      await versionOf({ 'package.json': manifest('^1.3.0'), 'package-lock.json': lock }, ''),
    ).toMatchObject({ version: '1.3.4', generations: ['1.3'] });
  });

  test('arkos declared by the workspace root only', async () => {
    const lock = JSON.stringify({
      packages: { '': {}, 'apps/api': {}, 'node_modules/arkos': { version: '1.6.3-beta' } },
    });
    expect(
      await versionOf({
        'package.json': manifest('^1.6.0'),
        'apps/api/package.json': JSON.stringify({ name: 'api' }),
        'package-lock.json': lock,
      }),
    ).toMatchObject({ version: '1.6.3-beta', certainty: 'exact' });
  });

  test('a package that is not in the workspace is not answered by the workspace lock', async () => {
    const lock = JSON.stringify({ packages: { '': {}, 'node_modules/arkos': { version: '1.6.3' } } });
    expect(
      await versionOf({
        'package.json': ROOT,
        'apps/api/package.json': manifest('1.4.2'),
        'package-lock.json': lock,
      }),
    ).toMatchObject({ version: '1.4.2', from: 'apps/api/package.json' });
  });

  test('a link leads to the package in the repository', async () => {
    const lock = JSON.stringify({
      packages: { 'apps/api': {}, 'node_modules/arkos': { resolved: 'packages/arkos', link: true } },
    });
    expect(
      await versionOf({
        'package.json': ROOT,
        'apps/api/package.json': manifest('*'),
        'packages/arkos/package.json': JSON.stringify({ name: 'arkos', version: '1.7.0-rc' }),
        'package-lock.json': lock,
      }),
    ).toMatchObject({ version: '1.7.0-rc', from: 'packages/arkos/package.json', certainty: 'exact' });
  });

  test('two lock files that disagree leave both possible', async () => {
    const npm = JSON.stringify({ packages: { 'apps/api': {}, 'node_modules/arkos': { version: '1.6.7' } } });
    expect(
      await versionOf({
        'apps/api/package.json': manifest('^1.5.0'),
        'package-lock.json': npm,
        'yarn.lock': 'arkos@^1.5.0:\n  version "1.5.17"\n',
      }),
    ).toMatchObject({ version: null, generations: ['1.6', '1.5'], certainty: 'range' });
  });
});

describe('a manifest without a lock file', () => {
  test.each<[string, readonly string[], string]>([
    ['1.6.7-beta', ['1.6'], 'exact'],
    ['~1.6.0', ['1.6'], 'range'],
    ['^1.5.0', ['1.5', '1.6', '1.7'], 'range'],
    ['^1.7.0-rc', ['1.7'], 'range'],
    ['>=1.4 <1.6', ['1.4', '1.5'], 'range'],
    ['~1.6.9', ['1.6'], 'range'],
    ['^2.0.0-next.3', ['2.0-next'], 'range'],
    ['1.x', ['1.0', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7'], 'range'],
    ['npm:arkos@~1.3.0', ['1.3'], 'range'],
    ['latest', [], 'none'],
    ['https://example.org/arkos.tgz', [], 'none'],
  ])('%s', async (spec, generations, certainty) => {
    expect(await versionOf({ 'apps/api/package.json': manifest(spec) })).toMatchObject({
      generations,
      certainty,
      from: 'apps/api/package.json',
    });
  });

  test.each([
    'file:../../vendor/arkos',
    'link:../../vendor/arkos',
    'workspace:../../vendor/arkos',
    'workspace:*',
  ])('%s leads into the repository', async (spec) => {
    expect(
      await versionOf({
        'apps/api/package.json': manifest(spec),
        'vendor/arkos/package.json': JSON.stringify({ name: 'arkos', version: '1.5.11-beta' }),
      }),
    ).toMatchObject({ version: '1.5.11-beta', generations: ['1.5'], from: 'vendor/arkos/package.json' });
  });

  test.each<[string, string, string]>([
    ['catalog:', 'pnpm-workspace.yaml', 'packages: [apps/*]\ncatalog:\n  arkos: 1.6.1\n'],
    ['catalog:old', 'pnpm-workspace.yaml', 'catalogs:\n  old:\n    arkos: 1.6.1\n'],
    ['catalog:', '.yarnrc.yml', 'catalog:\n  arkos: 1.6.1\n'],
    ['catalog:', 'package.json', '{"workspaces":{"packages":["apps/*"],"catalog":{"arkos":"1.6.1"}}}'],
  ])('%s of %s', async (spec, path, text) => {
    expect(await versionOf({ 'apps/api/package.json': manifest(spec), [path]: text })).toMatchObject({
      version: '1.6.1',
      from: path,
    });
  });

  test('an override of the root counts', async () => {
    expect(
      await versionOf({
        'package.json': JSON.stringify({ overrides: { arkos: '1.4.3' } }),
        'apps/api/package.json': manifest('^1.6.0'),
      }),
    ).toMatchObject({ version: '1.4.3' });
  });
});

describe('what stands for a version', () => {
  test.each<[string, readonly string[]]>([
    ['1.6.0-canary.52', ['1.5.17', '1.6.0']],
    ['1.8.0-canary.3', ['1.7.0']],
    ['1.1.4', ['1.0.18', '1.2.9']],
    ['1.5.12-beta', ['1.5.12']],
    ['1.9.0', []],
    ['0.21.0-beta.1', []],
    ['2.0.0', []],
  ])('%s', async (version, candidates) => {
    expect((await versionOf({}, '', version)).candidates).toEqual(candidates);
  });

  test('a range is judged once for every group that behaves alike (FACTS §3.1, §3.4, §3.10, §3.12)', async () => {
    const { candidates } = await versionOf({ 'apps/api/package.json': manifest('~1.5.0') });
    expect(candidates).toEqual(['1.5.0', '1.5.8', '1.5.10', '1.5.11', '1.5.17']);
  });

  test('a pin wins', async () => {
    expect(
      await versionOf({ 'apps/api/package.json': manifest('1.4.0') }, 'apps/api', '1.7.0-rc'),
    ).toMatchObject({
      version: '1.7.0-rc',
      from: 'bulwark.json',
    });
  });
});
