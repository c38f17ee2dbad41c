/** Applications that follow the production guide, as each version of Arkos has to be told. */
import { configuredApp } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';

/** Releases that stand for their generation, early and late where behaviour changed in between (FACTS §3). */
export const RELEASES = [
  '1.2.9',
  '1.3.4',
  '1.3.10',
  '1.4.0',
  '1.4.15',
  '1.5.0',
  '1.5.1',
  '1.5.11',
  '1.5.12',
  '1.5.17',
  '1.6.0',
  '1.6.2',
  '1.6.3',
  '1.6.7',
  '1.7.0',
  '2.0.0-next.16',
] as const;

const ORIGINS = "['https://app.example.com', 'https://desk.example.com']";
const COOKIE = "{ httpOnly: true, secure: true, sameSite: 'strict' }";
const JWT = `{ secret: process.env.JWT_SECRET, expiresIn: '8h', cookie: ${COOKIE} }`;
const LOGIN = "{ allowedUsernames: ['email'], sendAccessTokenThrough: 'cookie-only' }";
const GLOBAL_LIMIT = '{ windowMs: 60_000, limit: 100 }';
export const LOGIN_LIMIT = '{ windowMs: 15 * 60_000, limit: 5 }';
const REJECTING = '{ whitelist: true, forbidNonWhitelisted: true }';

/** Whether a release comes at or after another of the same line. */
function isFrom(release: string, line: string, patch: number): boolean {
  return release.startsWith(`${line}.`) && Number(release.split('.')[2]) >= patch;
}

/** The options an app in order passes, in that release's own keys. */
function optionsOf(release: string): string {
  if (release < '1.3')
    return `{
      cors: { allowedOrigins: ${ORIGINS} },
      globalRequestRateLimitOptions: ${GLOBAL_LIMIT},
      authentication: { mode: 'static', login: ${LOGIN}, requestRateLimitOptions: ${LOGIN_LIMIT}, jwt: ${JWT} },
      validation: { resolver: 'class-validator' },
    }`;
  if (release < '1.4')
    return `{
      cors: { allowedOrigins: ${ORIGINS} },
      globalRequestRateLimitOptions: ${GLOBAL_LIMIT},
      authentication: { mode: 'static', login: ${LOGIN}, requestRateLimitOptions: ${LOGIN_LIMIT}, jwt: ${JWT} },
      validation: { resolver: 'class-validator', validationOptions: ${REJECTING} },
      routers: { strict: 'no-bulk' },
      swagger: { mode: 'class-validator', enableAfterBuild: false },
    }`;
  const originKey =
    isFrom(release, '1.5', 12) || isFrom(release, '1.6', 3) || release >= '1.7' ? 'origin' : 'allowedOrigins';
  const isNext = release.startsWith('2.');
  return `{
    ${isNext ? 'prisma: { instance: {} },' : "routers: { strict: 'no-bulk' },"}
    middlewares: { cors: { ${originKey}: ${ORIGINS} }, rateLimit: ${GLOBAL_LIMIT} },
    authentication: { mode: 'static', login: ${LOGIN}, ${isNext ? '' : `rateLimit: ${LOGIN_LIMIT},`} jwt: ${JWT} },
    validation: { resolver: 'class-validator', strict: true, validationOptions: ${REJECTING} },
    swagger: { mode: 'class-validator', enableAfterBuild: false },
  }`;
}

const FILES = {
  'prisma/schema.prisma': 'model User {\n  id String @id\n  isSuperUser Boolean @default(false)\n}\n',
  'src/utils/prisma/index.ts': 'export default {};\n',
};

/** An app in order. */
export function exemplaryApp(release: string): AppCase {
  const app = configuredApp(release, optionsOf(release));
  const files = { ...FILES, ...app.files };
  if (!release.startsWith('2.')) return { ...app, files };
  const entry = `import arkos, { ArkosRouteHook } from 'arkos';
const app = arkos();
app.load(ArkosRouteHook('auth').login({ rateLimit: ${LOGIN_LIMIT} }));
app.listen();
`;
  return { ...app, files: { ...files, 'src/app.ts': entry } };
}
