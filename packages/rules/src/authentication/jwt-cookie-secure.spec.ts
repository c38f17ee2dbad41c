import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './jwt-cookie-secure.ts';

const BEFORE_SPREAD = ['1.2.9', '1.3.10', '1.4.15', '1.5.11', '1.6.2'];
const SPREAD = ['1.5.12', '1.5.17', '1.6.3', '1.6.7', '1.7.0', '2.0.0-next.16'];
const VERSIONS = [...BEFORE_SPREAD, ...SPREAD];
const cookie = (version: string, flags: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', jwt: { cookie: { ${flags} } } } }`, more);

const CONFIG = (flags: string): string =>
  `import { defineConfig } from 'arkos/config';\r\nexport default defineConfig({\r\n  authentication: { mode: "static", jwt: { cookie: { ${flags} } } },\r\n});\r\n`;

testRule(rule, {
  passes: [
    ...['1.0.18', ...VERSIONS].flatMap((version) => [
      { ...cookie(version, 'secure: true'), name: `${version} on (FACTS §3.7)` },
      {
        ...cookie(version, '', { env: { JWT_COOKIE_SECURE: 'true' } }),
        name: `${version} by the variable of Arkos (FACTS §1.5)`,
      },
    ]),
    {
      ...cookie('1.7.0', "secure: process.env.NODE_ENV === 'production'"),
      name: 'on in production (FACTS §7.10)',
    },
    {
      ...cookie('1.3.10', "sameSite: 'none'"),
      name: '1.3 makes a cookie for other sites secure (FACTS §3.7)',
    },
    {
      ...cookie('1.7.0', "secure: process.env.JWT_COOKIE_SECURE === 'true'", {
        env: { JWT_COOKIE_SECURE: 'true' },
      }),
      name: 'a pinned variable (FACTS §3.8)',
    },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'no token without authentication.mode (FACTS §4.1)' },
  ],
  fails: [
    ...['1.0.18', ...VERSIONS].map((version) => ({
      ...cookie(version, ''),
      messages: ['by-request'],
      says: /pin it under modes/,
      name: `${version} left to each request (FACTS §3.7, §9.5)`,
    })),
    ...VERSIONS.map((version) => ({
      ...cookie(version, 'secure: false'),
      messages: ['off'],
      fixed: true,
      name: `${version} off (FACTS §3.7)`,
    })),
    {
      ...cookie('1.0.18', 'secure: false'),
      messages: ['false-ignored'],
      fixed: true,
      name: '1.0 does not honour false (FACTS §3.7)',
    },
    ...BEFORE_SPREAD.map((version) => ({
      ...cookie(version, 'secure: undefined'),
      messages: ['false-ignored'],
      name: `${version} undefined counts as left out (FACTS §3.7)`,
    })),
    ...SPREAD.map((version) => ({
      ...cookie(version, 'secure: undefined', { env: { JWT_COOKIE_SECURE: 'true' } }),
      messages: ['erased'],
      name: `${version} undefined erases it, whatever the variable says (FACTS §3.8, §9.6)`,
    })),
    {
      config: CONFIG('"secure" : false, httpOnly: true'),
      messages: ['off'],
      fixed: CONFIG('"secure" : true, httpOnly: true'),
      name: 'a literal is mended, and nothing around it',
    },
    ...['secure: !1', 'secure: /* for now */ false', 'secure: false as boolean', '...insecure'].map(
      (flags) => ({
        config: `const insecure = { secure: false };\n${CONFIG(flags)}`,
        messages: ['off'],
        name: `nothing but a literal is mended: ${flags}`,
      }),
    ),
    {
      ...cookie('1.7.0', '', { env: { JWT_COOKIE_SECURE: '1' } }),
      messages: ['off'],
      says: /JWT_COOKIE_SECURE/,
      name: 'only "true" is true (FACTS §1.5)',
    },
    {
      ...cookie('1.7.0', "secure: process.env.JWT_COOKIE_SECURE === 'true'", {
        env: { JWT_COOKIE_SECURE: null },
      }),
      messages: ['off'],
      name: 'unset, the snippet of the docs is off (FACTS §3.8)',
    },
  ],
  undecided: [
    {
      ...cookie('1.7.0', "secure: process.env.JWT_COOKIE_SECURE === 'true'"),
      because: /JWT_COOKIE_SECURE/,
      name: 'the snippet of the docs, unpinned (FACTS §3.8)',
    },
  ],
});
