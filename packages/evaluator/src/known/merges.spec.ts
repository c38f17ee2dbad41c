/** The merge helpers beside the real ones. */
import { describe, expect, test } from '@jest/globals';
import deepmerge from 'deepmerge';
import { defu } from 'defu';
import fc from 'fast-check';
import lodash from 'lodash';
import { siteOf } from '@bulwark/model';
import { evaluateSource } from '../../test/evaluate-source.ts';
import { plain } from '../../test/plain.ts';
import { short } from '../../test/short.ts';

const leaf = fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.boolean(), fc.constant(null));
const key = fc.constantFrom('a', 'b', 'c', '0', '1', 'constructor', 'toString');
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(key, tie('data'), { maxKeys: 4 }),
  ),
}));
const object = fc.dictionary(key, data, { maxKeys: 5 });

const HELPERS = [
  [
    'defu',
    `import { defu as merge } from 'defu';`,
    (...all: object[]): unknown => defu(all[0] as never, ...(all.slice(1) as never[])),
  ],
  [
    'defu by default',
    `import merge from 'defu';`,
    (...all: object[]): unknown => defu(all[0] as never, ...(all.slice(1) as never[])),
  ],
  ['deepmerge', `import merge from 'deepmerge';`, (a: object, b: object): unknown => deepmerge(a, b)],
  [
    'lodash/merge',
    `import merge from 'lodash/merge';`,
    (...all: object[]): unknown => lodash.merge({}, ...all),
  ],
  ['lodash', `import { merge } from 'lodash';`, (...all: object[]): unknown => lodash.merge({}, ...all)],
  [
    'lodash as a whole',
    `import _ from 'lodash'; const merge = _.merge;`,
    (...all: object[]): unknown => lodash.merge({}, ...all),
  ],
] as const;

describe.each(HELPERS)('%s', (name, head, real) => {
  test('gives what the real one gives', async () => {
    const first = name.startsWith('lodash') ? '{}, ' : '';
    await fc.assert(
      fc.asyncProperty(object, object, async (a, b) => {
        const source = `${head} export default merge(${first}JSON.parse(${JSON.stringify(JSON.stringify(a))}), JSON.parse(${JSON.stringify(JSON.stringify(b))}))`;
        const expected = real(
          JSON.parse(JSON.stringify(a)) as object,
          JSON.parse(JSON.stringify(b)) as object,
        );
        const value = plain(await evaluateSource(source));
        expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
      }),
      { numRuns: 250 },
    );
  });

  test('keeps conditions and the places of properties', async () => {
    const first = name.startsWith('lodash') ? '{}, ' : '';
    const order = name.startsWith('defu') ? 'b, a' : 'a, b';
    const value = await evaluateSource(
      `${head}\nconst a = { x: { y: 1, z: 2 } };\nconst b = { x: { y: process.env.Y ? 3 : 4 } };\nexport default merge(${first}${order});`,
    );
    expect(short(value)).toMatchObject({
      x: { z: 2, y: { 'if Y is set and not empty': 3, 'if Y is unset or empty': 4 } },
    });
    expect(siteOf(value, 'x.y')).toMatchObject({ line: 3 });
    expect(siteOf(value, 'x.z')).toMatchObject({ line: 2 });
  });

  test('is unknown where a part is', async () => {
    const value = await evaluateSource(`${head} import r from 'remote'; export default merge({ a: 1 }, r)`);
    expect(JSON.stringify(short(value))).toContain('is imported from the package remote');
  });
});

describe('special values', () => {
  test.each([
    [
      'defu',
      `import { defu } from 'defu'; export default defu({ a: undefined, b: null, l: [1], f: /x/ }, { a: 1, b: 2, l: [2], f: { g: 1 } })`,
      defu({ a: undefined, b: null, l: [1], f: /x/ } as never, { a: 1, b: 2, l: [2], f: { g: 1 } } as never),
    ],
    [
      'deepmerge',
      `import m from 'deepmerge'; export default m({ a: undefined, r: { s: 1 } }, { a: 1, b: undefined, r: /x/ })`,
      deepmerge({ a: undefined, r: { s: 1 } } as object, { a: 1, b: undefined, r: /x/ }),
    ],
    [
      'deepmerge.all',
      `import m from 'deepmerge'; export default m.all([{ a: [1] }, { a: [2] }, { b: { c: 1 } }])`,
      deepmerge.all([{ a: [1] }, { a: [2] }, { b: { c: 1 } }]),
    ],
    [
      'lodash',
      `import m from 'lodash/merge'; const t = { a: 1, l: [1, 2], n: { x: 1 } }; m(t, { a: undefined, b: undefined, l: [9], n: null, r: /x/ }); export default t`,
      lodash.merge({ a: 1, l: [1, 2], n: { x: 1 } }, { a: undefined, b: undefined, l: [9], n: null, r: /x/ }),
    ],
  ])('%s', async (_name, source, expected) => {
    expect(plain(await evaluateSource(source))).toStrictEqual(expected);
  });
});
