/** Whole apps under each generation: from files to what is in force. */
import { describe, expect, test } from '@jest/globals';
import { at, memorySnapshot, outcomesOf, toJson } from '@bulwark/model';
import type { ModeFacts, Value } from '@bulwark/model';
import { discoverApps } from './discover.ts';
import { gatherFacts } from './facts.ts';
import { defaultModes } from './mode.ts';
import type { ModeDefinition } from './mode.ts';

interface Gathered {
  readonly dev: ModeFacts;
  readonly prod: ModeFacts;
  readonly all: readonly ModeFacts[];
}

/** The only app of these files; `package.json` and `tsconfig.json` are there unless given. */
async function gather(
  version: string,
  files: Record<string, string>,
  modes: readonly ModeDefinition[] = defaultModes,
): Promise<Gathered> {
  const snapshot = memorySnapshot({
    'package.json': JSON.stringify({ name: 'api', type: 'module', dependencies: { arkos: version } }),
    'tsconfig.json': '{"include":["src","arkos.config.ts"]}',
    ...files,
  });
  const { apps, problems } = await discoverApps(snapshot);
  expect(problems).toEqual([]);
  expect(apps).toHaveLength(1);
  const { facts, problems: unread } = await gatherFacts(snapshot, apps[0]!, { modes });
  expect(unread).toEqual([]);
  return {
    dev: facts.find(({ mode }) => mode.command === 'dev')!,
    prod: facts.find(({ mode }) => mode.command === 'start')!,
    all: facts,
  };
}

function word(value: Value): unknown {
  if (value.kind === 'absent') return 'absent';
  if (value.kind === 'unknown')
    return value.outcomes ? outcomesOf(value).map(({ value: inner }) => word(inner)) : 'unknown';
  const { value: data } = value;
  if (typeof data === 'object' && data !== null && data.type !== 'object' && data.type !== 'array')
    return data.type;
  return toJson(value) ?? 'partly unknown';
}

const strictOf = ({ settings }: ModeFacts): unknown => word(settings.routers.strict!.value);
const problemsOf = ({ configProblems }: ModeFacts): string[] =>
  configProblems.map(({ id, effect }) => `${id} ${effect}`);
const define = (body: string): string =>
  `import { defineConfig } from 'arkos/config';\nexport default defineConfig(${body});\n`;

describe('where the configuration is (FACTS §1.1)', () => {
  test.each<[string, Record<string, string>]>([
    [
      '1.3.10',
      { 'src/app.ts': `import arkos from 'arkos';\narkos.init({ routers: { strict: 'no-bulk' } });\n` },
    ],
    [
      '1.3.10',
      {
        'src/app.ts': `import * as arkos from 'arkos';\narkos.default.init({ routers: { strict: 'no-bulk' } });\n`,
      },
    ],
    [
      '1.3.4',
      {
        'package.json': '{"name":"api","dependencies":{"arkos":"1.3.4"}}',
        'src/app.js': `const arkos = require('arkos').default;\narkos.init({ routers: { strict: 'no-bulk' } });\n`,
      },
    ],
    [
      '1.3.10',
      {
        'src/app.ts': `import arkos from 'arkos';\nimport { options } from './options';\nconst app = await arkos.init(options);\nexport default app;\n`,
        'src/options.ts': `export const options = { routers: { strict: 'no-bulk' as const } };\n`,
      },
    ],
    [
      '1.4.15',
      {
        'arkos.config.ts': `import type { ArkosConfig } from 'arkos';\nconst config: ArkosConfig = { routers: { strict: 'no-bulk' } };\nexport default config;\n`,
        'src/app.ts': '',
      },
    ],
    [
      '1.5.17',
      { 'arkos.config.ts': `export default { routers: { strict: 'no-bulk' } };\n`, 'src/app.ts': '' },
    ],
    ['1.6.7', { 'arkos.config.ts': define(`{ routers: { strict: 'no-bulk' } }`) }],
    [
      '1.6.7',
      {
        'arkos.config.ts': `import { defineConfig } from 'arkos/config';\nconst base = { routers: { strict: 'no-bulk' as const } };\nconst config = defineConfig(base);\nexport default { ...config, port: 3000 };\n`,
      },
    ],
    [
      '1.7.0-rc',
      {
        'package.json': '{"name":"api","dependencies":{"arkos":"1.7.0-rc"}}',
        'tsconfig.json': '',
        'arkos.config.js': `const { defineConfig } = require('arkos/config');\nmodule.exports = defineConfig({ routers: { strict: 'no-bulk' } });\n`,
      },
    ],
    ['1.7.0-rc', { 'arkos.config.ts': define(`{ routers: { strict: 'no-bulk' } } as any`) }],
  ])('%s %#', async (version, files) => {
    const present = Object.fromEntries(
      Object.entries(files).filter(([, text]) => text !== '' || text === files['src/app.ts']),
    );
    if (files['tsconfig.json'] === '') present['tsconfig.json'] = '{"include":["**/*"]}';
    const { dev, prod } = await gather(version, present);
    expect(strictOf(prod)).toBe('no-bulk');
    if (!('arkos.config.js' in files)) expect(strictOf(dev)).toBe('no-bulk');
    expect(at(prod.config, 'routers.strict')).toMatchObject({
      kind: 'known',
      value: 'no-bulk',
      from: { kind: 'place' },
    });
  });

  test('nothing written: the default of the version, and where it comes from', async () => {
    const { prod } = await gather('1.6.7', { 'arkos.config.ts': define('{}') });
    expect(strictOf(prod)).toBe(false);
    expect(at(prod.config, 'routers.strict')).toMatchObject({ from: { kind: 'default', of: 'Arkos 1.6' } });
    expect(at(prod.config, 'swagger.authenticate')).toMatchObject({ value: true });
  });

  test('the config is not read from arkos.init since 1.4', async () => {
    const { prod } = await gather('1.4.15', {
      'src/app.ts': `import arkos from 'arkos';\narkos.init({ use: [], cors: { allowedOrigins: ['https://x.example'] }, routers: { strict: true } });\n`,
      'arkos.config.ts': 'export default {};\n',
    });
    expect(strictOf(prod)).toBe(false);
    expect(problemsOf(prod)).toEqual(['dead-options nothing']);
    expect(prod.writtenKeys.map(({ path, instead }) => [path, instead])).toEqual([
      ['arkos.init().cors.allowedOrigins', 'middlewares.cors.allowedOrigins'],
      ['arkos.init().routers.strict', 'routers.strict in the config file'],
    ]);
  });
});

describe('the two modes (FACTS §2)', () => {
  const TERNARY = define(`{ routers: { strict: process.env.NODE_ENV === 'production' ? true : 'no-bulk' } }`);

  test('a NODE_ENV ternary goes both ways', async () => {
    const { dev, prod } = await gather('1.7.0-rc', { 'arkos.config.ts': TERNARY });
    expect([strictOf(dev), strictOf(prod)]).toEqual(['no-bulk', true]);
  });

  test('NODE_ENV in a tracked env file flips it (FACTS §9 trap 10)', async () => {
    const { prod } = await gather('1.7.0-rc', {
      'arkos.config.ts': TERNARY,
      '.env': 'NODE_ENV=development\n',
    });
    expect(strictOf(prod)).toBe('no-bulk');
  });

  test('ARKOS_BUILD tells them apart too', async () => {
    const { dev, prod } = await gather('1.7.0-rc', {
      'arkos.config.ts': define(`{ routers: { strict: process.env.ARKOS_BUILD === 'true' } }`),
    });
    expect([strictOf(dev), strictOf(prod)]).toEqual([false, true]);
  });

  test('a variable nobody pins is unknown, by name', async () => {
    const { prod } = await gather('1.7.0-rc', {
      'arkos.config.ts': define('{ routers: { strict: process.env.STRICT } }'),
    });
    expect(prod.settings.routers.strict!.value).toMatchObject({ kind: 'unknown', variables: ['STRICT'] });
  });

  test('unset, it is undefined, with everything that follows', async () => {
    const { prod } = await gather('1.7.0-rc', {
      'arkos.config.ts': define(
        `{ middlewares: { cors: { allowedOrigins: process.env.ORIGIN } }, authentication: { jwt: { secret: process.env.JWT_SECRET, expiresIn: process.env.LIFE as any, cookie: { sameSite: process.env.SITE as any, secure: process.env.SECURE === 'true' } } } }`,
      ),
    });
    const { cors, jwt } = prod.settings;
    expect(word(cors.value)).toEqual(['*', 'unknown']);
    expect(outcomesOf(cors.value).map(({ when }) => when)).toEqual(['ORIGIN is unset', 'ORIGIN is set']);
    expect(word(jwt.expiresIn.value)).toEqual(['30d', 'unknown']);
    expect(word(jwt.sameSite.value)).toEqual(['undefined', 'unknown']);
    expect(word(jwt.secure.value)).toEqual([true, false]);
    expect(jwt.secret.value).toMatchObject({
      kind: 'unknown',
      from: { kind: 'env', variable: 'JWT_SECRET' },
    });
    expect(word(jwt.secret.value)).toBe('unknown');
  });

  test('a mode of the settings, with pins', async () => {
    const { prod } = await gather(
      '1.7.0-rc',
      { 'arkos.config.ts': define('{ routers: { strict: process.env.STRICT } }') },
      [{ name: 'staging', command: 'start', env: { NODE_ENV: 'staging', STRICT: 'no-bulk' } }],
    );
    expect([prod.mode.name, strictOf(prod), prod.environment.nodeEnv]).toMatchObject([
      'staging',
      'no-bulk',
      { value: 'staging' },
    ]);
  });
});

describe('configurations that do not count (FACTS §1.2, §1.3)', () => {
  const GOOD = define(`{ routers: { strict: true } }`);
  test.each<[string, string, Record<string, string>, string[], unknown]>([
    [
      '1.7.0-rc',
      'not wrapped',
      { 'arkos.config.ts': `export default { routers: { strict: true } };` },
      ['not-wrapped exits'],
      true,
    ],
    [
      '1.5.17',
      'wrapped too early',
      { 'arkos.config.ts': GOOD, 'src/app.ts': '' },
      ['wrong-import defaults'],
      true,
    ],
    [
      '1.7.0-rc',
      'imported from the wrong place',
      { 'arkos.config.ts': GOOD.replace('arkos/config', 'arkos') },
      ['wrong-import defaults'],
      true,
    ],
    [
      '1.7.0-rc',
      'a named export only',
      {
        'arkos.config.ts': `import { defineConfig } from 'arkos/config';\nexport const config = defineConfig({ routers: { strict: true } });`,
      },
      ['no-default-export defaults'],
      false,
    ],
    [
      '1.7.0-rc',
      'it throws',
      { 'arkos.config.ts': `throw new Error('no');\n${GOOD}` },
      ['throws defaults'],
      false,
    ],
    [
      '1.7.0-rc',
      'it throws if a variable is missing',
      {
        'arkos.config.ts': `if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing');\n${GOOD}`,
      },
      ['may-throw defaults'],
      true,
    ],
    [
      '2.0.0-next.16',
      'it throws',
      { 'arkos.config.ts': `throw new Error('no');\n${GOOD}` },
      ['throws exits'],
      'unknown',
    ],
    ['1.7.0-rc', 'an extension nobody reads', { 'arkos.config.mjs': GOOD }, ['never-read defaults'], false],
    [
      '1.7.0-rc',
      'not emitted by the build',
      { 'arkos.config.ts': GOOD, 'tsconfig.json': '{"include":["src/**/*"]}', 'src/app.ts': '' },
      ['not-built defaults'],
      false,
    ],
    [
      '1.7.0-rc',
      'included with everything there is',
      { 'arkos.config.ts': GOOD, 'tsconfig.json': '{"include":["./"]}' },
      [],
      true,
    ],
    [
      '1.7.0-rc',
      'emitted because a source imports it',
      {
        'arkos.config.ts': GOOD,
        'tsconfig.json': '{"include":["src"]}',
        'src/router.ts': `import c from '../arkos.config';`,
      },
      [],
      true,
    ],
    [
      '1.7.0-rc',
      'included by the tsconfig it extends',
      {
        'arkos.config.ts': GOOD,
        'tsconfig.json': '{"extends":"./base.json"}',
        'base.json': '{"include":["*.ts"]}',
      },
      [],
      true,
    ],
    [
      '1.7.0-rc',
      'a stale twin',
      { 'arkos.config.ts': GOOD, 'arkos.config.js': define(`{ routers: { strict: false } }`) },
      ['stale-twin differs'],
      false,
    ],
    [
      '1.3.10',
      'a config file under a version that reads none',
      { 'arkos.config.ts': GOOD, 'src/app.ts': `import arkos from 'arkos';\narkos.init({});` },
      ['never-read nothing'],
      false,
    ],
    [
      '1.3.10',
      'it throws before init',
      {
        'src/app.ts': `import arkos from 'arkos';\nif (!process.env.NODE_ENV) arkos.init({});\nelse throw new Error('no');`,
      },
      ['throws exits'],
      'unknown',
    ],
    [
      '1.3.10',
      'no call of init',
      { 'src/app.ts': `import arkos from 'arkos';` },
      ['no-config nothing'],
      'unknown',
    ],
  ])('%s %s', async (version, _name, files, problems, strict) => {
    const { prod } = await gather(version, files);
    expect(problemsOf(prod)).toEqual(problems);
    expect(strictOf(prod)).toBe(strict);
  });

  test('no config file at all', async () => {
    const { dev } = await gather('1.7.0-rc', {
      'src/app.ts': `import arkos from 'arkos';\nconst app = arkos();`,
    });
    expect(problemsOf(dev)).toEqual(['no-config defaults']);
    expect(word(dev.settings.authentication.mode.value)).toBe('absent');
  });

  test('dev and start read different twins', async () => {
    const { dev } = await gather('1.7.0-rc', { 'arkos.config.ts': GOOD, 'arkos.config.js': define('{}') });
    expect(strictOf(dev)).toBe(true);
  });
});

describe('secrets (FACTS §3.4)', () => {
  const secret = ['very', 'secret', 'indeed'].join('-');
  test('are in no fact, wherever they were written', async () => {
    const { all } = await gather('1.7.0-rc', {
      'arkos.config.ts':
        `import { Store } from 'some-store';\n` +
        define(
          `{ authentication: { mode: 'static', jwt: { secret: process.env.JWT_SECRET || '${secret}' } }, email: { host: 'h', auth: { user: 'u', pass: '${secret}' } }, other: 'postgres://u:${secret}@h/db', middlewares: { rateLimit: { limit: 5, store: new Store({ url: 'redis://:${secret}@h' }) } } }`,
        ),
      '.env': `DATABASE_URL=postgres://u:${secret}@h/db\n`,
    });
    expect(JSON.stringify(all)).not.toContain(secret);
  });

  test('one that a tracked env file sets is known, hidden, and says where', async () => {
    const { prod } = await gather('1.7.0-rc', {
      'arkos.config.ts': define('{}'),
      '.env': `\nJWT_SECRET=${secret}\n`,
    });
    expect(prod.settings.jwt.secret.value).toMatchObject({
      kind: 'known',
      from: { kind: 'env', variable: 'JWT_SECRET', place: { path: '.env', line: 2 } },
    });
  });
});

describe('a version that is not certain', () => {
  test('one that is goes by its own name', async () => {
    const { all } = await gather('1.6.7-beta', { 'arkos.config.ts': define('{}') });
    expect([...new Set(all.map(({ version }) => version))]).toEqual(['1.6.7-beta']);
  });

  test('a range is judged as every group of releases in it', async () => {
    const { all } = await gather('^1.6.0', { 'arkos.config.ts': define('{}') });
    expect(all.map(({ version, mode }) => `${version} ${mode.name}`)).toEqual([
      '1.6.0 development',
      '1.6.0 production',
      '1.6.2 development',
      '1.6.2 production',
      '1.6.7 development',
      '1.6.7 production',
      '1.7.0 development',
      '1.7.0 production',
    ]);
    expect([...new Set(all.map(({ settings }) => word(settings.cors.value)))]).toEqual([false, true, '*']);
  });
});

test('the trace names every file opened and looked for', async () => {
  const snapshot = memorySnapshot({
    'package.json': '{"dependencies":{"arkos":"1.7.0-rc"}}',
    'arkos.config.js': `import { base } from './base.js';\n${define('base')}`,
    'base.js': 'export const base = {};',
    'README.md': 'never opened',
  });
  const { apps } = await discoverApps(snapshot);
  const { trace } = await gatherFacts(snapshot, apps[0]!, { modes: defaultModes });
  expect(trace.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['arkos.config.js', 'base.js', 'package.json']),
  );
  expect(trace.files.map(({ path }) => path)).not.toContain('README.md');
  expect(trace.missing).toEqual(
    expect.arrayContaining(['.env', '.env.production', 'tsconfig.json', 'arkos.config.ts']),
  );
});
