/** A row per syntax form: source → value in development → value in production. */
import { describe, expect, test } from '@jest/globals';
import { DEVELOPMENT, evaluateSource, PRODUCTION } from '../test/evaluate-source.ts';
import { short } from '../test/short.ts';

type Row = readonly [form: string, source: string, development: unknown, production?: unknown];

const P = `process.env.NODE_ENV === 'production'`;

const rows: readonly Row[] = [
  // Literals
  [
    'literals',
    `export default ['x', 1, true, null, 10n, 0x1f, 60_000, 1e3, .5]`,
    ['x', 1, true, null, 10n, 31, 60000, 1000, 0.5],
  ],
  [
    'undefined and NaN',
    `export default { a: undefined, b: NaN, c: -0 }`,
    { a: undefined, b: Number.NaN, c: -0 },
  ],
  ['regular expression', `export default /^a.b$/gi`, '</^a.b$/gi>'],
  ['template', 'export default `${1 + 1}-${"a"}-${null}`', '2-a-null'],
  [
    'tagged template',
    'const t = (s: any, ...v: any[]) => s.raw.join("|") + v; export default t`a${1}\\n${2}b`',
    'a|\\n|b1,2',
  ],
  ['String.raw', 'export default String.raw`a\\n${1}`', 'a\\n1'],
  // Objects and arrays
  [
    'object literal',
    `export default { a: 1, 'b-c': 2, 3: 4, [\`d\${1}\`]: 5 }`,
    { 3: 4, a: 1, 'b-c': 2, d1: 5 },
  ],
  ['shorthand and methods', `const a = 1; export default { a, m() { return a } }`, { a: 1, m: '<function>' }],
  [
    'getter and setter',
    `export default { get a() { return this.b + 1 }, b: 1, set c(v) {} }`,
    { a: 2, b: 1, c: undefined },
  ],
  ['array with holes', `export default [1, , 3].length`, 3],
  ['object spread', `const a = { x: 1, y: 2 }; export default { x: 0, ...a, y: 3 }`, { x: 1, y: 3 }],
  ['array spread', `export default [0, ...[1, 2], ...'ab', ...new Set([3, 3])]`, [0, 1, 2, 'a', 'b', 3]],
  [
    'conditional spread',
    `export default { ...(${P} && { a: 1 }), b: [...(${P} ? [1] : [])] }`,
    { b: [] },
    { a: 1, b: [1] },
  ],
  [
    '__proto__ in a literal',
    `export default Object.keys({ __proto__: { a: 1 }, ['__proto__']: 2 })`,
    ['__proto__'],
  ],
  ['prototype from a literal', `export default ({ __proto__: { a: 1 } } as any).a`, 1],
  // Operators
  ['conditional', `export default ${P} ? 'no-bulk' : false`, false, 'no-bulk'],
  [
    'arithmetic',
    `export default [15 * 60 * 1000, 7 % 4, 2 ** 10, 1 / 0, 5 - '2', '5' + 2]`,
    [900000, 3, 1024, Number.POSITIVE_INFINITY, 3, '52'],
  ],
  [
    'bitwise',
    `export default [5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, -8 >> 1, -1 >>> 28]`,
    [1, 7, 6, -6, 16, -4, 15],
  ],
  [
    'comparison',
    `export default [1 < 2, 'a' < 'b', null >= 0, '10' < '9', NaN === NaN]`,
    [true, true, true, true, false],
  ],
  [
    'loose equality',
    `export default ['1' == 1, null == undefined, null == 0, [] == '']`,
    [true, true, false, true],
  ],
  ['logical', `export default [0 || 'a', 1 && 'b', null ?? 'c', false ?? 'd']`, ['a', 'b', 'c', false]],
  [
    'logical assignment',
    `let a: any = 0, b: any = 1, c: any = null; a ||= 2; b &&= 3; c ??= 4; export default [a, b, c]`,
    [2, 3, 4],
  ],
  [
    'typeof, void, !, unary',
    `export default [typeof 1, typeof missing, void 0, !'', +'4', -'4']`,
    ['number', 'undefined', undefined, true, 4, -4],
  ],
  [
    'in and instanceof',
    `class A {} export default ['a' in { a: 1 }, new A() instanceof A, [] instanceof Object]`,
    [true, true, true],
  ],
  [
    'optional chaining',
    `const a: any = { b: { c: () => 1 } }; export default [a?.b?.c?.(), a?.x?.y.z(), a.x?.[0]]`,
    [1, undefined, undefined],
  ],
  ['comma and delete', `const o: any = { a: 1, b: 2 }; delete o.a; export default (0, o)`, { b: 2 }],
  ['update', `let i = 1; const a = i++, b = ++i; export default [a, b, i]`, [1, 3, 3]],
  // Environment
  ['environment variable', `export default process.env.NODE_ENV`, 'development', 'production'],
  [
    'environment by destructuring',
    `const { NODE_ENV: mode = 'x' } = process.env; export default mode`,
    'development',
    'production',
  ],
  [
    'environment by alias',
    `const env = process.env; const { env: e2 } = process; export default env.NODE_ENV + e2['NODE_ENV']`,
    'developmentdevelopment',
    'productionproduction',
  ],
  [
    'environment by import',
    `import process, { env } from 'node:process'; export default [env.NODE_ENV, process.env.NODE_ENV]`,
    ['development', 'development'],
    ['production', 'production'],
  ],
  [
    'environment copied',
    `const env = { ...process.env }; export default env.NODE_ENV`,
    'development',
    'production',
  ],
  [
    'environment unknown',
    `export default process.env.STRICT`,
    '<depends on the environment variable STRICT>',
  ],
  [
    'environment compared',
    `export default process.env.STRICT === 'true'`,
    { 'if STRICT is "true"': true, 'if STRICT is not "true"': false },
  ],
  [
    'environment with fallback',
    `export default process.env.O || '*'`,
    { 'if O is set and not empty': '<depends on the environment variable O>', 'if O is unset or empty': '*' },
  ],
  [
    'environment or nothing',
    `export default process.env.O ?? '*'`,
    { 'if O is unset': '*', 'if O is set': '<depends on the environment variable O>' },
  ],
  [
    'environment as a list',
    `export default process.env.O?.split(',').map((s) => s.trim()) ?? ['a']`,
    { 'if O is unset': ['a'], 'if O is set': '<depends on the environment variable O>' },
  ],
  [
    'environment negated',
    `export default process.env.NODE_ENV !== 'production' ? '*' : 'https://a.dev'`,
    '*',
    'https://a.dev',
  ],
  [
    'environment written',
    `process.env.NEW = 'a'; process.env.NODE_ENV ||= 'b'; export default [process.env.NEW, process.env.NODE_ENV]`,
    ['a', 'development'],
    ['a', 'production'],
  ],
  [
    'import.meta.env',
    `export default import.meta.env.MODE`,
    '<depends on import.meta, which is known only when the program runs>',
  ],
  // Bindings
  [
    'destructuring',
    `const { a, b: { c = 3 } = {}, ...rest } = { a: 1, d: 4, e: 5 } as any; const [x, , y = 9, ...z] = [1, 2]; export default { a, c, rest, x, y, z }`,
    { a: 1, c: 3, rest: { d: 4, e: 5 }, x: 1, y: 9, z: [] },
  ],
  [
    'destructuring assignment',
    `let a = 1, b = 2; [a, b] = [b, a]; const o: any = {}; ({ x: o.y } = { x: 5 }); export default { a, b, o }`,
    { a: 2, b: 1, o: { y: 5 } },
  ],
  ['let in a straight line', `let x = 1; x = 2; x += 3; export default x`, 5],
  ['var is hoisted', `export default typeof x; var x = 1;`, 'undefined'],
  ['function is hoisted', `export default f(); function f() { return 1 }`, 1],
  // Types of TypeScript
  [
    'as const, satisfies, non-null, casts',
    `const a = { x: 1 } as const satisfies object; export default [(a as any)!.x, (<any>a).x]`,
    [1, 1],
  ],
  [
    'enum',
    `enum E { A, B = 5, C, D = 'd', F = B | 2 } export default [E.A, E.C, E.D, E[5], E.F]`,
    [0, 6, 'd', 'B', 7],
  ],
  [
    'const enum',
    `const enum M { Dev = 'development', Prod = 'production' } export default process.env.NODE_ENV === M.Prod`,
    false,
    true,
  ],
  [
    'namespace',
    `namespace N { export const a = 1; export namespace In { export const b = a + 1 } } export default [N.a, N.In.b]`,
    [1, 2],
  ],
  [
    'types disappear',
    `import type { X } from './gone'; interface I { a: X } type T = I; declare const g: T; abstract class C { abstract m(): void; declare d: I } export default 1`,
    1,
  ],
  [
    'parameter property',
    `class C { constructor(readonly a: number, private b = 2) {} } export default new C(1)`,
    { a: 1, b: 2 },
  ],
  // Statements
  ['if and else', `let x; if (${P}) { x = 1 } else { x = 2 } export default x`, 2, 1],
  [
    'if on an unknown',
    `const c: any = {}; if (process.env.K) c.a = 1; export default c`,
    { a: { 'if K is set and not empty': 1, 'if K is unset or empty': '<absent>' } },
  ],
  [
    'switch',
    `function f(e: any) { switch (e) { case 'production': return 1; case 'development': { break } default: return 3 } return 2 } export default f(process.env.NODE_ENV)`,
    2,
    1,
  ],
  [
    'switch falls through',
    `let s = ''; switch (1 as number) { case 0: s += 'a'; case 1: s += 'b'; case 2: s += 'c'; break; default: s += 'd' } export default s`,
    'bc',
  ],
  ['early return', `const f = () => { if (${P}) return 'p'; return 'd' }; export default f()`, 'd', 'p'],
  [
    'for',
    `let n = 0; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; n += i } export default n`,
    5,
  ],
  [
    'for of, for in',
    `const o: any = {}; for (const [k, v] of Object.entries({ a: 1 })) o[k] = v; for (const k in { b: 2 }) o[k] = k; export default o`,
    { a: 1, b: 'b' },
  ],
  ['while, do', `let n = 0; while (n < 3) n++; do { n += 10 } while (n < 20); export default n`, 23],
  [
    'labels',
    `let n = 0; a: for (;;) { for (;;) { n++; if (n > 2) break a; continue a } } export default n`,
    3,
  ],
  [
    'try, catch, finally',
    `let s = ''; try { throw new TypeError('x') } catch (e: any) { s += e.name + e.message } finally { s += '!' } export default s`,
    'TypeErrorx!',
  ],
  [
    'closures of a loop',
    `const f: any[] = []; for (let i = 0; i < 3; i++) f.push(() => i); export default f.map((g) => g())`,
    [0, 1, 2],
  ],
  // Mutation
  [
    'member assignment',
    `const c: any = { a: {} }; c.a.b = 1; c['d'] = 2; export default c`,
    { a: { b: 1 }, d: 2 },
  ],
  [
    'Object.assign',
    `const c = { a: 1 }; Object.assign(c, { b: 2 }, null, { a: 3 }); export default c`,
    { a: 3, b: 2 },
  ],
  [
    'push, splice, sort',
    `const l = [3, 1]; l.push(2); l.sort(); l.splice(1, 1, 9, 8); export default l`,
    [1, 9, 8, 3],
  ],
  [
    'mutation through an alias',
    `const a: any = { x: 1 }; const b = a; b.y = 2; export default a`,
    { x: 1, y: 2 },
  ],
  [
    'freezing',
    `const a: any = Object.freeze({ x: 1 }); try { a.x = 2 } catch { } export default a`,
    { x: 1 },
  ],
  // Functions
  [
    'defaults, rest, spread',
    `function f(a: any, b = a + 1, ...c: any[]) { return [a, b, c] } export default f(...[1, undefined, 3, 4] as any)`,
    [1, 2, [3, 4]],
  ],
  [
    'closure',
    `const counter = () => { let n = 0; return () => ++n }; const c = counter(); c(); export default c()`,
    2,
  ],
  ['IIFE', `export default (() => { const a = 1; return { a } })()`, { a: 1 }],
  ['recursion', `const f = (n: number): number => n <= 1 ? 1 : n * f(n - 1); export default f(5)`, 120],
  [
    'this, call, bind',
    `function f(this: any, a: any) { return [this.x, a] } export default [f.call({ x: 1 }, 2), f.bind({ x: 3 }, 4)(), f.apply({ x: 5 }, [6])]`,
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  [
    'async, awaited',
    `const load = async (a: number) => { const b = await a; return b + 1 }; export default await load(1)`,
    2,
  ],
  [
    'async, together',
    `const f = async (n: number) => n * 2; export default await Promise.all([f(1), f(2), 3])`,
    [2, 4, 3],
  ],
  [
    'async, not awaited',
    `let a = 1; const f = async () => { await null; a = 2 }; f(); export default { a }`,
    { a: '<a goes on after an await, later than what follows>' },
  ],
  [
    'generator',
    `function* g() { yield 1 } export default [...g()]`,
    ['<more: is a generator, which is not followed>'],
  ],
  // Classes
  [
    'class with statics',
    `class C { static a = 1; static #p = 2; static get b() { return C.#p } static { this.c = 3 } static c: number; static m() { return this.a } } export default [C.a, C.b, C.m()]`,
    [1, 2, 1],
  ],
  [
    'inheritance',
    `class A { x = 1; m() { return this.x } } class B extends A { x = 2; m() { return super.m() + 10 } } export default [new B().m(), new B()]`,
    [12, { x: 2 }],
  ],
  [
    'accessor of an instance',
    `class A { get a() { return 1 } } export default new A()`,
    { '<more>': 'is inherited from a prototype' },
  ],
  // Exports
  ['export of a name as default', `const c = { a: 1 }; export { c as default }`, { a: 1 }],
  ['default function', `export default function f() { return 1 }`, '<function>'],
  ['export assignment', `const c = { a: 1 }; export = c;`, { a: 1 }],
];

describe('syntax', () => {
  test.each(
    rows.map(([form, source, development, production = development]) => ({
      form,
      source,
      development,
      production,
    })),
  )('$form', async ({ source, development, production }) => {
    expect(short(await evaluateSource(source, { env: DEVELOPMENT }))).toEqual(development);
    expect(short(await evaluateSource(source, { env: PRODUCTION }))).toEqual(production);
  });
});

describe('CommonJS', () => {
  const commonJs: readonly Row[] = [
    ['module.exports', `module.exports = { a: ${P} }`, { a: false }, { a: true }],
    ['exports.x', `exports.a = 1; exports.b = exports.a + 1;`, { a: 1, b: 2 }],
    ['module.exports.x', `module.exports.a = 1; exports.b = 2;`, { a: 1, b: 2 }],
    ['return at the top', `module.exports = 1; if (true) return; module.exports = 2;`, 1],
    [
      'sloppy this',
      `module.exports = (function () { return typeof this })()`,
      '<depends on globalThis, which is known only when the program runs>',
    ],
    ['arguments', `module.exports = (function () { return [...arguments] })(1, 2)`, [1, 2]],
  ];
  test.each(
    commonJs.map(([form, source, development, production = development]) => ({
      form,
      source,
      development,
      production,
    })),
  )('$form', async ({ source, development, production }) => {
    expect(short(await evaluateSource(source, { path: 'main.cjs' }))).toEqual(development);
    expect(short(await evaluateSource(source, { path: 'main.cjs', env: PRODUCTION }))).toEqual(production);
  });
});
