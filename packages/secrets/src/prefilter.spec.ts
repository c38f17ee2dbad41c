import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DETECTORS } from './detectors/index.ts';
import { createDraw } from './draw.ts';
import { findEveryKeyword } from './kernel/find-keywords.ts';
import { prefilter } from './prefilter.ts';
import { runDetectors } from './run-detectors.ts';
import type { Detected } from './run-detectors.ts';

/** What every detector finds when it looks wherever a keyword stands, as if no head were asked. */
function findEverywhere(path: string, text: Buffer): readonly Detected[] {
  const keywords: number[] = [];
  const places: number[] = [];
  findEveryKeyword(text, (keyword, place) => {
    keywords.push(keyword);
    places.push(place);
  });
  const none = { engine: [], hasComment: false, overflow: [] };
  return runDetectors(path, text, { ...none, keywords, places }).found;
}

const startsOf = (found: readonly Detected[]): string[] =>
  [...new Set(found.map(({ detector, from }) => `${detector.id} ${from}`))].toSorted();

/** @param isAsked which detectors it is about */
const expectNothingLost = (
  path: string,
  content: string,
  isAsked: (found: Detected) => boolean = Boolean,
): number => {
  const text = Buffer.from(content);
  const all = startsOf(findEverywhere(path, text).filter(isAsked));
  const kept = runDetectors(path, text, prefilter(path, text)).found.filter(isAsked);
  expect(startsOf(kept)).toEqual(all);
  return all.length;
};

const PATHS = ['src/app.ts', 'deploy/values.yaml', '.env', 'Dockerfile', 'README.md'];

describe('the prefilter keeps back nothing a detector finds', () => {
  test('in the examples of all detectors, in any kind of file', () => {
    let found = 0;
    for (const path of PATHS) {
      for (const { id, example } of DETECTORS) {
        for (const seed of ['a', 'b']) found += expectNothingLost(path, example(createDraw(`${id} ${seed}`)));
      }
    }
    expect(found).toBeGreaterThan(DETECTORS.length * PATHS.length);
  });

  test('in values beside the names of their providers', () => {
    const named = DETECTORS.filter(({ head }) => head.kind === 'beside');
    let found = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...named),
        fc.nat(20),
        fc.constantFrom('_key', '', '.secret', ' api key', '-token-for-x', 'X'.repeat(36)),
        fc.constantFrom(
          '=',
          ' = ',
          ': ',
          '=>',
          ' -> ',
          ' ?? ',
          ', ',
          '(',
          '">',
          '"]: ',
          "'] = ",
          ' ?= ',
          '== [',
        ),
        fc.constantFrom('', '"', "'", '`', '\\"', '"Bearer ', 'Token '),
        fc.constantFrom('', '-', '--', '_', '=', '+/', '-_-'),
        (detector, seed, tail, operator, quote, lead) => {
          const example = detector.example(createDraw(`${detector.id} ${seed}`));
          const [name = '', value = ''] = example.split('_key = "');
          const led = `${lead}${value.slice(lead.length)}`;
          const text = `${name}${tail}${operator}${quote}${led}`;
          found += expectNothingLost('a.yaml', text, (each) => each.detector.head.kind === 'beside');
        },
      ),
      { numRuns: 5_000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  test('in assignments of every spelling', () => {
    const name = fc.constantFrom(
      'JWT_SECRET',
      'apiKey',
      'password',
      'db.password',
      'config["api-key"]',
      'TRAVIS_TOKEN',
      '"clientSecret"',
      'API key for acme',
      "'pass'",
      'access_token',
      'name: DB_PASSWORD\n  value',
      'cookie secret',
    );
    const operator = fc.constantFrom(
      '=',
      ': ',
      ' := ',
      ' => ',
      ' ?? ',
      ' || ',
      ': string = ',
      ' = new Key(',
      '(',
      ', ',
      ' is ',
      ' set to ',
      ' -> ',
      ' += ',
      '>',
      ': >-\n    ',
      ' ',
      '\n',
      ' = Buffer.from(',
      '" value="',
      ':\\"',
      '= !',
    );
    const quote = fc.constantFrom('', '"', "'", '`', '\\"', '"Bearer ');
    const drawn = fc.constantFrom(
      ...['alnum', 'hex', 'url', 'base64', 'digit', 'lower'].flatMap((alphabet) =>
        [8, 12, 20, 32, 64, 120].map((length) =>
          createDraw(`${alphabet} ${length}`)(alphabet as 'alnum', length),
        ),
      ),
      `${createDraw('a')('alnum', 12)}:${createDraw('b')('alnum', 12)}`,
      `p(${createDraw('c')('alnum', 6)};1)`,
      `${createDraw('d')('alnum', 5)}&!${createDraw('e')('alnum', 5)}`,
    );
    // Without a digit only the letters themselves can tell, each pair of them.
    const letters = fc
      .constantFrom('qwxzjkvbgh', 'aqwexzjokvbgh', 'AqWeXzjOkVBgh', 'qXjZkWvB_-.', 'qxzjkwvb+/?', 'ZQXJKWVBF')
      .chain((unit) => fc.string({ unit: fc.constantFrom(...unit), minLength: 6, maxLength: 30 }));
    const value = fc.oneof(drawn, letters);
    let found = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...PATHS),
        name,
        operator,
        quote,
        value,
        fc.string({ maxLength: 3 }),
        (...parts) => {
          const [path, named, operated, quoted, held, after] = parts;
          found += expectNothingLost(
            path,
            `${named}${operated}${quoted}${held}${quoted.slice(0, 2)}${after}`,
          );
        },
      ),
      { numRuns: 3_000 },
    );
    expect(found).toBeGreaterThan(400);
  });
});
