import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './docs-in-production.ts';

const OFF_BY_DEFAULT = ['1.3.10', '1.4.15', '1.5.17'];
const ON_BY_DEFAULT = ['1.6.0', '1.6.7', '1.7.0', '2.0.0-next.16'];
const swagger = (version: string, rest: string): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static' }, swagger: { ${rest} } }`);

testRule(rule, {
  passes: [
    ...[...OFF_BY_DEFAULT, ...ON_BY_DEFAULT].map((version) => ({
      ...swagger(version, 'enableAfterBuild: false'),
      name: `${version} off (FACTS §3.16)`,
    })),
    ...OFF_BY_DEFAULT.map((version) => ({
      ...swagger(version, "mode: 'zod'"),
      name: `${version} off by default (FACTS §3.16, §8)`,
    })),
    {
      ...swagger('1.7.0', 'enableAfterBuild: undefined'),
      name: 'undefined overwrites the default (FACTS §1.4)',
    },
  ],
  notApplicable: ['1.0.18', '1.2.9'].map((version) => ({
    ...configuredApp(version, '{}'),
    name: `${version} serves none (FACTS §8)`,
  })),
  fails: [
    ...ON_BY_DEFAULT.map((version) => ({
      ...swagger(version, "mode: 'zod'"),
      messages: ['guarded'],
      says: /true \(the default of Arkos/,
      name: `${version} on by default, behind a login (FACTS §3.16, §9.17)`,
    })),
    ...ON_BY_DEFAULT.map((version) => ({
      ...swagger(version, 'authenticate: false'),
      messages: ['open'],
      name: `${version} open to everybody (FACTS §3.16)`,
    })),
    ...OFF_BY_DEFAULT.map((version) => ({
      ...swagger(version, 'enableAfterBuild: true'),
      messages: ['open'],
      fixed: true,
      name: `${version} switched on (FACTS §3.16)`,
    })),
    {
      ...swagger('1.7.0', 'enableAfterBuild: !0, authenticate: false'),
      messages: ['open'],
      name: 'switched on by an expression, which is left alone',
    },
  ],
  undecided: [
    {
      ...swagger('1.7.0', "enableAfterBuild: process.env.DOCS === '1'"),
      because: /DOCS/,
      name: 'an unpinned variable',
    },
  ],
});
