/** No input makes the evaluator hang, overflow or reach outside. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at } from '@bulwark/model';
import { evaluateFiles, evaluateSource } from '../test/evaluate-source.ts';
import { memorySnapshot } from '../test/memory-snapshot.ts';
import { short } from '../test/short.ts';
import { createLoader } from './index.ts';
import { parseCount } from './source/parse-cache.ts';

describe('budgets end in unknown', () => {
  test.each([
    ['an endless loop', 'for (;;) {} export default 1', 'takes more steps than are followed'],
    ['deep recursion', 'const f = (n) => f(n + 1) + 1; export default f(0)', 'nests deeper than is followed'],
    [
      'deep nesting',
      `export default ${'['.repeat(3_000)}${']'.repeat(3_000)}`,
      'nests deeper than is followed',
    ],
    ['a long sum', `export default ${'1 + '.repeat(5_000)}1`, 'nests deeper than is followed'],
    [
      'growing lists',
      'let a = [1]; for (;;) a = [...a, ...a]; export default a',
      'takes more steps than are followed',
    ],
  ])('%s', async (_what, source, why) => {
    const { exports } = await evaluateFiles({ 'main.mjs': source });
    expect(exports).toMatchObject({ kind: 'unknown', why });
  });

  test.each([
    [
      'doubling texts',
      'let s = "ab"; for (let i = 0; i < 60; i++) s += s; export default typeof s',
      'string',
    ],
    ['repeat', 'let t; try { t = "ab".repeat(1e9) } catch (e) { t = e.name } export default t', 'RangeError'],
    ['a huge array', 'export default new Array(4e9)', '<is an array with very many items>'],
    [
      'a huge bigint',
      'let t; try { t = 2n ** 100000000n } catch (e) { t = e.name } export default t',
      'RangeError',
    ],
    [
      'a pattern that explodes',
      'export default /^(a+)+$/.test("a".repeat(60) + "b")',
      { 'if /^(a+)+$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa... is true': true },
    ],
  ])('%s', async (_what, source, expected) => {
    const value = await evaluateSource(source, { path: 'main.mjs' });
    if (typeof expected === 'string') expect(short(value)).toBe(expected);
    else expect(value.kind).toBe('unknown');
  });

  test('a value that holds itself', async () => {
    expect(short(await evaluateSource('const a: any = { b: 1 }; a.self = a; export default a'))).toEqual({
      b: 1,
      self: '<refers to itself>',
    });
  });

  test('a loop whose end is unknown', async () => {
    const value = await evaluateSource(
      `let n = 0; const c: any = { a: 1 }; while (n < Number(process.env.N)) { n++; c.b = n } export default { n, c, d: 1 }`,
    );
    expect(short(value)).toMatchObject({ d: 1 });
    expect(at(value, 'n').kind).toBe('unknown');
    expect(at(value, 'c.b').kind).toBe('unknown');
  });

  test('many independent conditions stay linear', async () => {
    const keys = Array.from({ length: 120 }, (_, index) => `k${index}: process.env.K${index} || ${index}`);
    const value = await evaluateSource(`export default { ${keys.join(', ')} }`);
    expect(at(value, 'k119')).toMatchObject({ kind: 'unknown', fallback: { value: 119 } });
  });
});

describe('cycles', () => {
  test('of modules give live bindings', async () => {
    const { exports } = await evaluateFiles({
      'main.mjs': `import { b, readA } from './b.mjs'; export let a = 1; a = 2; export default [b, readA()]`,
      'b.mjs': `import { a } from './main.mjs'; export const b = 3; export const readA = () => a;`,
    });
    expect(short(at(exports, 'default'))).toEqual([3, 2]);
  });

  test('of modules throw in the dead zone, as Node does', async () => {
    const { threw } = await evaluateFiles({
      'main.mjs': `import './b.mjs'; export const a = 1;`,
      'b.mjs': `import { a } from './main.mjs'; export const b = a;`,
    });
    expect(threw).toMatchObject({
      because: "ReferenceError: Cannot access 'a' before initialization",
      when: null,
      place: { path: 'b.mjs' },
    });
  });

  test('of require see what is there so far', async () => {
    const { exports } = await evaluateFiles({
      'main.cjs': `exports.a = 1; const b = require('./b.cjs'); exports.b = b;`,
      'b.cjs': `exports.seen = require('./main.cjs').a; exports.later = require('./main.cjs').b;`,
    });
    expect(short(at(exports, 'default'))).toEqual({ a: 1, b: { seen: 1, later: undefined } });
  });

  test('of tsconfig extends end', async () => {
    const { exports } = await evaluateFiles({
      'main.ts': `import x from 'x'; export default 1`,
      'tsconfig.json': '{ "extends": "./tsconfig.json" }',
    });
    expect(short(at(exports, 'default'))).toBe(1);
  });
});

describe('problems', () => {
  test('a syntax error has its place', async () => {
    const { problems, exports, threw } = await evaluateFiles({
      'main.ts': 'export default {\n  a: 1,\n  b: }\n',
    });
    expect(problems).toMatchObject([{ path: 'main.ts', line: 3, column: 6 }]);
    expect(exports).toMatchObject({ kind: 'unknown', why: 'main.ts cannot be parsed' });
    expect(threw).toBeNull();
  });

  test('a syntax error in an import throws where it is imported', async () => {
    const { problems, threw } = await evaluateFiles({
      'main.ts': `import a from './a'; export default a`,
      'a.ts': 'const = 1',
    });
    expect(problems).toMatchObject([{ path: 'a.ts', line: 1, column: 7 }]);
    expect(threw).toMatchObject({
      because: 'SyntaxError: a.ts cannot be parsed',
      place: { path: 'main.ts' },
    });
  });

  test('conflict markers are told as such', async () => {
    const { problems } = await evaluateFiles({
      'main.ts': 'export default {\n<<<<<<< HEAD\n  a: 1,\n=======\n  a: 2,\n>>>>>>> other\n}\n',
    });
    expect(problems).toEqual([
      { path: 'main.ts', line: 2, column: 1, message: 'has merge-conflict markers' },
    ]);
  });

  test('markers inside a text are no conflict', async () => {
    expect(short(await evaluateSource('export default `\n=======\n`.length'))).toBe(9);
  });
});

describe('what is evaluated', () => {
  test.each([
    [
      'a key __proto__',
      `const o = JSON.parse('{"__proto__":{"polluted":1}}'); Object.assign({}, o); export default ({} as any).polluted`,
      undefined,
    ],
    [
      'the constructor',
      `export default ({} as any).constructor.constructor('return process')`,
      '<is a function made of text, which is not followed>',
    ],
    [
      'the prototype of its own objects',
      `(Object.prototype as any).polluted = 1; export default ({} as any).polluted`,
      1,
    ],
  ])('cannot reach out: %s', async (_what, source, expected) => {
    expect(short(await evaluateSource(source))).toBe(expected);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('may be any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
        await evaluateFiles({ 'main.ts': text });
        await evaluateFiles({ 'main.json': text });
      }),
      { numRuns: 300 },
    );
  });

  test('is parsed once for each blob', async () => {
    const shared = `export default { shared: ${Math.trunc(Date.now())} }`;
    const apps = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [
        `apps/a${index}/main.ts`,
        `import s from '../../shared'; export default [s, 'bound once']`,
      ]),
    );
    const loader = createLoader(memorySnapshot({ ...apps, 'shared.ts': shared }));
    const before = parseCount();
    for (const path of Object.keys(apps)) await loader.load(path);
    // The five entries are one blob, the shared file another.
    expect(parseCount() - before).toBe(2);
  });
});
