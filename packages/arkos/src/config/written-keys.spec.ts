import { describe, expect, test } from '@jest/globals';
import type { WrittenKey } from '@bulwark/model';
import { eitherUnsetOr, valueOf } from '../../test/value-of.ts';
import { behaviourOf } from '../generations/index.ts';
import { writtenKeys } from './written-keys.ts';

function keysOf(version: string, config: unknown): readonly WrittenKey[] {
  return writtenKeys(valueOf(config), behaviourOf(version));
}

/** `path status instead` of every key that does not count. */
function deadOf(version: string, config: unknown): readonly string[] {
  return keysOf(version, config)
    .filter(({ status }) => status !== 'read')
    .map(({ path, status, instead }) => `${path} ${status} ${instead ?? '-'}`);
}

describe('keys that moved (FACTS §8)', () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      '1.7.0',
      { globalRequestRateLimitOptions: { limit: 5 } },
      ['globalRequestRateLimitOptions renamed middlewares.rateLimit'],
    ],
    ['1.7.0', { cors: { allowedOrigins: [] } }, ['cors renamed middlewares.cors']],
    [
      '1.7.0',
      { authentication: { requestRateLimitOptions: {} } },
      ['authentication.requestRateLimitOptions renamed authentication.rateLimit'],
    ],
    [
      '1.4.15',
      { fileUpload: { expressStaticOptions: {} } },
      ['fileUpload.expressStaticOptions renamed fileUpload.expressStatic'],
    ],
    [
      '1.4.15',
      { routers: { replace: { welcomeEndpoint: 1, authRouter: 1 } } },
      ['routers.replace.welcomeEndpoint renamed routers.welcomeRoute', 'routers.replace.authRouter unread -'],
    ],
    ['1.4.15', { use: [] }, ['use renamed arkos.init({ use: [...] })']],
    ['1.6.7', { use: [] }, ['use renamed app.use(...)']],
    ['1.6.7', { middlewares: { errorHandler: () => 0 } }, ['middlewares.errorHandler unread -']],
    ['1.5.17', { middlewares: { errorHandler: () => 0 } }, []],
    [
      '1.3.10',
      { middlewares: { rateLimit: {} } },
      ['middlewares.rateLimit renamed globalRequestRateLimitOptions'],
    ],
    ['1.2.9', { routers: { strict: true } }, ['routers.strict unread -']],
    ['1.3.10', { routers: { strict: true } }, []],
    [
      '1.6.2',
      { middlewares: { cors: { origin: '*' } } },
      ['middlewares.cors.origin renamed middlewares.cors.allowedOrigins'],
    ],
    ['1.6.3', { middlewares: { cors: { origin: '*' } } }, []],
    ['1.7.0', { middlewares: { helmet: {} } }, ['middlewares.helmet unread -']],
    [
      '2.0.0-next.16',
      { routers: { strict: true } },
      ['routers.strict renamed disabled: true in the ArkosRouteHook of each endpoint'],
    ],
    ['2.0.0-next.16', { prisma: { instance: 1 } }, []],
  ])('%s %j', (version, config, expected) => {
    expect(deadOf(version, config)).toEqual(expected);
  });
});

describe('keys nobody knows', () => {
  test.each<[unknown, readonly string[]]>([
    [{ routers: { stric: true } }, ['routers.stric unread routers.strict']],
    [
      { authentication: { jwt: { expireIn: '1h' } } },
      ['authentication.jwt.expireIn unread authentication.jwt.expiresIn'],
    ],
    [{ authentification: { mode: 'static' } }, ['authentification unread authentication']],
    [{ router: { strict: true } }, ['router unread routers']],
    [{ somethingElse: 1 }, ['somethingElse unread -']],
    [{ middlewares: { cors: { origins: [] } } }, ['middlewares.cors.origins unread middlewares.cors.origin']],
    [
      { middlewares: { rateLimit: { widowMs: 1 } } },
      ['middlewares.rateLimit.widowMs unread middlewares.rateLimit.windowMs'],
    ],
    [
      { authentication: { jwt: { cookie: { samesite: 'lax', prefix: 1 } } } },
      ['authentication.jwt.cookie.samesite unread authentication.jwt.cookie.sameSite'],
    ],
    [
      { swagger: { enableAfterbuild: true, theme: 1 } },
      ['swagger.enableAfterbuild unread swagger.enableAfterBuild'],
    ],
  ])('%j', (config, expected) => {
    expect(deadOf('1.7.0', config)).toEqual(expected);
  });
});

test('every key of a full configuration is read, each with its place', () => {
  const config = {
    globalPrefix: '/api',
    authentication: {
      mode: 'static',
      rateLimit: { limit: 5 },
      jwt: { expiresIn: '1h', cookie: { secure: true, partitioned: true } },
    },
    validation: { resolver: 'zod', strict: true, validationOptions: { forbidNonWhitelisted: true } },
    middlewares: {
      cors: { origin: ['https://x.example'], maxAge: 5 },
      rateLimit: { limit: 5 },
      compression: false,
    },
    routers: {},
    swagger: { mode: 'zod', options: { definition: {} } },
    staticFiles: { prefix: '/' },
  };
  const keys = keysOf('1.7.0', config);
  expect(keys.filter(({ status }) => status !== 'read')).toEqual([]);
  expect(keys.map(({ path }) => path)).toContain('middlewares.cors.origin');
  expect(new Set(keys.map(({ place }) => place.line)).size).toBe(keys.length);
});

test('keys of every outcome count once', () => {
  const section = eitherUnsetOr('x', 'A');
  expect(keysOf('1.7.0', { routers: section }).map(({ path }) => path)).toEqual([]);
});
