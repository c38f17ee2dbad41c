import { describe, expect, test } from '@jest/globals';
import { at, isUndefined, property } from '@bulwark/model';
import { evaluateFiles, evaluateSource, PRODUCTION } from '../test/evaluate-source.ts';
import { short } from '../test/short.ts';

describe('a module', () => {
  test('gives its default and named exports as properties', async () => {
    const { exports } = await evaluateFiles({ 'main.ts': 'export default { a: 1 }; export const b = 2;' });
    expect(short(exports)).toEqual({ b: 2, default: { a: 1 } });
  });

  test('tells an absent key from one that is undefined', async () => {
    const value = await evaluateSource('export default { a: undefined }');
    expect(isUndefined(property(value, 'a'))).toBe(true);
    expect(property(value, 'b').kind).toBe('absent');
  });

  test('is evaluated under each environment apart', async () => {
    const source = `export default { strict: process.env.NODE_ENV === 'production' ? 'no-bulk' : false }`;
    expect(short(await evaluateSource(source))).toEqual({ strict: false });
    expect(short(await evaluateSource(source, { env: PRODUCTION }))).toEqual({ strict: 'no-bulk' });
  });
});

describe('an unknown variable', () => {
  test('gives both outcomes of a branch, with the condition of each', async () => {
    const value = await evaluateSource(
      `export default { a: process.env.STRICT === 'true', b: process.env.O ?? '*' }`,
    );
    expect(short(value)).toEqual({
      a: { 'if STRICT is "true"': true, 'if STRICT is not "true"': false },
      b: { 'if O is unset': '*', 'if O is set': '<depends on the environment variable O>' },
    });
  });

  test('leaves the fallback literal on record', async () => {
    const value = at(await evaluateSource(`export default { secret: process.env.SECRET || 'x' }`), 'secret');
    expect(value).toMatchObject({
      kind: 'unknown',
      variables: ['SECRET'],
      fallback: { kind: 'known', value: 'x' },
    });
  });

  test('is the same wherever it is asked about', async () => {
    const value = await evaluateSource(
      `const on = process.env.A === '1'; export default { both: on && process.env.A !== '1', either: on || process.env.A !== '1' }`,
    );
    expect(short(value)).toEqual({ both: false, either: true });
  });
});

describe('a call to the outside', () => {
  test('can be taught, by its binding only', async () => {
    const teach = {
      'arkos/config#defineConfig': ({ args }: { args: readonly unknown[] }) => args[0] as never,
    };
    const taught = await evaluateFiles(
      { 'main.ts': `import { defineConfig as d } from 'arkos/config'; export default d({ a: 1 });` },
      { teach },
    );
    expect(short(at(taught.exports, 'default'))).toEqual({ a: 1 });
    const local = await evaluateSource(
      'const defineConfig = () => 2; export default defineConfig({ a: 1 });',
      { teach },
    );
    expect(short(local)).toBe(2);
  });

  test('keeps its whole structure', async () => {
    const value = await evaluateSource(
      `import { z } from 'zod'; export default z.object({ a: z.string() }).strict();`,
    );
    expect(value).toMatchObject({
      kind: 'unknown',
      foreign: {
        module: 'zod',
        name: 'z',
        steps: [{ get: 'object' }, { call: [{ kind: 'known' }] }, { get: 'strict' }, { call: [] }],
      },
    });
  });

  test('is listed in order with its arguments', async () => {
    const { foreignCalls } = await evaluateFiles({
      'main.ts': `import arkos from 'arkos'; import cors from 'cors'; arkos.init({ use: [cors({ origin: '*' })] });`,
    });
    expect(foreignCalls.map(({ foreign }) => foreign.module)).toEqual(['cors', 'arkos']);
    expect(short(foreignCalls[1]!.args[0]!)).toMatchObject({ use: ['<is imported from the package cors>'] });
  });

  test('may change what it is given', async () => {
    const value = await evaluateSource(`import f from 'f'; const c = { a: 1 }; f(c); export default c;`);
    expect(value).toMatchObject({ value: { entries: {}, rest: { why: 'may have been changed by f()' } } });
  });
});

describe('a throw that leaves the module', () => {
  test('is told with its condition', async () => {
    const { threw, exports } = await evaluateFiles({
      'main.ts': `if (!process.env.JWT) throw new Error('no secret'); export default { a: process.env.JWT };`,
    });
    expect(threw).toMatchObject({
      because: 'Error: no secret',
      when: 'JWT is unset or empty',
      variables: ['JWT'],
    });
    expect(short(at(exports, 'default'))).toEqual({ a: '<depends on the environment variable JWT>' });
  });
});

describe('conditions', () => {
  test('reach arrays, absent keys and objects alike', async () => {
    const value = await evaluateSource(
      `const list = ['a']; const c: any = { list, k: 1 }; if (process.env.X) { list.push('b'); delete c.k } export default c`,
    );
    expect(short(value)).toEqual({
      list: { 'if X is set and not empty': ['a', 'b'], 'if X is unset or empty': ['a'] },
      k: { 'if X is set and not empty': '<absent>', 'if X is unset or empty': 1 },
    });
  });

  test('are told apart and joined in words', async () => {
    const value = await evaluateSource(
      `const e = process.env.E; export default e === 'a' || e === 'b' ? 1 : e === undefined ? 2 : 3`,
    );
    expect(short(value)).toEqual({
      'if E is "a" or E is "b"': 1,
      'if E is unset': 2,
      'if E is set and E is not "a" and E is not "b"': 3,
    });
  });

  test('that cannot hold together are not among the outcomes', async () => {
    const value = await evaluateSource(
      `const e = process.env.E; const low = e?.toLowerCase(); export default e === 'A' ? (low === 'a' ? 1 : 2) : low === 'a' ? 3 : 4`,
    );
    expect(Object.values(short(value) as object)).toEqual(expect.arrayContaining([1, 3, 4]));
    expect(JSON.stringify(short(value))).not.toContain('2');
  });

  test('of a throw leave the rest of the module to the other way', async () => {
    const { exports, threw } = await evaluateFiles({
      'main.ts': `function need(name: string) { const v = process.env[name]; if (!v) throw new Error(name + ' is missing'); return v }
export default { a: need('A'), b: need('B') ?? 'never', c: process.env.A ? 1 : 2 };`,
    });
    expect(threw).toMatchObject({ because: 'Error: A is missing', variables: ['A', 'B'] });
    expect(short(at(exports, 'default'))).toMatchObject({
      c: 1,
      b: '<depends on the environment variable B>',
    });
  });

  test('of what a try may catch are followed both ways', async () => {
    const value = await evaluateSource(
      `import f from 'f'; let v = 1; try { v = f() } catch { v = 2 } export default v`,
    );
    expect(short(value)).toEqual({
      'if f() throws': 2,
      'if f() does not throw': '<is imported from the package f>',
    });
  });
});

describe('what is not followed', () => {
  test.each([
    [
      'changes what a callback closes over',
      `import f from 'f'; let n = 1; const o = { a: 1 }; f(() => { n = 2; o.a = 2 }); export default { n, o, kept: 1 }`,
      {
        n: expect.stringContaining('may have been changed by f()'),
        o: { '<more>': 'may have been changed by f()' },
        kept: 1,
      },
    ],
    [
      'leaves frozen objects alone',
      `import f from 'f'; const o = Object.freeze({ a: 1 }); f(o); export default o`,
      { a: 1 },
    ],
    [
      'leaves known parts of a spread',
      `import b from 'b'; export default { a: 1, ...b, c: 2 }`,
      { a: expect.stringContaining('may be overwritten'), c: 2, '<more>': 'is imported from the package b' },
    ],
    [
      'keeps what a timer may change unknown',
      `const c: any = { a: 1 }; setTimeout(() => { c.a = 2 }, 0); export default c`,
      { '<more>': expect.any(String) },
    ],
  ])('%s', async (_what, source, expected) => {
    expect(short(await evaluateSource(source))).toEqual(expected);
  });
});
