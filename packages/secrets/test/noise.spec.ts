/**
 * The standing test of noise: everything installed here, with sources, tests, documents, source maps and bundles, and
 * this repository's lock file. Each finding that stays is explained here, by its detector and path.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { createScanner } from '../src/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * The module of secretlint's own rules, and the source map that holds the same text again. Each value stands in a
 * comment that quotes the provider's announcement of the form, is whole and well-formed, and nothing on its line
 * says that it opens nothing: in any other file a scanner must report it.
 */
const RULES = 'node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js';

const EXPLAINED: Readonly<Record<string, string>> = {
  'secretlint/shopify': 'four tokens behind "e.g.", one for each kind of app',
  'bulwark/onepassword-secret-key': 'the decoded body of a service account token',
  'bulwark/assigned-secret': 'another field of the same body',
};

/** Findings in a thousand files that are not explained away: the aim is 0.5. */
const MOST_IN_A_THOUSAND = 0.5;

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // Links lead to this repository's own packages.
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

describe('on what others publish', () => {
  test('no secret is found that none is, in all that is installed here', async () => {
    const scanner = createScanner();
    const found: { detector: string; path: string }[] = [];
    const other: string[] = [];
    let count = 0;
    for (const file of [...filesUnder(join(root, 'node_modules')), join(root, 'package-lock.json')]) {
      count += 1;
      const path = file.slice(root.length).replaceAll('\\', '/');
      const { hits, env, notChecked } = await scanner.scan({ path, bytes: readFileSync(file) });
      for (const { detector } of hits) found.push({ detector, path });
      if (env) other.push(`env file ${path}`);
      for (const { reason } of notChecked) other.push(`${reason} ${path}`);
    }
    expect(count).toBeGreaterThan(10_000);
    expect(other).toEqual([]);
    const isExplained = ({ detector, path }: (typeof found)[number]): boolean =>
      detector in EXPLAINED && (path === RULES || path === `${RULES}.map`);
    expect(found.filter((one) => !isExplained(one))).toEqual([]);
    // A source map repeats its source; what is found twice is one finding.
    const distinct = found.filter(({ path }) => !path.endsWith('.map'));
    expect((distinct.length / count) * 1_000).toBeLessThan(MOST_IN_A_THOUSAND);
    for (const detector of Object.keys(EXPLAINED)) expect(found).toContainEqual({ detector, path: RULES });
  }, 240_000);
});
