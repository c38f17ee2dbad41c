import { describe, expect, test } from '@jest/globals';
import { at, HIDDEN, outcomesOf, toJson } from '@bulwark/model';
import type { Value } from '@bulwark/model';
import { settingsOf } from '../../test/settings-of.ts';
import { eitherUnsetOr } from '../../test/value-of.ts';

/** A short word for a value: its JSON, or its kind. */
function word(value: Value): unknown {
  if (value.kind === 'absent') return 'absent';
  if (value.kind === 'unknown')
    return value.outcomes ? outcomesOf(value).map(({ value: inner }) => word(inner)) : 'unknown';
  const data = value.value;
  if (typeof data === 'object' && data !== null && data.type !== 'object' && data.type !== 'array')
    return data.type;
  return toJson(value) ?? 'partly unknown';
}

const X = 'https://x.example';

describe('CORS on lines that are open by default (FACTS §3.1, the table of 1.7)', () => {
  const rows: readonly [
    string,
    unknown,
    [dev: unknown, devCredentials: unknown],
    [prod: unknown, prodCredentials: unknown],
  ][] = [
    ['nothing', {}, [true, true], ['*', false]],
    ['cors: {}', { middlewares: { cors: {} } }, [true, true], ['*', false]],
    [
      'allowedOrigins: undefined',
      { middlewares: { cors: { allowedOrigins: undefined } } },
      [true, true],
      ['*', false],
    ],
    ['allowedOrigins: "*"', { middlewares: { cors: { allowedOrigins: '*' } } }, ['*', true], ['*', false]],
    [
      'allowedOrigins: "*" with credentials',
      { middlewares: { cors: { allowedOrigins: '*', options: { credentials: true } } } },
      ['*', true],
      ['*', true],
    ],
    [
      'allowedOrigins: true with credentials',
      { middlewares: { cors: { allowedOrigins: true, options: { credentials: true } } } },
      [true, true],
      [true, true],
    ],
    ['allowedOrigins: [x]', { middlewares: { cors: { allowedOrigins: [X] } } }, [[X], true], [[X], false]],
    ['origin: [x]', { middlewares: { cors: { origin: [X] } } }, [[X], true], [[X], false]],
    ['origin: undefined', { middlewares: { cors: { origin: undefined } } }, [false, true], [false, false]],
    [
      'options.origin wins over allowedOrigins',
      { middlewares: { cors: { allowedOrigins: X, options: { origin: true } } } },
      [true, true],
      [true, false],
    ],
    [
      'options without allowedOrigins is ignored',
      { middlewares: { cors: { options: { origin: X } } } },
      [true, true],
      ['*', false],
    ],
    ['top-level cors is ignored', { cors: { allowedOrigins: [X] } }, [true, true], ['*', false]],
    ['cors: false', { middlewares: { cors: false } }, [false, false], [false, false]],
    [
      'a handler',
      { middlewares: { cors: (_a: unknown, _b: unknown, _c: unknown) => undefined } },
      ['function', 'unknown'],
      ['function', 'unknown'],
    ],
  ];
  test.each(rows)('%s', (_name, config, dev, prod) => {
    for (const version of ['1.5.12', '1.5.17', '1.6.3', '1.7.0', '2.0.0-next.16']) {
      const inDev = settingsOf(version, config, 'dev').cors;
      const inProd = settingsOf(version, config, 'start').cors;
      expect([word(inDev.value), word(inDev.credentials)]).toEqual(dev);
      expect([word(inProd.value), word(inProd.credentials)]).toEqual(prod);
      expect(inProd.key).toBe('middlewares.cors.origin');
    }
  });

  test('says why what was written does not mean what it says', () => {
    const trap = (cors: unknown): unknown => settingsOf('1.7.0', { middlewares: { cors } }).cors.trap;
    expect(trap({ options: { origin: X } })).toBe('options-ignored');
    expect(trap({ allowedOrigins: X, options: { origin: X } })).toBe('options-win');
    expect(trap({ origin: ['*'] })).toBe('star-in-list');
    expect(trap({ origin: [X] })).toBeNull();
  });

  test('an unset variable opens it, and that is one of two outcomes', () => {
    const { cors } = settingsOf('1.7.0', {
      middlewares: { cors: { allowedOrigins: eitherUnsetOr(X, 'ORIGIN') } },
    });
    expect(word(cors.value)).toEqual(['*', X]);
  });
});

describe('CORS on lines that block by default (FACTS §3.1)', () => {
  test.each<[string, string, unknown, unknown, unknown]>([
    ['1.3.10', 'nothing', {}, false, true],
    ['1.3.10', '"*" reflects with credentials', { cors: { allowedOrigins: '*' } }, true, true],
    ['1.3.10', 'a list', { cors: { allowedOrigins: [X] } }, [X], true],
    ['1.3.10', 'an unset variable', { cors: { allowedOrigins: undefined } }, false, true],
    ['1.3.10', 'disabled', { middlewares: { disable: ['cors'] } }, false, true],
    ['1.3.10', 'replaced', { middlewares: { replace: { cors: () => undefined } } }, 'function', true],
    ['1.3.10', 'the key of 1.4', { middlewares: { cors: { allowedOrigins: '*' } } }, false, true],
    ['1.4.15', 'nothing', {}, false, true],
    ['1.5.11', '"*" reflects', { middlewares: { cors: { allowedOrigins: '*' } } }, true, true],
    [
      '1.6.2',
      'options.origin wins',
      { middlewares: { cors: { allowedOrigins: X, options: { origin: '*' } } } },
      '*',
      true,
    ],
    ['1.6.2', 'the newer shape is ignored', { middlewares: { cors: { origin: '*' } } }, false, true],
    ['1.6.0', 'off', { middlewares: { cors: false } }, false, false],
  ])('%s %s', (version, _name, config, origin, credentials) => {
    const { cors } = settingsOf(version, config);
    expect([word(cors.value), word(cors.credentials)]).toEqual([origin, credentials]);
  });
});

describe('rate limits (FACTS §3.2, §3.3)', () => {
  test.each<[string, unknown, unknown]>([
    ['1.0.18', {}, { limit: 1000, windowMs: 60_000 }],
    ['1.2.9', {}, { limit: 500, windowMs: 60_000 }],
    ['1.3.10', { globalRequestRateLimitOptions: { limit: 100 } }, { limit: 100, windowMs: 60_000 }],
    ['1.3.10', { middlewares: { disable: ['global-rate-limit'] } }, false],
    ['1.3.10', { middlewares: { replace: { globalRateLimit: () => undefined } } }, 'function'],
    ['1.4.15', {}, { limit: 300, windowMs: 60_000 }],
    ['1.7.0', { middlewares: { rateLimit: { max: 50 } } }, { max: 50, limit: 300, windowMs: 60_000 }],
    ['1.7.0', { middlewares: { rateLimit: { limit: 50 } } }, { limit: 50, windowMs: 60_000 }],
    ['1.7.0', { middlewares: { rateLimit: false } }, false],
    ['1.7.0', { middlewares: { rateLimit: () => undefined } }, 'function'],
    ['1.7.0', { middlewares: { rateLimit: undefined } }, { limit: 300, windowMs: 60_000 }],
    ['1.7.0', { globalRequestRateLimitOptions: { limit: 50 } }, { limit: 300, windowMs: 60_000 }],
  ])('global under %s', (version, config, expected) => {
    expect(word(settingsOf(version, config).globalRateLimit.value)).toEqual(expected);
  });

  test.each<[string, unknown, unknown]>([
    ['1.3.10', { authentication: { requestRateLimitOptions: { limit: 5 } } }, { limit: 5, windowMs: 5000 }],
    [
      '1.7.0',
      { authentication: { rateLimit: { limit: 5, windowMs: 900_000 } } },
      { limit: 5, windowMs: 900_000 },
    ],
    ['1.7.0', { authentication: { requestRateLimitOptions: { limit: 5 } } }, { limit: 10, windowMs: 5000 }],
  ])('of login under %s', (version, config, expected) => {
    expect(word(settingsOf(version, config).authRateLimit!.value)).toEqual(expected);
  });

  test('2.0-next has no key for login', () => {
    expect(settingsOf('2.0.0-next.16', {}).authRateLimit).toBeNull();
  });

  test('max is pointed at only where it is ignored', () => {
    const ignored = (rateLimit: unknown): boolean =>
      settingsOf('1.6.7', { middlewares: { rateLimit } }).globalRateLimit.ignoredMax !== null;
    expect(ignored({ max: 50 })).toBe(true);
    expect(ignored({ max: 50, limit: 50 })).toBe(false);
  });
});

describe('cookie flags (FACTS §3.6 to §3.8)', () => {
  const cookie = (version: string, flags: unknown, env: Record<string, string> = {}): unknown => {
    const { jwt } = settingsOf(version, { authentication: { jwt: { cookie: flags } } }, 'start', env);
    return [word(jwt.httpOnly.value), word(jwt.secure.value), word(jwt.sameSite.value)];
  };
  const BY_REQUEST = [true, false];
  test.each<[string, string, unknown, Record<string, string>, unknown]>([
    ['1.0.18', 'omitted', {}, {}, [true, BY_REQUEST, 'lax']],
    [
      '1.0.18',
      'httpOnly cannot be turned off, false secure is not honoured',
      { httpOnly: false, secure: false },
      {},
      [true, BY_REQUEST, 'lax'],
    ],
    [
      '1.0.18',
      'whatever sameSite is set, it is none',
      { sameSite: 'strict' },
      {},
      [true, BY_REQUEST, 'none'],
    ],
    ['1.3.10', 'omitted', {}, {}, [true, BY_REQUEST, 'lax']],
    ['1.3.10', 'secure by sameSite none', { sameSite: 'none' }, {}, [true, true, 'none']],
    [
      '1.4.15',
      'undefined falls back',
      { httpOnly: undefined, secure: undefined, sameSite: undefined },
      {},
      [true, BY_REQUEST, 'lax'],
    ],
    [
      '1.5.11',
      'by variables',
      {},
      { JWT_COOKIE_SECURE: 'true', JWT_COOKIE_HTTP_ONLY: '1', JWT_COOKIE_SAME_SITE: 'strict' },
      [false, true, 'strict'],
    ],
    [
      '1.5.12',
      'undefined erases',
      { httpOnly: undefined, secure: undefined, sameSite: undefined },
      { JWT_COOKIE_SECURE: 'true' },
      ['undefined', 'undefined', 'undefined'],
    ],
    ['1.6.2', 'undefined falls back', { sameSite: undefined }, {}, [true, BY_REQUEST, 'lax']],
    ['1.6.3', 'undefined erases', { sameSite: undefined }, {}, [true, BY_REQUEST, 'undefined']],
    [
      '1.7.0',
      'written',
      { httpOnly: true, secure: true, sameSite: 'strict' },
      { JWT_COOKIE_SECURE: 'false' },
      [true, true, 'strict'],
    ],
    [
      '1.7.0',
      'any other text of the variable is false',
      {},
      { JWT_COOKIE_SECURE: '1' },
      [true, false, 'lax'],
    ],
  ])('%s %s', (version, _name, flags, env, expected) => {
    expect(cookie(version, flags, env)).toEqual(expected);
  });

  test('1.0 says none in production', () => {
    const { jwt } = settingsOf('1.0.18', {}, 'start', { NODE_ENV: 'production' });
    expect(word(jwt.sameSite.value)).toBe('none');
  });
});

describe('the token (FACTS §3.4, §3.5)', () => {
  test('a literal secret never shows', () => {
    const text = ['lit', 'eral'].join('');
    const { jwt } = settingsOf('1.7.0', { authentication: { jwt: { secret: text } } });
    expect(JSON.stringify(jwt)).not.toContain(text);
    expect(jwt.secret.value).toMatchObject({ kind: 'known', value: HIDDEN, from: { kind: 'place' } });
  });

  test('an empty variable counts as unset', () => {
    const { secret } = settingsOf('1.7.0', {}, 'start', { JWT_SECRET: '' }).jwt;
    expect(secret.value).toMatchObject({ kind: 'unknown', variables: ['JWT_SECRET'] });
  });

  test('the lifetime is what is written, else the variable, else 30d', () => {
    const life = (config: unknown, env = {}): unknown =>
      word(settingsOf('1.7.0', config, 'start', env).jwt.expiresIn.value);
    expect(life({})).toBe('30d');
    expect(life({}, { JWT_EXPIRES_IN: '2h' })).toBe('2h');
    expect(life({ authentication: { jwt: { expiresIn: 3600 } } }, { JWT_EXPIRES_IN: '2h' })).toBe(3600);
  });
});

describe('unknown fields (FACTS §3.10)', () => {
  const options = (resolver: string, validationOptions: unknown): unknown => ({
    validation: { resolver, validationOptions },
  });
  test.each<[string, unknown, string]>([
    ['1.2.9', options('zod', {}), 'stripped'],
    ['1.2.9', options('class-validator', {}), 'stripped'],
    ['1.3.10', options('class-validator', undefined), 'stripped'],
    ['1.3.10', options('class-validator', { forbidNonWhitelisted: true }), 'rejected'],
    ['1.4.15', options('zod', {}), 'stripped'],
    ['1.4.15', options('class-validator', {}), 'passed'],
    ['1.5.0', options('zod', {}), 'stripped'],
    ['1.5.1', options('zod', {}), 'rejected'],
    ['1.7.0', options('zod', { forbidNonWhitelisted: false }), 'stripped'],
    ['1.7.0', options('class-validator', undefined), 'passed'],
    ['1.7.0', options('class-validator', { forbidNonWhitelisted: true }), 'passed'],
    ['1.7.0', options('class-validator', { whitelist: true }), 'stripped'],
    ['1.7.0', options('class-validator', { whitelist: true, forbidNonWhitelisted: true }), 'rejected'],
    ['1.7.0', {}, 'unvalidated'],
  ])('%s %j', (version, config, expected) => {
    expect(word(settingsOf(version, config).validation.unknownFields.value)).toBe(expected);
  });
});

describe('routers, docs and uploads', () => {
  test.each<[string, unknown, unknown]>([
    ['1.3.10', {}, false],
    ['1.7.0', { routers: { strict: 'no-bulk' } }, 'no-bulk'],
    ['1.7.0', { routers: { strict: undefined } }, 'undefined'],
    ['2.0.0-next.16', {}, 'no-bulk'],
  ])('routers.strict under %s of %j (FACTS §3.11)', (version, config, expected) => {
    expect(word(settingsOf(version, config).routers.strict!.value)).toEqual(expected);
  });

  test('routers.strict came with 1.3 and is not read in 2.0-next', () => {
    expect(settingsOf('1.2.9', {}).routers.strict).toBeNull();
    expect(settingsOf('2.0.0-next.16', {}).routers.strictIsRead).toBe(false);
  });

  test.each<[string, unknown, unknown]>([
    ['1.5.17', false, 'none'],
    ['1.6.0', true, true],
    ['1.7.0', true, true],
  ])('docs after the build under %s (FACTS §3.16)', (version, enabled, authenticate) => {
    const { swagger } = settingsOf(version, {});
    expect([
      word(swagger.enableAfterBuild!.value),
      swagger.authenticate ? word(swagger.authenticate.value) : 'none',
    ]).toEqual([enabled, authenticate]);
  });

  test.each<[string, unknown, boolean]>([
    ['1.5.11', { fileUpload: { enabled: true } }, true],
    ['1.5.12', { fileUpload: { enabled: true } }, false],
    ['1.7.0', { fileUpload: { enabled: false } }, true],
    ['1.7.0', {}, true],
  ])('uploads under %s of %j (FACTS §3.16)', (version, config, expected) => {
    expect(word(settingsOf(version, config).fileUpload.enabled.value)).toBe(expected);
  });

  test('the place to point at is the nearest that was written', () => {
    const { cors } = settingsOf('1.7.0', { routers: {}, middlewares: { cors: {} } });
    expect(cors.place.line).toBe(4);
    expect(at(cors.written, 'origin').kind).toBe('absent');
  });
});
