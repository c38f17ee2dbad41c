import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './token-in-body.ts';

const VERSIONS = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const through = (version: string, value: string): AppCase =>
  configuredApp(
    version,
    `{ authentication: { mode: 'static', login: { sendAccessTokenThrough: ${value} } } }`,
  );

testRule(rule, {
  passes: [
    ...VERSIONS.map((version) => ({
      ...through(version, "'cookie-only'"),
      name: `${version} cookie-only (FACTS §3.8)`,
    })),
    {
      ...through('1.7.0', "process.env.NODE_ENV === 'production' ? 'cookie-only' : 'both'"),
      name: 'in the body in development only',
    },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'no login without authentication.mode (FACTS §4.1)' },
  ],
  fails: [
    ...VERSIONS.map((version) => ({
      ...configuredApp(version, "{ authentication: { mode: 'static' } }"),
      messages: ['exposed'],
      says: /"both" \(the default of Arkos/,
      name: `${version} both by default (FACTS §3.8)`,
    })),
    { ...through('1.7.0', "'both'"), messages: ['exposed'], says: /as written/, name: 'both' },
    { ...through('1.7.0', "'response-only'"), messages: ['exposed'], name: 'the body alone' },
    {
      ...through('1.7.0', 'undefined'),
      messages: ['exposed'],
      says: /the default of Arkos/,
      name: 'undefined',
    },
  ],
  undecided: [
    {
      ...through('1.7.0', "process.env.MOBILE ? 'both' : 'cookie-only'"),
      because: /MOBILE/,
      name: 'an unpinned variable',
    },
  ],
});
