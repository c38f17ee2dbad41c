import { describe, expect, test } from '@jest/globals';
import { configuredApp, factsOf, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import { fromJson, known, startOf } from '@bulwark/model';
import type { ModeFacts, Route, Value } from '@bulwark/model';
import rule from './auth-rate-limit.ts';

const OLD = ['1.0.18', '1.2.9', '1.3.10'];
const NEW = ['1.4.15', '1.5.17', '1.6.7', '1.7.0'];
const keyOf = (version: string): string => (version < '1.4' ? 'requestRateLimitOptions' : 'rateLimit');
const auth = (version: string, rest: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', ${rest} } }`, more);
const limit = (version: string, value: string, more: Partial<AppCase> = {}): AppCase =>
  auth(version, `${keyOf(version)}: ${value}`, more);
const TUNED = '{ windowMs: 15 * 60_000, limit: 5 }';

testRule(rule, {
  passes: [
    ...[...OLD, ...NEW].map((version) => ({
      ...limit(version, TUNED),
      name: `${version} tuned down (FACTS §3.3)`,
    })),
    { ...limit('1.7.0', '{ limit: 3 }'), name: 'the window of the default stays (FACTS §3.3)' },
    { ...limit('1.7.0', TUNED, { options: { perMinute: 1 } }), name: 'as many as the settings allow' },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'no authentication.mode, no login (FACTS §4.1)' },
    {
      ...configuredApp('1.7.0', "{ authentication: { mode: 'static', enabled: false } }"),
      name: 'authentication is off, no login (FACTS §3.16)',
    },
  ],
  fails: [
    ...[...OLD, ...NEW].map((version) => ({
      ...auth(version, ''),
      messages: ['loose'],
      says: /10 requests in 5 s \(the default/,
      name: `${version} by default (FACTS §3.3)`,
    })),
    ...NEW.map((version) => ({
      ...auth(version, `requestRateLimitOptions: ${TUNED}`),
      messages: ['loose'],
      says: /requestRateLimitOptions is written, but not read.*write authentication\.rateLimit/,
      name: `${version} the documented key (FACTS §3.3, §9.1)`,
    })),
    ...NEW.map((version) => ({
      ...limit(version, '{ windowMs: 15 * 60_000, max: 5 }'),
      messages: ['max-ignored'],
      name: `${version} max (FACTS §3.3, §9.7)`,
    })),
    {
      ...auth('1.3.10', "} , middlewares: { disable: ['auth-rate-limit']"),
      messages: ['loose'],
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
    {
      ...auth('2.0.0-next.16', `rateLimit: ${TUNED}`),
      because: /reads no key/,
      name: '2.0-next where routes were not read (FACTS §3.3, §9.20)',
    },
  ],
});

describe('auth-rate-limit, by the login route itself (FACTS §3.3)', () => {
  const none: Value = { kind: 'absent', from: { kind: 'default', of: 'a test' } };
  const options = (limit: number, windowMs: number): Value =>
    fromJson({ max: limit, windowMs }, { kind: 'place', place: startOf('src/modules/auth/auth.router.ts') });

  /** The facts of production, with a login route that has this limit. */
  async function withLogin(app: AppCase, limit: Value, isMounted: boolean): Promise<ModeFacts> {
    const facts = (await factsOf(app)).find(({ mode }) => mode.command === 'start')!;
    const login: Route = {
      method: 'POST',
      path: '/api/auth/login',
      kind: 'generated',
      module: 'auth',
      endpoint: 'login',
      bulk: false,
      mounted: known(isMounted, { kind: 'default', of: 'a test' }),
      access: 'public',
      because: 'login is public',
      outcomes: [],
      rateLimit: {
        value: limit,
        builtIn: facts.settings.authRateLimit ? null : { limit: 10, windowMs: 5_000 },
        place: startOf('src/modules/auth/auth.router.ts'),
      },
    };
    const logout: Route = {
      ...login,
      method: 'DELETE',
      endpoint: 'logout',
      mounted: known(true, login.mounted.from),
    };
    const empty = { models: [], opaque: [], userWriters: [], deadKeys: [], bootProblems: [], problems: [] };
    return { ...facts, routes: { ...empty, routes: [login, logout] } };
  }
  const judge = (facts: ModeFacts) => rule.check(rule.select(facts, {}), { perMinute: null });

  test.each<[string, AppCase, Value, boolean, string, string | null]>([
    ['1.7 limited on the route, where max works', auth('1.7.0', ''), options(5, 900_000), true, 'pass', null],
    ['1.7 loose on both', auth('1.7.0', ''), options(500, 60_000), true, 'violation', 'loose'],
    ['1.7 nothing on the route', auth('1.7.0', ''), none, true, 'violation', 'loose'],
    ['1.7 tight by key, nothing on the route', limit('1.7.0', TUNED), none, true, 'pass', null],
    ['1.7 login not mounted', auth('1.7.0', ''), none, false, 'not-applicable', null],
    ['2.0-next limited on the route', auth('2.0.0-next.16', ''), options(5, 900_000), true, 'pass', null],
    [
      '2.0-next nothing on the route',
      auth('2.0.0-next.16', `rateLimit: ${TUNED}`),
      none,
      true,
      'violation',
      'route-only',
    ],
  ])('%s', async (_name, app, value, isMounted, verdict, message) => {
    const judgement = judge(await withLogin(app, value, isMounted));
    expect(judgement).toMatchObject({ verdict, ...(message && { message }) });
  });
});
