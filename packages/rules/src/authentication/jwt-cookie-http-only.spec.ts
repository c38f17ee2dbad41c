import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './jwt-cookie-http-only.ts';

const BEFORE_SPREAD = ['1.2.9', '1.3.10', '1.4.15', '1.5.11', '1.6.2'];
const SPREAD = ['1.5.12', '1.5.17', '1.6.3', '1.6.7', '1.7.0', '2.0.0-next.16'];
const VERSIONS = [...BEFORE_SPREAD, ...SPREAD];
const cookie = (version: string, flags: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', jwt: { cookie: { ${flags} } } } }`, more);

testRule(rule, {
  passes: [
    ...VERSIONS.flatMap((version) => [
      { ...cookie(version, 'httpOnly: true'), name: `${version} on (FACTS §3.6)` },
      { ...cookie(version, ''), name: `${version} on by default (FACTS §3.6)` },
    ]),
    ...BEFORE_SPREAD.map((version) => ({
      ...cookie(version, 'httpOnly: undefined'),
      name: `${version} undefined counts as left out (FACTS §3.6)`,
    })),
    { ...cookie('1.0.18', 'httpOnly: false'), name: '1.0 cannot turn it off (FACTS §3.6)' },
    {
      ...cookie('1.7.0', '', { env: { JWT_COOKIE_HTTP_ONLY: 'true' } }),
      name: 'by the variable of Arkos (FACTS §1.5)',
    },
    {
      ...cookie('1.7.0', "httpOnly: process.env.NODE_ENV === 'production'"),
      name: 'off in development only (FACTS §7.10)',
    },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'no token without authentication.mode (FACTS §4.1)' },
  ],
  fails: [
    ...VERSIONS.map((version) => ({
      ...cookie(version, 'httpOnly: false'),
      messages: ['off'],
      fixed: true,
      says: /write authentication\.jwt\.cookie\.httpOnly: true/,
      name: `${version} off (FACTS §3.6)`,
    })),
    ...SPREAD.map((version) => ({
      ...cookie(version, 'httpOnly: undefined'),
      messages: ['erased'],
      name: `${version} undefined erases it (FACTS §3.6, §9.6)`,
    })),
    {
      ...cookie('1.7.0', '', { env: { JWT_COOKIE_HTTP_ONLY: 'yes' } }),
      messages: ['off'],
      says: /JWT_COOKIE_HTTP_ONLY/,
      name: 'only "true" is true (FACTS §1.5)',
    },
    {
      ...cookie('1.7.0', "httpOnly: process.env.NODE_ENV !== 'production'"),
      messages: ['off'],
      name: 'off in production only',
    },
  ],
  undecided: [
    {
      ...cookie('1.7.0', "httpOnly: process.env.COOKIE !== 'open'"),
      because: /COOKIE/,
      name: 'an unpinned variable (FACTS §7.11)',
    },
  ],
});
