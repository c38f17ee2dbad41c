/** The plugin finds the apps that the engine finds: the engine's own discovery is the truth it is held against. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { discoverApps } from '@bulwark/arkos';
import { memorySnapshot } from '@bulwark/model';
import { CONFIG_FILES, findApps } from '../src/find-apps.ts';
import { matchedFiles } from './matched-files.ts';
import { tempFolder } from './temp-folder.ts';

const arkos = (scripts: Record<string, string> = {}): string =>
  JSON.stringify({ name: 'x', scripts, dependencies: { arkos: '1.6.7' } });
const ENTRY = "import arkos from 'arkos';\narkos.init();\n";

const LAYOUTS: Record<string, Record<string, string>> = {
  'a configuration': {
    'apps/a/arkos.config.ts': '',
    'apps/b/arkos.config.json': '{}',
    'apps/c/arkos.config.mts': '',
  },
  'no configuration that Arkos has': { 'apps/a/arkos.config.yaml': '', 'apps/b/my-arkos.config.ts': '' },
  'a configuration in what is installed or built': {
    'node_modules/x/arkos.config.ts': '',
    'apps/a/.build/arkos.config.js': '',
  },
  'the root itself': { 'arkos.config.ts': '', 'package.json': arkos() },
  'an entry under a manifest that asks for arkos': {
    'apps/a/src/app.ts': ENTRY,
    'apps/a/package.json': arkos(),
  },
  'an entry where only the root asks for arkos': { 'apps/a/src/app.js': ENTRY, 'package.json': arkos() },
  'an entry that nobody asks for': { 'apps/a/src/app.js': ENTRY, 'package.json': '{}' },
  'an entry of another framework': {
    'apps/a/src/app.ts': "import express from 'express';",
    'package.json': arkos(),
  },
  'a script that runs arkos': {
    'apps/a/package.json': arkos({ dev: 'arkos dev' }),
    'apps/a/src/main.ts': '',
  },
  'a script that runs it elsewhere': {
    'package.json': arkos({ dev: 'cd apps/a && arkos dev', up: 'npm run dev --workspace apps/a' }),
    'src/main.ts': '',
  },
  'a script without source': { 'apps/a/package.json': arkos({ dev: 'arkos dev' }) },
  'a package that only depends on arkos': {
    'packages/p/package.json': arkos(),
    'packages/p/src/index.ts': '',
  },
  'manifests that are broken': { 'apps/a/package.json': '{ "arkos"', 'apps/a/src/app.ts': ENTRY },
};

test.each(Object.entries(LAYOUTS))('%s', async (_, files) => {
  const { root, remove } = tempFolder(files);
  try {
    await expectAgreement(root, files);
  } finally {
    remove();
  }
});

test('the example', async () => {
  const root = fileURLToPath(new URL('../../../tools/examples/harbour', import.meta.url));
  const paths = (readdirSync(root, { recursive: true }) as string[]).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  const files = Object.fromEntries(
    paths.map((path) => [relative('.', path), readFileSync(join(root, path), 'utf8')]),
  );
  expect(await expectAgreement(root, files)).toHaveLength(8);
});

async function expectAgreement(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { apps } = await discoverApps(memorySnapshot(files));
  const matched = matchedFiles(Object.keys(files), CONFIG_FILES);
  const found = findApps(root, matched).folders;
  expect(found.map((folder) => folder || '.')).toEqual(apps.map((app) => app.root));
  return found;
}
