/**
 * Every rule about the configuration, under every generation: what passes, what fails, what cannot be decided,
 * each as that generation has to be told. The specs beside the rules go deeper; this shows that none is left out.
 */
import { describe, expect, test } from '@jest/globals';
import { worstVerdict } from '@bulwark/model';
import type { Generation, Verdict } from '@bulwark/model';
import { configuredApp, judgeConfig } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import { rules } from './index.ts';

/** One release for each generation. */
const RELEASES: Readonly<Record<Generation, string>> = {
  '1.0': '1.0.18',
  '1.2': '1.2.9',
  '1.3': '1.3.10',
  '1.4': '1.4.15',
  '1.5': '1.5.17',
  '1.6': '1.6.7',
  '1.7': '1.7.0',
  '2.0-next': '2.0.0-next.16',
};
const GENERATIONS = Object.keys(RELEASES) as Generation[];

/** Options of the app, or more of it; `null` where there is no such case. */
type Cell = string | ((release: string) => AppCase) | null;

/** What to write for each verdict; a single verdict where every app gets it. */
interface Row {
  readonly cites: string;
  readonly generations: readonly Generation[];
  readonly cells: Readonly<Partial<Record<Verdict, Cell>>>;
}

const upTo13: readonly Generation[] = ['1.0', '1.2', '1.3'];
const from14: readonly Generation[] = GENERATIONS.slice(3);
const from16: readonly Generation[] = GENERATIONS.slice(5);
const from14to17: readonly Generation[] = GENERATIONS.slice(3, 7);

const auth = (rest: string): string => `{ authentication: { mode: 'static', ${rest} } }`;
const jwt = (rest: string): string => auth(`jwt: { ${rest} }`);
const cookie = (rest: string): string => jwt(`cookie: { ${rest} }`);
const ORIGINS = "['https://app.example.com']";
const TUNED = '{ windowMs: 15 * 60_000, limit: 5 }';
const SECRET = "'" + 'a'.repeat(12) + "'";
const LIVE = "process.env.NODE_ENV === 'production'";

const onLoginHook =
  (limit: string) =>
  (release: string): AppCase =>
    configuredApp(release, `{ authentication: { mode: 'static' }, prisma: { instance: {} } }`, {
      files: {
        'src/app.ts': `import arkos, { ArkosRouteHook } from 'arkos';\nconst app = arkos();\napp.load(ArkosRouteHook('auth').login({ rateLimit: ${limit} }));\n`,
      },
    });

const guarded = (release: string): AppCase => {
  const app = configuredApp(release, auth(''));
  return { ...app, config: `if (!process.env.JWT_SECRET) throw new Error('unset');\n${app.config}` };
};

/** A secret that a package fetches. */
const fromVault = (release: string): AppCase => {
  const app = configuredApp(release, jwt("secret: read('jwt')"));
  const line = "import { read } from 'vault';\n";
  if (app.config !== undefined) return { ...app, config: line + app.config };
  return { ...app, files: { 'src/app.ts': `${line}${String(app.files!['src/app.ts'])}` } };
};

const table: Readonly<Record<string, readonly Row[]>> = {
  'cors-origin': [
    {
      cites: 'FACTS §3.1: cors.allowedOrigins, blocked by default',
      generations: upTo13,
      cells: {
        pass: `{ cors: { allowedOrigins: ${ORIGINS} } }`,
        violation: "{ cors: { allowedOrigins: '*' } }",
        undecided: '{ cors: { allowedOrigins: process.env.ORIGIN } }',
      },
    },
    {
      cites: 'FACTS §3.1: middlewares.cors.allowedOrigins, "*" reflects',
      generations: ['1.4'],
      cells: {
        pass: `{ middlewares: { cors: { allowedOrigins: ${ORIGINS} } } }`,
        violation: "{ middlewares: { cors: { allowedOrigins: '*' } } }",
        undecided: '{ middlewares: { cors: { customHandler: (req, res, next) => next() } } }',
      },
    },
    {
      cites: 'FACTS §3.1: middlewares.cors.origin, open by default',
      generations: from14.slice(1),
      cells: {
        pass: `{ middlewares: { cors: { origin: ${ORIGINS} } } }`,
        violation: '{}',
        undecided: '{ middlewares: { cors: { allowedOrigins: process.env.ORIGIN } } }',
      },
    },
  ],
  'global-rate-limit': [
    {
      cites: 'FACTS §3.2: globalRequestRateLimitOptions',
      generations: upTo13,
      cells: {
        pass: `{ globalRequestRateLimitOptions: ${TUNED} }`,
        violation: '{}',
        undecided: '{ globalRequestRateLimitOptions: { limit: Number(process.env.LIMIT) } }',
      },
    },
    {
      cites: 'FACTS §3.2: middlewares.rateLimit, max does nothing',
      generations: from14,
      cells: {
        pass: `{ middlewares: { rateLimit: ${TUNED} } }`,
        violation: '{ middlewares: { rateLimit: { max: 5 } } }',
        undecided: '{ middlewares: { rateLimit: (req, res, next) => next() } }',
      },
    },
  ],
  'auth-rate-limit': [
    {
      cites: 'FACTS §3.3: authentication.requestRateLimitOptions',
      generations: upTo13,
      cells: {
        pass: auth(`requestRateLimitOptions: ${TUNED}`),
        violation: auth(''),
        undecided: auth('requestRateLimitOptions: { limit: Number(process.env.LIMIT) }'),
        'not-applicable': '{}',
      },
    },
    {
      cites: 'FACTS §3.3, §9.1: authentication.rateLimit, whatever the guide says',
      generations: from14to17,
      cells: {
        pass: auth(`rateLimit: ${TUNED}`),
        violation: auth(`requestRateLimitOptions: ${TUNED}`),
        undecided: auth('rateLimit: { limit: Number(process.env.LIMIT) }'),
        'not-applicable': '{}',
      },
    },
    {
      cites: 'FACTS §3.3, §9.20: by the route hook alone',
      generations: ['2.0-next'],
      cells: {
        pass: onLoginHook(TUNED),
        violation: auth(`rateLimit: ${TUNED}`),
        undecided: onLoginHook('{ limit: Number(process.env.LIMIT) }'),
        'not-applicable': '{}',
      },
    },
  ],
  'jwt-secret': [
    {
      cites: 'FACTS §3.4',
      generations: GENERATIONS,
      cells: {
        pass: jwt('secret: process.env.JWT_SECRET'),
        violation: jwt(`secret: process.env.JWT_SECRET || ${SECRET}`),
        undecided: fromVault,
        'not-applicable': '{}',
      },
    },
  ],
  'jwt-expiry': [
    {
      cites: 'FACTS §3.5: 30d by default, numbers are seconds',
      generations: GENERATIONS,
      cells: {
        pass: jwt('expiresIn: 3600'),
        violation: auth(''),
        undecided: jwt('expiresIn: process.env.LIFE'),
        'not-applicable': '{}',
      },
    },
  ],
  'jwt-cookie-http-only': [
    {
      cites: 'FACTS §3.6: cannot be turned off',
      generations: ['1.0'],
      cells: { pass: cookie('httpOnly: false'), 'not-applicable': '{}' },
    },
    {
      cites: 'FACTS §3.6: true by default',
      generations: GENERATIONS.slice(1),
      cells: {
        pass: auth(''),
        violation: cookie('httpOnly: false'),
        undecided: cookie("httpOnly: process.env.FLAG === 'true'"),
        'not-applicable': '{}',
      },
    },
  ],
  'jwt-cookie-secure': [
    {
      cites: 'FACTS §3.7, §9.5: by request unless set',
      generations: GENERATIONS,
      cells: {
        pass: cookie('secure: true'),
        violation: auth(''),
        undecided: cookie("secure: process.env.FLAG === 'true'"),
        'not-applicable': '{}',
      },
    },
  ],
  'jwt-cookie-same-site': [
    {
      cites: 'FACTS §3.8: none in production whatever is written',
      generations: ['1.0'],
      cells: { violation: cookie("sameSite: 'lax'"), 'not-applicable': '{}' },
    },
    {
      cites: 'FACTS §3.8, §9.5: lax by default',
      generations: GENERATIONS.slice(1),
      cells: {
        pass: auth(''),
        violation: cookie("sameSite: 'none'"),
        undecided: cookie('sameSite: process.env.SAME_SITE'),
        'not-applicable': '{}',
      },
    },
  ],
  'forbid-non-whitelisted': [
    {
      cites: 'FACTS §3.10: both resolvers only strip',
      generations: ['1.0', '1.2'],
      cells: {
        violation: '{}',
        undecided: '{ validation: { resolver: process.env.RESOLVER } }',
        'not-applicable': "{ validation: { resolver: 'class-validator' } }",
      },
    },
    {
      cites: 'FACTS §3.10: class-validator strips, and rejects if told to; zod only strips',
      generations: ['1.3', '1.4'],
      cells: {
        pass: "{ validation: { resolver: 'class-validator', validationOptions: { whitelist: true, forbidNonWhitelisted: true } } }",
        violation: "{ validation: { resolver: 'class-validator' } }",
        undecided: '{ validation: { resolver: process.env.RESOLVER } }',
        'not-applicable': "{ validation: { resolver: 'zod' } }",
      },
    },
    {
      cites: 'FACTS §3.10, §9.2: zod rejects, class-validator lets through',
      generations: from14.slice(1),
      cells: {
        pass: "{ validation: { resolver: 'zod' } }",
        violation: "{ validation: { resolver: 'class-validator' } }",
        undecided: '{ validation: { resolver: process.env.RESOLVER } }',
      },
    },
  ],
  'router-strict': [
    {
      cites: 'FACTS §3.11: no such key',
      generations: ['1.0', '1.2'],
      cells: { 'not-applicable': '{}' },
    },
    {
      cites: 'FACTS §3.11, §4.3',
      generations: GENERATIONS.slice(2, 7),
      cells: {
        pass: "{ routers: { strict: 'no-bulk' } }",
        violation: '{}',
        undecided: '{ routers: { strict: process.env.STRICT } }',
      },
    },
    {
      cites: 'FACTS §3.11, §9.20: never read',
      generations: ['2.0-next'],
      cells: { 'not-applicable': "{ routers: { strict: 'no-bulk' } }" },
    },
  ],
  'router-strict-parity': [
    {
      cites: 'FACTS §4.3: one value for both modes unless the config says otherwise',
      generations: GENERATIONS.slice(2, 7),
      cells: {
        pass: '{ routers: { strict: true } }',
        violation: `{ routers: { strict: ${LIVE} } }`,
        undecided: '{ routers: { strict: process.env.STRICT } }',
      },
    },
  ],
  'strict-route-validation': [
    {
      cites: 'FACTS §3.12, §8: no such key',
      generations: upTo13,
      cells: { 'not-applicable': '{}' },
    },
    {
      cites: 'FACTS §3.12: off by default',
      generations: from14,
      cells: {
        pass: "{ validation: { resolver: 'zod', strict: true } }",
        violation: '{}',
        undecided: "{ validation: { strict: process.env.STRICT === '1' } }",
      },
    },
  ],
  'settings-parity': [
    {
      cites: 'FACTS §3.5, §3.8: a ternary the wrong way round',
      generations: GENERATIONS.slice(1),
      cells: {
        pass: jwt(`expiresIn: ${LIVE} ? '1h' : '7d'`),
        violation: jwt(`expiresIn: ${LIVE} ? '7d' : '1h'`),
        undecided: jwt('expiresIn: process.env.LIFE'),
      },
    },
  ],
  'dead-setting': [
    {
      cites: 'FACTS §8: keys of 1.4',
      generations: upTo13,
      cells: { pass: '{ cors: { allowedOrigins: [] } }', violation: '{ middlewares: { cors: {} } }' },
    },
    {
      cites: 'FACTS §8: keys of 1.3',
      generations: from14,
      cells: { pass: '{ middlewares: { cors: {} } }', violation: '{ cors: { allowedOrigins: [] } }' },
    },
  ],
  'config-loads': [
    {
      cites: 'FACTS §1.1: arkos.init, and no config file',
      generations: upTo13,
      cells: {
        pass: auth(''),
        violation: (release) => ({ ...configuredApp(release, auth('')), config: 'export default {};\n' }),
      },
    },
    {
      cites: 'FACTS §1.2, §9.8: a throw drops every setting',
      generations: from14to17,
      cells: { pass: auth(''), violation: guarded },
    },
    {
      cites: 'FACTS §1.1, §1.2: a throw stops the app, a bare object too',
      generations: ['2.0-next'],
      cells: {
        pass: guarded,
        violation: (release) => ({ version: release, config: `export default ${auth('')};\n` }),
      },
    },
  ],
  'dangerous-query-options': [
    {
      cites: 'FACTS §3.16',
      generations: GENERATIONS,
      cells: {
        pass: '{}',
        violation: '{ request: { parameters: { allowDangerousPrismaQueryOptions: true } } }',
        undecided: "{ request: { parameters: { allowDangerousPrismaQueryOptions: process.env.X === '1' } } }",
      },
    },
  ],
  'docs-in-production': [
    {
      cites: 'FACTS §8: none',
      generations: ['1.0', '1.2'],
      cells: { 'not-applicable': '{}' },
    },
    {
      cites: 'FACTS §3.16, §8: off by default',
      generations: ['1.3', '1.4', '1.5'],
      cells: {
        pass: '{}',
        violation: '{ swagger: { enableAfterBuild: true } }',
        undecided: "{ swagger: { enableAfterBuild: process.env.DOCS === '1' } }",
      },
    },
    {
      cites: 'FACTS §3.16, §9.17: on by default',
      generations: from16,
      cells: {
        pass: '{ swagger: { enableAfterBuild: false } }',
        violation: '{}',
        undecided: "{ swagger: { enableAfterBuild: process.env.DOCS === '1' } }",
      },
    },
  ],
  'token-in-body': [
    {
      cites: 'FACTS §3.8: both by default',
      generations: GENERATIONS,
      cells: {
        pass: auth("login: { sendAccessTokenThrough: 'cookie-only' }"),
        violation: auth(''),
        undecided: auth('login: { sendAccessTokenThrough: process.env.THROUGH }'),
        'not-applicable': '{}',
      },
    },
  ],
};

describe.each(Object.entries(table))('%s', (id, rows) => {
  const rule = rules.find((one) => one.id === id)!;
  const cases = rows.flatMap(({ cites, generations, cells }) =>
    generations.flatMap((generation) =>
      Object.entries(cells).map(
        ([verdict, cell]) => [generation, verdict, cites, cell as Exclude<Cell, null>] as const,
      ),
    ),
  );

  test.each(cases)('%s: %s (%s)', async (generation, verdict, _cites, cell) => {
    const release = RELEASES[generation];
    const app = typeof cell === 'string' ? configuredApp(release, cell) : cell(release);
    const judgements = await judgeConfig(rule, app);
    expect({ worst: worstVerdict(judgements.map((one) => one.verdict)), judgements }).toMatchObject({
      worst: verdict,
    });
  });
});

test('no generation is left out of a rule', () => {
  const left = Object.entries(table).map(([id, rows]) => [
    id,
    GENERATIONS.filter((generation) => !rows.some(({ generations }) => generations.includes(generation))),
  ]);
  expect(Object.fromEntries(left.filter(([, missing]) => missing!.length > 0))).toEqual({
    // 1.0 sends sameSite "none" in production only, so nothing there can pass; the rule's own cases show it.
    'settings-parity': ['1.0'],
    // The rule does not apply without routers.strict: 1.0, 1.2, 2.0-next (see router-strict).
    'router-strict-parity': ['1.0', '1.2', '2.0-next'],
  });
});
