import { configuredApp, randomText, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './jwt-secret.ts';

const VERSIONS = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const TEXT = randomText(24);
const secret = (version: string, value: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', jwt: { secret: ${value} } } }`, more);

testRule(rule, {
  passes: [
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
      ...secret('1.7.0', 'fetchSecret()'),
      config:
        "import { defineConfig } from 'arkos/config';\nimport { fetchSecret } from 'vault';\nexport default defineConfig({ authentication: { mode: 'static', jwt: { secret: fetchSecret('jwt') } } });\n",
      because: /vault/,
      name: 'fetched by a package',
    },
  ],
});
