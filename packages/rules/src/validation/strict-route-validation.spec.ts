import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './strict-route-validation.ts';

const VERSIONS = ['1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const strict = (version: string, value: string): AppCase =>
  configuredApp(version, `{ validation: { resolver: 'zod', strict: ${value} } }`);

testRule(rule, {
  passes: VERSIONS.map((version) => ({ ...strict(version, 'true'), name: `${version} on (FACTS §3.12)` })),
  notApplicable: ['1.0.18', '1.2.9', '1.3.10'].map((version) => ({
    ...strict(version, 'true'),
    name: `${version} has no such key (FACTS §3.12, §8)`,
  })),
  fails: [
    ...VERSIONS.flatMap((version) => [
      {
        ...strict(version, 'false'),
        messages: ['off'],
        says: /is false \(as written\)/,
        name: `${version} off (FACTS §3.12)`,
      },
      {
        ...configuredApp(version, '{}'),
        messages: ['off'],
        says: /the default of Arkos/,
        name: `${version} off by default (FACTS §3.12)`,
      },
    ]),
    {
      ...strict('1.7.0', "process.env.NODE_ENV !== 'production'"),
      messages: ['off'],
      name: 'off in production only',
    },
  ],
  undecided: [
    { ...strict('1.7.0', "process.env.STRICT === 'yes'"), because: /STRICT/, name: 'an unpinned variable' },
  ],
});
