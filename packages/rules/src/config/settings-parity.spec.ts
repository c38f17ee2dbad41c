import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './settings-parity.ts';

const LIVE = "process.env.NODE_ENV === 'production'";
const auth = (rest: string): AppCase =>
  configuredApp('1.7.0', `{ authentication: { mode: 'static', ${rest} } }`);
const cookie = (flags: string): AppCase => auth(`jwt: { cookie: { ${flags} } }`);
const VERSIONS = [
  '1.2.9',
  '1.3.10',
  '1.4.15',
  '1.5.11',
  '1.5.17',
  '1.6.2',
  '1.6.7',
  '1.7.0',
  '2.0.0-next.16',
];

testRule(rule, {
  passes: [
    ...VERSIONS.map((version) => ({
      ...configuredApp(version, "{ authentication: { mode: 'static' } }"),
      name: `${version} by default (FACTS §3.1, §3.6, §3.16)`,
    })),
    {
      ...configuredApp(
        '1.7.0',
        `{ middlewares: { cors: { origin: ${LIVE} ? ['https://app.example.com'] : true } } }`,
      ),
      name: 'CORS stricter in production (FACTS §7.9)',
    },
    { ...cookie(`secure: ${LIVE}`), name: 'secure in production only (FACTS §7.10)' },
    { ...auth(`rateLimit: ${LIVE} ? { limit: 2 } : { limit: 1000 }`), name: 'a tighter limit in production' },
    { ...auth('rateLimit: { limit: 5 }, login: { sendAccessTokenThrough: "both" }'), name: 'weak alike' },
    {
      ...configuredApp(
        '1.7.0',
        '{ middlewares: { cors: { origin: (origin, callback) => callback(null, isOurs(origin)) } } }',
      ),
      name: 'the same function in both',
    },
    {
      ...configuredApp('1.7.0', `{ routers: { strict: ${LIVE} ? false : true } }`),
      name: 'routers.strict has a rule of its own',
    },
  ],
  fails: [
    {
      ...configuredApp('1.0.18', "{ authentication: { mode: 'static' } }"),
      messages: ['weaker'],
      says: /"none" in production, but "lax" in development/,
      name: '1.0 sends sameSite none in production only (FACTS §3.6)',
    },
    {
      ...configuredApp(
        '1.7.0',
        `{ middlewares: { cors: { origin: ${LIVE} ? '*' : ['http://localhost:3000'] } } }`,
      ),
      messages: ['weaker'],
      says: /middlewares\.cors\.origin.*"\*" in production, but \["http:\/\/localhost:3000"\] in development/,
      name: 'CORS (FACTS §3.1)',
    },
    {
      ...configuredApp('1.7.0', `{ middlewares: { rateLimit: { limit: ${LIVE} ? 200 : 100 } } }`),
      messages: ['weaker'],
      says: /200 requests in 1 min in production/,
      name: 'the global limit (FACTS §3.2)',
    },
    {
      ...auth(`rateLimit: ${LIVE} ? { limit: 50 } : { limit: 5 }`),
      messages: ['weaker'],
      name: 'the login limit (FACTS §3.3)',
    },
    {
      ...auth(`jwt: { expiresIn: ${LIVE} ? '7d' : '1h' }`),
      messages: ['weaker'],
      says: /7 days in production, but 1 hour/,
      name: 'the lifetime of tokens (FACTS §3.5)',
    },
    {
      ...cookie(`secure: !(${LIVE}), httpOnly: !(${LIVE}), sameSite: ${LIVE} ? 'none' : 'lax'`),
      messages: ['weaker', 'weaker', 'weaker'],
      name: 'three flags of the cookie (FACTS §3.6)',
    },
    {
      ...auth(`login: { sendAccessTokenThrough: ${LIVE} ? 'both' : 'cookie-only' }`),
      messages: ['weaker'],
      name: 'the token in the body (FACTS §3.8)',
    },
    {
      ...auth(`enabled: !(${LIVE})`),
      messages: ['weaker'],
      says: /authentication\.enabled/,
      name: 'authentication itself (FACTS §3.16)',
    },
    {
      ...configuredApp(
        '1.7.0',
        `{ validation: { resolver: 'zod', strict: !(${LIVE}), validationOptions: { forbidNonWhitelisted: !(${LIVE}) } } }`,
      ),
      messages: ['weaker', 'weaker'],
      name: 'validation (FACTS §3.10, §3.12)',
    },
    {
      ...configuredApp('1.7.0', `{ request: { parameters: { allowDangerousPrismaQueryOptions: ${LIVE} } } }`),
      messages: ['weaker'],
      name: 'Prisma options (FACTS §3.16)',
    },
  ],
  undecided: [
    {
      ...cookie("secure: process.env.JWT_COOKIE_SECURE === 'true'"),
      because: /JWT_COOKIE_SECURE/,
      name: 'a variable may differ between modes',
    },
    {
      ...configuredApp(
        '1.7.0',
        `{ middlewares: { rateLimit: ${LIVE} ? (req, res, next) => next() : { limit: 10 } } }`,
      ),
      because: /code/,
      name: 'a handler against a number',
    },
  ],
});
