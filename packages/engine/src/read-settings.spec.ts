import { describe, expect, test } from '@jest/globals';
import { ReadError, UserError, memorySnapshot } from '@bulwark/model';
import type { Rule, Snapshot } from '@bulwark/model';
import fc from 'fast-check';
import { parseSettings, readSettings } from './read-settings.ts';
import { defaultSettings, ruleInForce } from './settings.ts';

const rule = (id: string): Rule => ({
  kind: 'file',
  id,
  title: id,
  why: '',
  severity: 'error',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: { max: { type: 'string', default: '1d', description: '' } },
  },
  messages: {},
  select: () => null,
  check: () => [],
});
const rules = [rule('jwt-expiry'), rule('router-strict-parity')];
const parse = (text: string): ReturnType<typeof parseSettings> => parseSettings(text, rules);

async function mistakeIn(text: string): Promise<string> {
  const error: unknown = await parse(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe('bulwark.json', () => {
  test('may be empty, and may hold comments and a trailing comma', async () => {
    expect(await parse('{}')).toEqual(defaultSettings);
    expect(await parse('{ // why\n "undecided": "off", }')).toEqual({ ...defaultSettings, undecided: 'off' });
  });

  test('keeps the defaults of a part that is only partly written', async () => {
    const settings = await parse('{ "hooks": { "block": "all" }, "maxFileSize": "2kb" }');
    expect(settings.hooks).toEqual({ block: 'all', always: ['router-strict-parity'] });
    expect(settings.maxFileSize).toBe(2048);
  });

  test.each([
    ['{', /^bulwark\.json:1:2 is not JSON/],
    ['', /^bulwark\.json:1:1 is not JSON/],
    ['[]', /^bulwark\.json:1:1 must be object/],
    ['{\n  "ingore": []\n}', /^bulwark\.json:2:3 unknown key "ingore"; did you mean "ignore"\?$/],
    [
      '{ "rules": { "jwt-expiri": "off" } }',
      /unknown rule "jwt-expiri" in rules; did you mean "jwt-expiry"\?/,
    ],
    [
      '{ "rules": { "jwt-expiry": "eror" } }',
      /bulwark\.json:1:28 "eror" is not allowed in rules\.jwt-expiry; did you mean "error"\?/,
    ],
    [
      '{ "rules": { "jwt-expiry": ["warn", { "maxx": "1h" }] } }',
      /unknown key "maxx" in rules\.jwt-expiry\.1; did you mean "max"\?/,
    ],
    ['{ "rules": { "jwt-expiry": ["warn", { "max": 3 }] } }', /rules\.jwt-expiry\.1\.max must be string/],
    ['{ "ignore": "x" }', /ignore must be array/],
    ['{ "ignore": [], "ignore": ["**"] }', /bulwark\.json:1:17 "ignore" is written twice/],
    ['{ "maxFileSize": "huge" }', /maxFileSize must match pattern/],
    ['{ "modes": { "staging": {} } }', /mode "staging" needs a "command"/],
    [
      '{ "waivers": [{ "rule": "jwt-expiry", "app": "a" }] }',
      /waivers\.0 must have required property 'reason'/,
    ],
    [
      '{ "waivers": [{ "rule": "jwt-expiry", "app": "a", "reason": "r", "expires": "2027-02-30" }] }',
      /"2027-02-30" is no day/,
    ],
  ])('%s', async (text, message) => {
    expect(await mistakeIn(text)).toMatch(message);
  });

  test('that cannot be read are told as the mistake they are', async () => {
    const snapshot: Snapshot = {
      ...memorySnapshot({ 'bulwark.json': '{}' }),
      read: () => Promise.reject(new ReadError('bulwark.json', 'bulwark.json: EACCES')),
    };
    const told: unknown = await readSettings(snapshot, rules).catch((thrown: unknown) => thrown);
    expect(told).toBeInstanceOf(UserError);
    expect((told as UserError).message).toBe('The settings could not be read: bulwark.json: EACCES');
  });

  test('any text is either settings or a mistake with a place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const answer: unknown = await parse(text).catch((thrown: unknown) => thrown);
        if (answer instanceof Error) {
          expect(answer).toBeInstanceOf(UserError);
          expect(answer.message).toMatch(/^bulwark\.json:\d+:\d+/);
        }
      }),
    );
  });
});

describe('what is in force', () => {
  test('defaults, then rules, then the last override that names the app', async () => {
    const settings = await parse(`{
      "rules": { "jwt-expiry": ["warn", { "max": "12h" }] },
      "overrides": [
        { "apps": ["apps/*"], "rules": { "jwt-expiry": "info" } },
        { "apps": ["apps/legacy-*"], "rules": { "jwt-expiry": "off" } }
      ]
    }`);
    expect(ruleInForce(defaultSettings, rules[0]!, 'apps/api')).toEqual({
      level: 'error',
      options: { max: '1d' },
    });
    expect(ruleInForce(settings, rules[0]!, null)).toEqual({ level: 'warn', options: { max: '12h' } });
    expect(ruleInForce(settings, rules[0]!, 'apps/api').level).toBe('info');
    expect(ruleInForce(settings, rules[0]!, 'apps/legacy-x').level).toBe('off');
  });
});
