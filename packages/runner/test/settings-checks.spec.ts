/** The checks of settings that the build makes say what Ajv says of the schema. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { settingsChecks } from '../src/schemas.ts';

type Team = keyof typeof settingsChecks.schemas;
type Check = (said: unknown) => boolean;

let made: Record<Team, Check>;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bulwark-test-'));
  const file = join(folder, 'made.mjs');
  const build = new URL('../../../tools/build/make-settings-checks.mjs', import.meta.url).href;
  const { writeChecks } = (await import(build)) as { writeChecks: (what: typeof settingsChecks) => string };
  await writeFile(file, writeChecks(settingsChecks));
  ({
    madeChecks: { checks: made },
  } = (await import(pathToFileURL(file).href)) as { madeChecks: { checks: Record<Team, Check> } });
  await rm(folder, { recursive: true });
});

const words = fc.constantFrom('off', 'info', 'error', 'eror', 'all', 'strict', '', 'apps/*', './rules', 'x');
const small = fc.oneof(words, fc.integer({ max: 3 }), fc.constant(null), fc.boolean());
const ruleName = fc.constantFrom(...settingsChecks.rules, 'acme/own', 'router-strikt', 'a/b/c');
const option = fc.dictionary(
  fc.constantFrom('max', 'min', 'allow', 'headers'),
  fc.oneof(small, fc.array(words)),
);
const level = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('off', 'info', 'warn', 'error') },
  { weight: 1, arbitrary: words },
);
const setting = fc.oneof(level, fc.tuple(level, option), fc.tuple(level, fc.constant({})), small);
const ruleSettings = fc.dictionary(ruleName, setting, { maxKeys: 3 });
const waiver = fc.record(
  { rule: ruleName, app: words, path: words, reason: words, expires: fc.constantFrom('2027-01-01', 'x') },
  { requiredKeys: [] },
);
const settings = fc.record(
  {
    $schema: words,
    preset: fc.constantFrom('recommended', 'strict', 'secrets-only', 'x'),
    plugins: fc.array(words, { maxLength: 3 }),
    apps: fc.oneof(fc.array(words, { maxLength: 2 }), small),
    arkos: fc.dictionary(words, small, { maxKeys: 2 }),
    modes: fc.dictionary(
      words,
      fc.record({ command: words, env: fc.dictionary(words, small) }, { requiredKeys: [] }),
    ),
    rules: ruleSettings,
    overrides: fc.array(fc.record({ apps: fc.array(words), rules: ruleSettings }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
    undecided: level,
    hooks: fc.record({ block: words, always: fc.array(ruleName, { maxLength: 2 }) }, { requiredKeys: [] }),
    maxFileSize: fc.constantFrom('2kb', '50mb', 'x', 3),
    envFiles: fc.array(words, { maxLength: 2 }),
    waivers: fc.array(waiver, { maxLength: 2 }),
    wavers: fc.constant([]),
  },
  { requiredKeys: [] },
);

/** Of many keys, one or another is mostly wrong. */
const few = fc
  .tuple(settings, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
  .map(([said, picks]) =>
    Object.fromEntries(
      Object.entries(said).filter((_, at, all) => picks.some((pick) => pick % all.length === at)),
    ),
  );

describe.each<Team>(['known', 'any'])('where team rules may be %s', (team) => {
  test('the check that was made passes what the schema passes, and nothing else', () => {
    const truth = new Ajv2020({ strict: false }).compile(settingsChecks.schemas[team]);
    let passed = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 20, arbitrary: few }, { weight: 1, arbitrary: fc.jsonValue() }),
        (said) => {
          const expected = truth(said);
          expect(made[team](said)).toBe(expected);
          if (expected) passed += 1;
        },
      ),
      { numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(200);
    expect(passed).toBeLessThan(1900);
  });

  test('each rule may have each level, and its options with their defaults', () => {
    for (const rule of settingsChecks.rules)
      for (const say of ['off', 'info', 'warn', 'error', ['warn', {}]])
        expect(
          made[team]({ rules: { [rule]: say }, overrides: [{ apps: ['a'], rules: { [rule]: say } }] }),
        ).toBe(true);
  });
});
