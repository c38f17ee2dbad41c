import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './jwt-cookie-same-site.ts';

const BEFORE_SPREAD = ['1.2.9', '1.3.10', '1.4.15', '1.5.11', '1.6.2'];
const SPREAD = ['1.5.12', '1.5.17', '1.6.3', '1.6.7', '1.7.0', '2.0.0-next.16'];
const VERSIONS = [...BEFORE_SPREAD, ...SPREAD];
const cookie = (version: string, flags: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', jwt: { cookie: { ${flags} } } } }`, more);

testRule(rule, {
  passes: [
    ...VERSIONS.flatMap((version) => [
      { ...cookie(version, "sameSite: 'strict'"), name: `${version} strict (FACTS §3.8)` },
      { ...cookie(version, "sameSite: 'lax'"), name: `${version} lax (FACTS §3.8)` },
      { ...cookie(version, ''), name: `${version} lax by default, in production too (FACTS §3.8, §9.5)` },
    ]),
    ...BEFORE_SPREAD.map((version) => ({
      ...cookie(version, 'sameSite: undefined'),
      name: `${version} undefined counts as left out (FACTS §3.8)`,
    })),
    { ...cookie('1.7.0', 'sameSite: true'), name: 'true is strict' },
    {
      ...cookie('1.7.0', '', { env: { JWT_COOKIE_SAME_SITE: 'strict' } }),
      name: 'by the variable of Arkos (FACTS §1.5)',
    },
    {
      ...cookie('1.7.0', "sameSite: 'none', secure: true", { options: { noneNeeded: true } }),
      name: 'the settings say none is needed',
    },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'no token without authentication.mode (FACTS §4.1)' },
  ],
  fails: [
    ...VERSIONS.map((version) => ({
      ...cookie(version, "sameSite: 'none'"),
      messages: ['none'],
      name: `${version} none (FACTS §3.8)`,
    })),
    ...SPREAD.map((version) => ({
      ...cookie(version, 'sameSite: undefined'),
      messages: ['erased'],
      name: `${version} undefined erases it (FACTS §3.8, §9.6)`,
    })),
    ...['', "sameSite: 'lax'"].map((flags) => ({
      ...cookie('1.0.18', flags),
      messages: ['always-none'],
      says: /update to 1\.3/,
      name: `1.0 sends none whatever is written: ${flags || 'nothing'} (FACTS §3.6)`,
    })),
    { ...cookie('1.7.0', "sameSite: 'relaxed'"), messages: ['invalid'], name: 'not a value' },
    {
      ...cookie('1.7.0', '', { env: { JWT_COOKIE_SAME_SITE: 'off' } }),
      messages: ['invalid'],
      says: /JWT_COOKIE_SAME_SITE/,
      name: 'the variable is not validated (FACTS §1.5)',
    },
    {
      ...cookie('1.7.0', "sameSite: process.env.JWT_COOKIE_SAME_SITE as 'lax' | 'strict'", {
        env: { JWT_COOKIE_SAME_SITE: null },
      }),
      messages: ['erased'],
      name: 'the snippet of the docs, unset (FACTS §3.8)',
    },
  ],
  undecided: [
    {
      ...cookie('1.7.0', "sameSite: process.env.JWT_COOKIE_SAME_SITE as 'lax' | 'strict'"),
      because: /JWT_COOKIE_SAME_SITE is unset/,
      name: 'the snippet of the docs, unpinned (FACTS §3.8)',
    },
    {
      ...cookie('1.7.0', "sameSite: process.env.EMBEDDED ? 'none' : 'lax'"),
      because: /EMBEDDED/,
      name: 'none in one outcome',
    },
  ],
});
