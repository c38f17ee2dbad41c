/** FACTS §9, the traps about the configuration: where documentation, guide and code part ways. */
import { describe, expect, test } from '@jest/globals';
import { worstVerdict } from '@bulwark/model';
import type { Rule, Verdict } from '@bulwark/model';
import { configuredApp, judgeConfig, randomText } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import jwtCookieHttpOnly from './authentication/jwt-cookie-http-only.ts';
import jwtCookieSameSite from './authentication/jwt-cookie-same-site.ts';
import jwtCookieSecure from './authentication/jwt-cookie-secure.ts';
import jwtExpiry from './authentication/jwt-expiry.ts';
import jwtSecret from './authentication/jwt-secret.ts';
import tokenInBody from './authentication/token-in-body.ts';
import configLoads from './config/config-loads.ts';
import deadSetting from './config/dead-setting.ts';
import docsInProduction from './config/docs-in-production.ts';
import settingsParity from './config/settings-parity.ts';
import corsOrigin from './cors/cors-origin.ts';
import authRateLimit from './limits/auth-rate-limit.ts';
import globalRateLimit from './limits/global-rate-limit.ts';
import forbidNonWhitelisted from './validation/forbid-non-whitelisted.ts';
import strictRouteValidation from './validation/strict-route-validation.ts';

type Row = readonly [name: string, rule: Rule, app: AppCase, verdict: Verdict, says: RegExp | null];

const app = configuredApp;
const auth = (version: string, rest: string, more: Partial<AppCase> = {}): AppCase =>
  app(version, `{ authentication: { mode: 'static', ${rest} } }`, more);
const cookie = (version: string, flags: string, more: Partial<AppCase> = {}): AppCase =>
  auth(version, `jwt: { cookie: { ${flags} } }`, more);
const cors = (version: string, value: string): AppCase => app(version, `{ middlewares: { cors: ${value} } }`);
const defined = (text: string): string => `import { defineConfig } from 'arkos/config';\n${text}\n`;

const DOCUMENTED = 'requestRateLimitOptions: { windowMs: 15 * 60_000, limit: 5 }';
const ORIGINS = "['https://app.example.com']";
const GUARD = "if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing');";

const rows: readonly Row[] = [
  [
    '1: the guide names a key nobody reads',
    authRateLimit,
    auth('1.6.7', DOCUMENTED),
    'violation',
    /authentication\.rateLimit/,
  ],
  [
    '1: the documented key is dead',
    deadSetting,
    auth('1.6.7', DOCUMENTED),
    'violation',
    /documentation still names it/,
  ],
  ['1: the same key counts in 1.3', authRateLimit, auth('1.3.10', DOCUMENTED), 'pass', null],
  [
    '2: class-validator does not reject by default',
    forbidNonWhitelisted,
    app('1.7.0', "{ validation: { resolver: 'class-validator' } }"),
    'violation',
    /whitelist is not set/,
  ],
  [
    '2: forbidNonWhitelisted alone does nothing',
    forbidNonWhitelisted,
    app(
      '1.7.0',
      "{ validation: { resolver: 'class-validator', validationOptions: { forbidNonWhitelisted: true } } }",
    ),
    'violation',
    /whitelist is not set/,
  ],
  [
    '2: zod does reject by default',
    forbidNonWhitelisted,
    app('1.7.0', "{ validation: { resolver: 'zod' } }"),
    'pass',
    null,
  ],
  ['3: closed by default up to 1.5.11', corsOrigin, app('1.5.11', '{}'), 'pass', null],
  ['3: open by default from 1.5.12', corsOrigin, app('1.5.12', '{}'), 'violation', /any origin/],
  ['3: closed by default up to 1.6.2', corsOrigin, app('1.6.2', '{}'), 'pass', null],
  ['3: open by default from 1.6.3', corsOrigin, app('1.6.3', '{}'), 'violation', /any origin/],
  [
    '4: options.origin is ignored without allowedOrigins',
    corsOrigin,
    cors('1.7.0', `{ options: { origin: ${ORIGINS} } }`),
    'violation',
    /ignored/,
  ],
  [
    '4: options.origin wins beside allowedOrigins',
    corsOrigin,
    cors('1.7.0', `{ allowedOrigins: ${ORIGINS}, options: { origin: true } }`),
    'violation',
    /wins/,
  ],
  [
    '5: secure depends on the request, not on production',
    jwtCookieSecure,
    auth('1.7.0', ''),
    'violation',
    /asks each request/,
  ],
  ['5: sameSite is lax in production', jwtCookieSameSite, auth('1.7.0', ''), 'pass', null],
  [
    '6: httpOnly: undefined is not httpOnly left out',
    jwtCookieHttpOnly,
    cookie('1.7.0', 'httpOnly: undefined'),
    'violation',
    /undefined/,
  ],
  [
    '6: secure: undefined beats the variable',
    jwtCookieSecure,
    cookie('1.7.0', 'secure: undefined', { env: { JWT_COOKIE_SECURE: 'true' } }),
    'violation',
    /undefined/,
  ],
  [
    '6: sameSite: undefined sends none of them',
    jwtCookieSameSite,
    cookie('1.7.0', 'sameSite: undefined'),
    'violation',
    /undefined/,
  ],
  [
    '6: it was the same as left out before the spread',
    jwtCookieHttpOnly,
    cookie('1.6.2', 'httpOnly: undefined'),
    'pass',
    null,
  ],
  [
    '6: cors.origin: undefined switches CORS off',
    corsOrigin,
    cors('1.7.0', '{ origin: undefined }'),
    'pass',
    null,
  ],
  [
    '7: max does nothing globally',
    globalRateLimit,
    app('1.7.0', '{ middlewares: { rateLimit: { max: 50 } } }'),
    'violation',
    /max is 50 and does nothing/,
  ],
  [
    '7: limit does',
    globalRateLimit,
    app('1.7.0', '{ middlewares: { rateLimit: { limit: 50 } } }'),
    'pass',
    null,
  ],
  [
    '7: max does nothing for login',
    authRateLimit,
    auth('1.7.0', 'rateLimit: { max: 3 }'),
    'violation',
    /max is 3 and does nothing/,
  ],
  [
    '8: a guard that throws drops every setting',
    configLoads,
    { version: '1.7.0', config: defined(`${GUARD}\nexport default defineConfig({});`) },
    'violation',
    /runs on its defaults/,
  ],
  [
    '8: a throw in 2.0-next stops the app',
    configLoads,
    { version: '2.0.0-next.16', config: defined(`${GUARD}\nexport default defineConfig({});`) },
    'pass',
    null,
  ],
  [
    '8: the wrong extension',
    configLoads,
    { version: '1.7.0', files: { 'arkos.config.cjs': 'module.exports = {};\n' } },
    'violation',
    /arkos\.config\.ts/,
  ],
  [
    '8: a named export',
    configLoads,
    { version: '1.7.0', config: defined('export const config = defineConfig({});') },
    'violation',
    /default export/,
  ],
  [
    '8: missing in .build',
    configLoads,
    {
      version: '1.7.0',
      config: defined('export default defineConfig({});'),
      files: { 'tsconfig.json': '{ "include": ["src"] }' },
    },
    'violation',
    /tsconfig\.json/,
  ],
  [
    '8: and then nothing that was written counts',
    corsOrigin,
    {
      version: '1.7.0',
      config: defined(
        `throw new Error();\nexport default defineConfig({ middlewares: { cors: { origin: ${ORIGINS} } } });`,
      ),
    },
    'violation',
    /any origin/,
  ],
  [
    '9: a tracked .env beats the real environment',
    jwtExpiry,
    auth('1.7.0', '', { files: { '.env': 'JWT_EXPIRES_IN=60d\n' }, env: { JWT_EXPIRES_IN: '1h' } }),
    'violation',
    /"60d"/,
  ],
  [
    '10: NODE_ENV in .env flips ternaries under start',
    corsOrigin,
    {
      ...cors('1.7.0', `{ origin: process.env.NODE_ENV === 'production' ? ${ORIGINS} : '*' }`),
      files: { '.env': 'NODE_ENV=development\n' },
    },
    'violation',
    /"\*"/,
  ],
  [
    '11: the start check takes any literal',
    jwtSecret,
    auth('1.7.0', "jwt: { secret: 'x' }"),
    'violation',
    /written into the source/,
  ],
  [
    '12: a number is seconds',
    jwtExpiry,
    auth('1.7.0', 'jwt: { expiresIn: 15 * 60 * 1000 }'),
    'violation',
    /15 minutes was meant, write 900/,
  ],
  [
    '13: strict validation wants validators or undefined, never false',
    strictRouteValidation,
    app('1.7.0', '{}'),
    'violation',
    /validators or undefined/,
  ],
  [
    '17: the guard of the documentation can be walked around',
    docsInProduction,
    app('1.7.0', '{ swagger: { authenticate: true } }'),
    'violation',
    /walked around/,
  ],
  [
    '18: authentication switched off in production only',
    settingsParity,
    auth('1.7.0', "enabled: process.env.NODE_ENV !== 'production'"),
    'violation',
    /authentication\.enabled is weaker/,
  ],
  [
    '19: helmet is no key',
    deadSetting,
    app('1.7.0', '{ middlewares: { helmet: {} } }'),
    'violation',
    /no release has it/,
  ],
  [
    '20: 2.0-next reads no login limit',
    authRateLimit,
    auth('2.0.0-next.16', 'rateLimit: { limit: 5 }'),
    'violation',
    /ArkosRouteHook\("auth"\)\.login/,
  ],
  [
    '20: 2.0-next reads no strictness',
    deadSetting,
    app('2.0.0-next.16', '{ routers: { strict: true } }'),
    'violation',
    /never reads it/,
  ],
  [
    '22: the secret in a tracked .env',
    jwtSecret,
    auth('1.7.0', '', { files: { '.env': `JWT_SECRET=${randomText(20)}\n` } }),
    'violation',
    /\.env sets/,
  ],
  [
    '23: without a resolver nothing is validated',
    forbidNonWhitelisted,
    app('1.7.0', '{ validation: { validationOptions: { forbidNonWhitelisted: true } } }'),
    'violation',
    /validates nothing/,
  ],
  [
    'httpOnly is of no use while the body holds the token (§3.8)',
    tokenInBody,
    cookie('1.7.0', 'httpOnly: true'),
    'violation',
    /JSON body/,
  ],
];

describe('traps about the configuration', () => {
  test.each(rows)('%s', async (_name, rule, appCase, verdict, says) => {
    const judgements = await judgeConfig(rule, appCase);
    expect(worstVerdict(judgements.map((one) => one.verdict))).toBe(verdict);
    const texts = judgements.flatMap((one) =>
      one.verdict === 'violation' ? [rule.messages[one.message]!(one.props)] : [],
    );
    if (says) expect(texts.join('\n')).toMatch(says);
  });
});
