/**
 * The standing test of noise: packages of different kinds, with sources, tests, documents, source maps and bundles, and
 * this repository's lock file. Each finding that stays is explained here.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { createScanner } from '../src/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Package → why what is found there is no false finding, or nothing. */
const PACKAGES: Readonly<Record<string, string | null>> = {
  lodash: null,
  zod: null,
  axios: null,
  dotenv: null,
  ajv: null,
  'fast-check': null,
  semver: null,
  esbuild: null,
  '@babel/core': null,
  'caniuse-lite': null,
  micromatch: null,
  pluralize: null,
  yargs: null,
  jest: null,
  '@jest/globals': null,
  '@secretlint/core': null,
  'istanbul-reports': null,
  '@types/node': null,
  '@secretlint/secretlint-rule-preset-recommend':
    'documents its rules with tokens of each provider’s form, in its source and its source map',
};

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('on what others publish', () => {
  const present = Object.keys(PACKAGES).filter((name) => existsSync(join(root, 'node_modules', name)));

  test('no secret is found that none is, in at least ten packages', async () => {
    expect(present.length).toBeGreaterThanOrEqual(10);
    const scanner = createScanner();
    const files = [
      ...present.flatMap((name) => filesOf(join(root, 'node_modules', name))),
      join(root, 'package-lock.json'),
    ];
    const found = new Set<string>();
    for (const file of files) {
      const path = file.slice(root.length);
      const { hits, env, notChecked } = await scanner.scan({ path, bytes: readFileSync(file) });
      const explained = present.find(
        (name) => PACKAGES[name] !== null && path.startsWith(`node_modules/${name}/`),
      );
      if (explained !== undefined) continue;
      for (const { detector, place } of hits) found.add(`${detector} ${path}:${place.line}`);
      if (env) found.add(`env file ${path}`);
      for (const { reason } of notChecked) found.add(`${reason} ${path}`);
    }
    expect(files.length).toBeGreaterThan(1_500);
    expect([...found]).toEqual([]);
  });
});
