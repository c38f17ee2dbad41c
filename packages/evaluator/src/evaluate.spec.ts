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
