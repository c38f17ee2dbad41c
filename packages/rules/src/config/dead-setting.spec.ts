import { configuredApp, testRule } from '@bulwark/testing';
import rule from './dead-setting.ts';

const NEW = ['1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const twice = (id: string): string[] => [id, id];

const AUTH = (options: string): string =>
  `import { defineConfig } from 'arkos/config';\nexport default defineConfig({ authentication: { mode: 'static', ${options} } });\n`;

testRule(rule, {
  passes: [
    {
      ...configuredApp(
        '1.3.10',
        '{ cors: { allowedOrigins: [] }, globalRequestRateLimitOptions: {}, routers: { strict: true } }',
      ),
      name: '1.3 reads its own keys (FACTS §8)',
    },
    {
      ...configuredApp(
        '1.5.17',
        '{ middlewares: { cors: {}, rateLimit: {}, errorHandler: () => {} }, validation: { strict: true } }',
      ),
      name: '1.5 reads its own keys (FACTS §8)',
    },
    {
      ...configuredApp(
        '1.7.0',
        "{ globalPrefix: '/v1', source: { entryPoint: 'src/server.ts' }, staticFiles: {}, swagger: { mode: 'zod' } }",
      ),
      name: '1.7 reads its own keys (FACTS §8)',
    },
    {
      ...configuredApp('2.0.0-next.16', '{ prisma: { instance: {} } }'),
      name: '2.0-next reads its own keys (FACTS §8)',
    },
    {
      ...configuredApp('1.7.0', '{ middlewares: { rateLimit: { limit: 100, max: 100 } } }'),
      name: 'max beside limit does no harm (FACTS §3.2)',
    },
  ],
  fails: [
    ...NEW.map((version) => ({
      ...configuredApp(version, '{ cors: { allowedOrigins: [] } }'),
      messages: twice('renamed'),
      says: /does not read cors.*write middlewares\.cors/,
      name: `${version} cors of 1.3 (FACTS §3.1, §8)`,
    })),
    ...NEW.map((version) => ({
      ...configuredApp(version, '{ globalRequestRateLimitOptions: {} }'),
      messages: twice('renamed'),
      says: /write middlewares\.rateLimit/,
      name: `${version} the global limit of 1.3 (FACTS §3.2, §8)`,
    })),
    ...NEW.slice(0, -1).map((version) => ({
      ...configuredApp(version, "{ authentication: { mode: 'static', requestRateLimitOptions: {} } }"),
      messages: twice('renamed'),
      says: /write authentication\.rateLimit/,
      fixed: true,
      name: `${version} the documented login limit (FACTS §3.3, §9.1)`,
    })),
    ...NEW.map((version) => ({
      ...configuredApp(version, '{ middlewares: { helmet: {} } }'),
      messages: twice('unread'),
      name: `${version} helmet is documented and does not exist (FACTS §3.16, §9.19)`,
    })),
    ...NEW.map((version) => ({
      ...configuredApp(version, '{ middlewares: { rateLimit: { max: 50 } } }'),
      messages: twice('renamed'),
      says: /middlewares\.rateLimit\.max.*write middlewares\.rateLimit\.limit/,
      fixed: true,
      name: `${version} max (FACTS §3.2, §9.7)`,
    })),
    ...['1.6.7', '1.7.0'].map((version) => ({
      ...configuredApp(version, '{ middlewares: { errorHandler: () => {} } }'),
      messages: twice('unread'),
      name: `${version} the error handler of 1.5 (FACTS §3.16)`,
    })),
    {
      ...configuredApp(
        '1.7.0',
        "{ middlewares: { cors: { options: { origin: ['https://app.example.com'] } } } }",
      ),
      messages: twice('renamed'),
      says: /middlewares\.cors\.options/,
      name: 'options without allowedOrigins (FACTS §3.1, §9.4)',
    },
    {
      ...configuredApp('1.2.9', '{ routers: { strict: true } }'),
      messages: twice('unread'),
      name: '1.2 has no routers.strict (FACTS §3.11)',
    },
    {
      ...configuredApp('2.0.0-next.16', "{ routers: { strict: 'no-bulk' } }"),
      messages: twice('renamed'),
      says: /ArkosRouteHook/,
      name: '2.0-next has routers.strict and never reads it (FACTS §3.11, §9.20)',
    },
    {
      ...configuredApp('2.0.0-next.16', "{ authentication: { mode: 'static', rateLimit: { limit: 5 } } }"),
      messages: twice('renamed'),
      name: '2.0-next reads no login limit (FACTS §3.3, §9.20)',
    },
    {
      config: AUTH('requestRateLimitOptions: { windowMs: 60_000, limit: 5 }'),
      messages: twice('renamed'),
      fixed: AUTH('rateLimit: { windowMs: 60_000, limit: 5 }'),
      name: 'a key that only has to be called otherwise',
    },
    {
      config: `const own = { requestRateLimitOptions: {} };\n${AUTH('...own')}`,
      messages: twice('renamed'),
      name: 'one that others may read is left alone',
    },
    {
      config: AUTH('requestRateLimitOptions: {}, rateLimit: { limit: 5 }'),
      messages: twice('renamed'),
      name: 'one whose new name is taken is left alone',
    },
    {
      ...configuredApp('1.7.0', '{ validation: { resovler: "zod" } }'),
      messages: twice('renamed'),
      says: /write validation\.resolver/,
      name: 'a misspelt key',
    },
    {
      ...configuredApp('1.4.15', '{}'),
      files: { 'src/app.ts': "import arkos from 'arkos';\narkos.init({ cors: { allowedOrigins: '*' } });\n" },
      messages: twice('renamed'),
      says: /arkos\.init/,
      name: 'left over in arkos.init (FACTS §1.1)',
    },
  ],
  undecided: [],
});
