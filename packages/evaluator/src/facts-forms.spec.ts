/** The forms configurations are written in, as FACTS §7 lists them, and those it calls likely in the wild. */
import { describe, expect, test } from '@jest/globals';
import { at, siteOf } from '@bulwark/model';
import type { Value } from '@bulwark/model';
import { DEVELOPMENT, evaluateFiles, PRODUCTION } from '../test/evaluate-source.ts';
import { short } from '../test/short.ts';

const teach = {
  'arkos/config#defineConfig': ({ args }: { readonly args: readonly Value[] }): Value => args[0]!,
  'arkos#defineConfig': ({ args }: { readonly args: readonly Value[] }): Value => args[0]!,
};

type Files = Readonly<Record<string, string>>;

async function both(files: Files | string): Promise<{ development: unknown; production: unknown }> {
  const all = typeof files === 'string' ? { 'arkos.config.ts': files } : files;
  const [development, production] = await Promise.all(
    [DEVELOPMENT, PRODUCTION].map(async (env) =>
      short(at((await evaluateFiles(all, { env, teach })).exports, 'default')),
    ),
  );
  return { development, production };
}

type Row = readonly [
  number: number | string,
  form: string,
  files: Files | string,
  development: unknown,
  production?: unknown,
];

const STRICT = { routers: { strict: 'no-bulk' } };
const D = `import { defineConfig } from 'arkos/config';`;

const rows: readonly Row[] = [
  [
    1,
    'annotated const and default export',
    `import type { ArkosConfig } from 'arkos'; const c: ArkosConfig = { routers: { strict: 'no-bulk' } }; export default c`,
    STRICT,
  ],
  [
    2,
    'const typed by JSDoc',
    {
      'arkos.config.js': `/** @type {import('arkos').ArkosConfig} */\nconst c = { routers: { strict: 'no-bulk' } };\nexport default c;`,
    },
    STRICT,
  ],
  [
    3,
    'const by defineConfig',
    `${D} const c = defineConfig({ routers: { strict: 'no-bulk' } }); export default c`,
    STRICT,
  ],
  [4, 'direct', `${D} export default defineConfig({ routers: { strict: 'no-bulk' } })`, STRICT],
  [5, 'bare object', `export default { routers: { strict: 'no-bulk' } }`, STRICT],
  [
    9,
    'NODE_ENV ternary',
    `export default { o: process.env.NODE_ENV !== "production" ? "*" : "https://a.dev" }`,
    { o: '*' },
    { o: 'https://a.dev' },
  ],
  [
    10,
    'NODE_ENV boolean',
    `export default { secure: process.env.NODE_ENV === "production" }`,
    { secure: false },
    { secure: true },
  ],
  [
    11,
    'environment text to boolean',
    `export default { a: process.env.A === "true", b: process.env.B !== "false" }`,
    {
      a: { 'if A is "true"': true, 'if A is not "true"': false },
      b: { 'if B is "false"': false, 'if B is not "false"': true },
    },
  ],
  [
    12,
    'environment with a cast',
    `export default { s: process.env.S as "lax" | "strict" }`,
    { s: '<depends on the environment variable S>' },
  ],
  [
    13,
    'environment with default, non-null, Number',
    `export default { e: process.env.E || "30d", n: process.env.N!, p: Number(process.env.P) }`,
    {
      e: {
        'if E is set and not empty': '<depends on the environment variable E>',
        'if E is unset or empty': '30d',
      },
      n: '<depends on the environment variable N>',
      p: '<depends on the environment variable P>',
    },
  ],
  [
    14,
    'arithmetic and separators',
    `export default { a: 15 * 60 * 1000, b: 15 * 60_000 }`,
    { a: 900_000, b: 900_000 },
  ],
  [
    15,
    'imported value',
    {
      'arkos.config.ts': `import prisma from './src/utils/prisma'; ${D} export default defineConfig({ prisma: { instance: prisma } })`,
      'src/utils/prisma/index.ts': `import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient(); export default prisma`,
    },
    { prisma: { instance: '<is imported from the package @prisma/client>' } },
  ],
  [
    16,
    'functions as values',
    `export default { cors: (req, cb) => cb(null, { origin: true }), limit: function mw(req, res, next) { next() } }`,
    { cors: '<function>', limit: '<function>' },
  ],
  [17, 'regular expressions', `export default { f: /\\.(png|jpe?g)$/i }`, { f: '</\\.(png|jpe?g)$/i>' }],
  [
    18,
    'imported from the wrong place',
    `import { defineConfig, ArkosConfig } from 'arkos'; export default defineConfig({ routers: { strict: 'no-bulk' } } as ArkosConfig)`,
    STRICT,
  ],
  [
    23,
    'as const satisfies',
    `export default { Create: ['Admin'] } as const satisfies Record<string, readonly string[]>`,
    { Create: ['Admin'] },
  ],
  [25, 'commented-out keys', `export default { a: 1, /* jwt: { secret: "x" }, */ // b: 2\n }`, { a: 1 }],
  [
    26,
    'disabled by an empty object',
    `export default { routers: {}, middlewares: { cors: {} } }`,
    { routers: {}, middlewares: { cors: {} } },
  ],
  [
    'wild',
    'spread of a shared base',
    {
      'arkos.config.ts': `import base from '../base'; export default { ...base, b: 2 }`.replace('../', './'),
      'base.ts': `export default { a: 1, b: 1 }`,
    },
    { a: 1, b: 2 },
  ],
  [
    'wild',
    'helper that returns a part',
    {
      'arkos.config.ts': `import { jwt } from './lib/jwt.js'; export default { jwt: jwt({ live: process.env.NODE_ENV === 'production' }) }`,
      'lib/jwt.ts': `export function jwt({ live = false } = {}) { return { secure: live, expiresIn: live ? '15m' : '30d' } }`,
    },
    { jwt: { secure: false, expiresIn: '30d' } },
    { jwt: { secure: true, expiresIn: '15m' } },
  ],
  [
    'wild',
    'template literal',
    'const h = "a.dev"; export default { o: [`https://${h}`, `https://www.${h}`] }',
    { o: ['https://a.dev', 'https://www.a.dev'] },
  ],
  [
    'wild',
    'module.exports = defineConfig',
    {
      'arkos.config.js': `const { defineConfig } = require('arkos/config'); module.exports = defineConfig({ routers: { strict: 'no-bulk' } })`,
    },
    STRICT,
  ],
  [
    'wild',
    'Object.assign',
    `const base = { a: 1 }; export default Object.assign({}, base, { b: 2 })`,
    { a: 1, b: 2 },
  ],
  [
    'wild',
    'conditional spread',
    `export default { ...(process.env.NODE_ENV === 'production' && { b: 2 }), ...(process.env.X ? { c: 3 } : {}) }`,
    { c: { 'if X is set and not empty': 3, 'if X is unset or empty': '<absent>' } },
    { b: 2, c: { 'if X is set and not empty': 3, 'if X is unset or empty': '<absent>' } },
  ],
  [
    'wild',
    'export { c as default }',
    `const c = { routers: { strict: 'no-bulk' } }; export { c as default }`,
    STRICT,
  ],
  [
    'wild',
    're-export from another file',
    {
      'arkos.config.ts': `export { default } from './config/index'`,
      'config/index.ts': `export default { routers: { strict: 'no-bulk' } }`,
    },
    STRICT,
  ],
  [
    'wild',
    'defineConfig with a cast',
    `${D} export default defineConfig({ routers: { strict: 'no-bulk' } } as any)`,
    STRICT,
  ],
  [
    'wild',
    'mutation after declaration',
    `${D} const c: any = defineConfig({ a: 1 }); c.routers = { strict: 'no-bulk' }; delete c.a; export default c`,
    STRICT,
  ],
  [
    'wild',
    'a function nobody can see into',
    `import { remote } from 'remote-config'; export default { a: remote('a'), b: 1 }`,
    { a: '<is imported from the package remote-config>', b: 1 },
  ],
  [
    'wild',
    'a file that is not in the repository',
    `import { client } from './generated/client'; export default { a: client }`,
    { a: '<is imported from ./generated/client, which is not in the repository>' },
  ],
  [
    'wild',
    'environment by a schema',
    `import { z } from 'zod'; const env = z.object({ S: z.string() }).parse(process.env); export default { s: env.S, n: process.env.NODE_ENV }`,
    { s: '<is imported from the package zod>', n: 'development' },
    { s: '<is imported from the package zod>', n: 'production' },
  ],
];

describe('a configuration', () => {
  test.each(
    rows.map(([number, form, files, development, production = development]) => ({
      number,
      form,
      files,
      development,
      production,
    })),
  )('form $number: $form', async ({ files, development, production }) => {
    expect(await both(files)).toEqual({ development, production });
  });

  test('form 6: satisfies on an assignment is no module code, and says so', async () => {
    const { threw } = await evaluateFiles({
      'arkos.config.ts': `export default c = { a: 1 } satisfies object`,
    });
    expect(threw?.because).toBe('ReferenceError: c is not defined');
  });

  test.each([
    [
      '7: the literal of init',
      `import arkos from 'arkos'; arkos.init({ cors: { allowedOrigins: '*' } })`,
      'init',
      { cors: { allowedOrigins: '*' } },
    ],
    [
      '8: init with only runtime keys',
      `import arkos from 'arkos'; const r1 = 1, r2 = 2; arkos.init({ use: [r1, r2] })`,
      'init',
      { use: [1, 2] },
    ],
    [
      '24: a config consumed elsewhere',
      `import { ArkosRouter } from 'arkos'; import c from './c'; ArkosRouter({ prefix: c.globalPrefix || '/api' })`,
      'ArkosRouter',
      { prefix: '/api' },
    ],
  ])('form %s is a foreign call', async (_form, source, name, argument) => {
    const { foreignCalls } = await evaluateFiles({
      'src/app.ts': source,
      'src/c.ts': 'export default { globalPrefix: "" }',
    });
    const [call] = foreignCalls;
    expect(JSON.stringify([call?.foreign.name, call?.foreign.steps])).toContain(name);
    expect(short(call!.args[0]!)).toEqual(argument);
  });

  test.each([
    [
      19,
      `import type { RouteHook } from 'arkos'; export const hook: RouteHook<"auth"> = { login: { authentication: false, rateLimit: { limit: 5 } } }`,
      'hook',
      { login: { authentication: false, rateLimit: { limit: 5 } } },
    ],
    [
      20,
      `export const config: RouterConfig = { disable: { createMany: true } }`,
      'config',
      { disable: { createMany: true } },
    ],
  ])('form %s: a hook literal under its name', async (_number, source, name, value) => {
    const { exports } = await evaluateFiles({ 'src/modules/post/post.router.ts': source });
    expect(short(at(exports, name))).toEqual(value);
  });

  test('form 21: a member of a fluent builder keeps every call', async () => {
    const { exports } = await evaluateFiles({
      'user.router.ts': `import policy from './user.policy'; export const hook = { createOne: { authentication: policy.Create } }`,
      'user.policy.ts': `import { ArkosPolicy } from 'arkos'; const p = ArkosPolicy("user").rule("Create", ["Admin"]).rule("View", "*"); export default p`,
    });
    expect(at(exports, 'hook.createOne.authentication')).toMatchObject({
      kind: 'unknown',
      foreign: {
        module: 'arkos',
        name: 'ArkosPolicy',
        steps: [
          { call: [{ value: 'user' }] },
          { get: 'rule' },
          { call: [{ value: 'Create' }, { value: { items: [{ value: 'Admin' }] } }] },
          { get: 'rule' },
          { call: [{ value: 'View' }, { value: '*' }] },
          { get: 'Create' },
        ],
      },
    });
  });

  test('form 22: a fluent route hook is handed to load', async () => {
    const { foreignCalls } = await evaluateFiles({
      'app.ts': `import arkos, { ArkosRouteHook } from 'arkos'; const app = arkos(); const h = ArkosRouteHook("post").findMany({ disabled: true }).createOne({ authentication: false }); app.load(h, ...[h]);`,
    });
    const load = foreignCalls.find(
      ({ foreign }) => JSON.stringify(foreign.steps.at(-1)) === '{"get":"load"}',
    );
    expect(load?.args).toHaveLength(2);
    expect(load?.args[0]).toMatchObject({
      foreign: {
        name: 'ArkosRouteHook',
        steps: [{}, { get: 'findMany' }, { call: [{ value: { entries: { disabled: {} } } }] }, {}, {}],
      },
    });
  });

  test('a function tells what it gives', async () => {
    const { exports } = await evaluateFiles({
      'c.ts': `const list = ['a']; export default { a: () => true, b: (o: string) => list.includes(o) }`,
    });
    expect(at(exports, 'default.a')).toMatchObject({
      value: { type: 'function', returns: { kind: 'known', value: true } },
    });
    expect(at(exports, 'default.b')).toMatchObject({
      value: { returns: { kind: 'unknown', outcomes: [{ when: 'o is "a"' }, { when: 'o is not "a"' }] } },
    });
  });

  test('a property has its place, a value its place and how it came', async () => {
    const { exports } = await evaluateFiles({
      'c.ts': `import { isLive } from './env';\nexport default {\n  jwt: { secure: isLive },\n};`,
      'env.ts': `export const isLive = process.env.NODE_ENV === 'production';`,
    });
    expect(siteOf(exports, 'default.jwt.secure')).toMatchObject({
      path: 'c.ts',
      line: 3,
      column: 10,
      endColumn: 24,
    });
    expect(at(exports, 'default.jwt.secure')).toMatchObject({
      from: { kind: 'place', place: { path: 'env.ts', line: 1, column: 23 } },
      via: [{ what: 'const isLive' }, { what: 'import isLive', place: { path: 'c.ts' } }],
    });
  });
});
