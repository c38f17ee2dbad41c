import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './auth-rate-limit.ts';

const OLD = ['1.0.18', '1.2.9', '1.3.10'];
const NEW = ['1.4.15', '1.5.17', '1.6.7', '1.7.0'];
const keyOf = (version: string): string => (version < '1.4' ? 'requestRateLimitOptions' : 'rateLimit');
const auth = (version: string, rest: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', ${rest} } }`, more);
const limit = (version: string, value: string, more: Partial<AppCase> = {}): AppCase =>
  auth(version, `${keyOf(version)}: ${value}`, more);
const TUNED = '{ windowMs: 15 * 60_000, limit: 5 }';

/** An app whose router file of the auth module says this of login. */
const onRoute = (version: string, login: string, rest = ''): AppCase => {
  const name = version < '1.6' ? 'config' : 'hook';
  return auth(version, rest, {
    files: {
      ...PRISMA,
      'src/modules/auth/auth.router.ts': `export const ${name} = { login: ${login} };\n`,
    },
  });
};
const PRISMA = {
  'prisma/schema.prisma': 'model User {\n  id String @id\n}\n',
  'src/utils/prisma/index.ts': 'export default {};\n',
};

/** The same for 2.0-next, where hooks are objects that the entry loads. */
const onHook = (login: string, rest = ''): AppCase =>
  configuredApp(
    '2.0.0-next.16',
    `{ authentication: { mode: 'static', ${rest} }, prisma: { instance: {} } }`,
    {
      files: {
        ...PRISMA,
        'src/app.ts': `import arkos, { ArkosRouteHook } from 'arkos';\nconst app = arkos();\napp.load(ArkosRouteHook('auth').login(${login}));\napp.listen();\n`,
      },
    },
  );

testRule(rule, {
  passes: [
    ...['1.4.15', '1.5.17', '1.6.7', '1.7.0'].map((version) => ({
      ...onRoute(version, '{ rateLimit: { windowMs: 15 * 60_000, max: 5 } }'),
      name: `${version} on the login route, where max works (FACTS §3.3)`,
    })),
    { ...onHook(`{ rateLimit: ${TUNED} }`), name: '2.0-next on the login route (FACTS §3.3)' },
    ...[...OLD, ...NEW].map((version) => ({
      ...limit(version, TUNED),
      name: `${version} tuned down (FACTS §3.3)`,
    })),
    { ...limit('1.7.0', '{ limit: 3 }'), name: 'the window of the default stays (FACTS §3.3)' },
    { ...limit('1.7.0', TUNED, { options: { perMinute: 1 } }), name: 'as many as the settings allow' },
  ],
  notApplicable: [
    { ...onRoute('1.7.0', '{ disabled: true }'), name: 'login is switched off (FACTS §4.4)' },
    { ...configuredApp('1.7.0', '{}'), name: 'no authentication.mode, no login (FACTS §4.1)' },
    {
      ...configuredApp('1.7.0', "{ authentication: { mode: 'static', enabled: false } }"),
      name: 'authentication is off, no login (FACTS §3.16)',
    },
  ],
  fails: [
    {
      ...onRoute('1.7.0', '{ rateLimit: { windowMs: 60_000, max: 500 } }'),
      messages: ['by-default'],
      name: 'loose on the route and by key (FACTS §3.3)',
    },
    {
      ...onRoute('1.3.10', `{ rateLimit: ${TUNED} }`),
      messages: ['by-default'],
      name: '1.3 reads no limit on the route (FACTS §4.4)',
    },
    ...['{}', '{ rateLimit: undefined }'].map((login) => ({
      ...onHook(login, `rateLimit: ${TUNED}`),
      messages: ['route-only'],
      says: /built-in 10 requests in 5 s.*authentication\.rateLimit is written, but not read/,
      name: `2.0-next reads no key: ${login} (FACTS §3.3, §9.20)`,
    })),
    {
      ...onHook('{ rateLimit: { windowMs: 1_000, limit: 10 } }'),
      messages: ['loose'],
      name: '2.0-next loose on the route (FACTS §3.3)',
    },
    ...[...OLD, ...NEW].map((version) => ({
      ...auth(version, ''),
      messages: ['by-default'],
      says: /10 requests in 5 s, the default/,
      name: `${version} by default (FACTS §3.3)`,
    })),
    ...NEW.map((version) => ({
      ...auth(version, `requestRateLimitOptions: ${TUNED}`),
      messages: ['by-default'],
      says: /requestRateLimitOptions is written, but not read.*write authentication\.rateLimit/,
      name: `${version} the documented key (FACTS §3.3, §9.1)`,
    })),
    ...NEW.map((version) => ({
      ...limit(version, '{ windowMs: 15 * 60_000, max: 5 }'),
      messages: ['max-ignored'],
      fixed: true,
      name: `${version} max (FACTS §3.3, §9.7)`,
    })),
    {
      ...auth('1.3.10', "} , middlewares: { disable: ['auth-rate-limit']"),
      messages: ['by-default'],
      name: '1.3 does not consult auth-rate-limit (FACTS §3.3)',
    },
    {
      ...limit('1.7.0', '{ windowMs: 60_000, limit: 120 }'),
      messages: ['loose'],
      name: 'the same rate in other words (FACTS §3.3)',
    },
    {
      ...limit('1.7.0', '{ limit: 5, skipFailedRequests: true }'),
      messages: ['skips-failed'],
      name: 'failed logins are not counted',
    },
    {
      ...limit('1.7.0', TUNED.replace('5 }', '100 }'), { options: { perMinute: 1 } }),
      messages: ['above-own'],
      name: 'more than the settings allow',
    },
  ],
  undecided: [
    {
      ...limit('1.7.0', '{ limit: Number(process.env.LOGINS) }'),
      because: /LOGINS/,
      name: 'an unpinned variable',
    },
    {
      ...limit('1.7.0', '{ limit: process.env.LAX ? 100 : 5 }'),
      because: /LAX/,
      name: 'loose in one outcome',
    },
  ],
});
