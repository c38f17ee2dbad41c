import { configuredApp, randomText, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './jwt-secret.ts';

const VERSIONS = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const TEXT = randomText(24);
const secret = (version: string, value: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', jwt: { secret: ${value} } } }`, more);

/** The secret is `env.JWT_SECRET`, and these lines make `env`. */
const through = (lines: string): AppCase => ({
  version: '1.7.0',
  config: `import { defineConfig } from 'arkos/config';\n${lines}\nexport default defineConfig({ authentication: { mode: 'static', jwt: { secret: env.JWT_SECRET } } });\n`,
});
const ZOD = "import { z } from 'zod';\n";
const ENVALID = "import { cleanEnv, str } from 'envalid';\n";
const T3 = "import { createEnv } from '@t3-oss/env-core';\n" + ZOD;

testRule(rule, {
  passes: [
    {
      ...through(`${ZOD}const env = z.object({ JWT_SECRET: z.string().min(32) }).parse(process.env);`),
      name: 'checked by zod',
    },
    {
      ...through(`${ENVALID}const env = cleanEnv(process.env, { JWT_SECRET: str() });`),
      name: 'checked by envalid',
    },
    {
      ...through(
        `${T3}const env = createEnv({ server: { JWT_SECRET: z.string() }, runtimeEnv: process.env });`,
      ),
      name: 'checked by t3-env',
    },
    {
      ...through(
        "import vars from 'env-var';\nconst env = { JWT_SECRET: vars.get('JWT_SECRET').required().asString() };",
      ),
      name: 'read by env-var',
    },
    ...VERSIONS.flatMap((version) => [
      { ...secret(version, 'process.env.JWT_SECRET'), name: `${version} from the environment (FACTS §3.4)` },
      {
        ...configuredApp(version, "{ authentication: { mode: 'static' } }"),
        name: `${version} left to Arkos (FACTS §1.5, §3.4)`,
      },
    ]),
    { ...secret('1.7.0', 'process.env.JWT_SECRET!'), name: 'asserted to be there (FACTS §7.13)' },
    { ...secret('1.7.0', 'process.env.TOKEN_KEY'), name: 'another variable' },
    { ...secret('1.7.0', "''"), name: 'empty text counts as left out (FACTS §1.5)' },
    {
      ...secret('1.7.0', "process.env.JWT_SECRET ?? ''"),
      name: 'an empty fallback counts as left out (FACTS §1.5)',
    },
    {
      ...secret('1.7.0', `process.env.NODE_ENV === 'production' ? process.env.JWT_SECRET : '${TEXT}'`),
      name: 'text in development only',
    },
    {
      ...secret('1.7.0', 'process.env.JWT_SECRET', { env: { JWT_SECRET: TEXT } }),
      name: 'a pinned variable',
    },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'nothing is signed without authentication.mode (FACTS §4.1)' },
  ],
  fails: [
    {
      ...through(
        `${ZOD}const env = z.object({ JWT_SECRET: z.string().default('${TEXT}') }).parse(process.env);`,
      ),
      messages: ['fallback'],
      name: 'a default in the schema of zod',
    },
    {
      ...through(`${ENVALID}const env = cleanEnv(process.env, { JWT_SECRET: str({ default: '${TEXT}' }) });`),
      messages: ['fallback'],
      name: 'a default in the schema of envalid',
    },
    {
      ...through(
        `import vars from 'env-var';\nconst env = { JWT_SECRET: vars.get('JWT_SECRET').default('${TEXT}').asString() };`,
      ),
      messages: ['fallback'],
      name: 'a default of env-var',
    },
    ...VERSIONS.map((version) => ({
      ...secret(version, `'${TEXT}'`),
      messages: ['literal'],
      says: /write authentication\.jwt\.secret: process\.env\.JWT_SECRET/,
      name: `${version} text in the source (FACTS §3.4)`,
    })),
    {
      ...secret('1.7.0', `process.env.JWT_SECRET || '${TEXT}'`),
      messages: ['fallback'],
      name: 'behind || (FACTS §3.4)',
    },
    {
      ...secret('1.7.0', `process.env.JWT_SECRET ?? '${TEXT}'`),
      messages: ['fallback'],
      name: 'behind ?? (FACTS §3.4)',
    },
    {
      ...secret('1.7.0', `process.env.CI ? '${TEXT}' : process.env.JWT_SECRET`),
      messages: ['fallback'],
      says: /if CI is set/,
      name: 'in one branch',
    },
    { ...secret('1.7.0', `\`${TEXT}\``), messages: ['literal'], name: 'a template (FACTS §3.4)' },
    {
      ...secret('1.7.0', 'KEY', { files: { 'src/key.ts': `export const KEY = '${TEXT}';\n` } }),
      config:
        "import { defineConfig } from 'arkos/config';\nimport { KEY } from './src/key.ts';\nexport default defineConfig({ authentication: { mode: 'static', jwt: { secret: KEY } } });\n",
      messages: ['literal'],
      name: 'an imported constant (FACTS §3.4)',
    },
    {
      ...secret('1.7.0', 'process.env.JWT_SECRET', { files: { '.env': `JWT_SECRET=${TEXT}\n` } }),
      messages: ['tracked'],
      says: /\.env sets/,
      name: 'a tracked env file (FACTS §3.4)',
    },
    {
      ...configuredApp('1.3.10', "{ authentication: { mode: 'static' } }", {
        files: { '.env': 'JWT_SECRET=your-jwt-secret\n' },
      }),
      messages: ['tracked'],
      name: 'the placeholder of the 1.3 scaffold (FACTS §3.4)',
    },
    {
      ...configuredApp('1.7.0', `{ authentication: { jwt: { secret: '${TEXT}' } } }`),
      messages: ['literal'],
      name: 'text in the source, before there is a mode',
    },
  ],
  undecided: [
    {
      ...through(
        `${ZOD}const env = z.object({ JWT_SECRET: z.string().transform(() => '${TEXT}') }).parse(process.env);`,
      ),
      because: /zod/,
      name: 'changed by the schema',
    },
    {
      ...through(
        `${ZOD}import { load } from 'vault';\nconst env = z.object({ JWT_SECRET: z.string() }).parse(load());`,
      ),
      because: /zod|load/,
      name: 'checked by zod, but not the environment',
    },
    {
      ...secret('1.7.0', 'fetchSecret()'),
      config:
        "import { defineConfig } from 'arkos/config';\nimport { fetchSecret } from 'vault';\nexport default defineConfig({ authentication: { mode: 'static', jwt: { secret: fetchSecret('jwt') } } });\n",
      because: /vault/,
      name: 'fetched by a package',
    },
  ],
});
