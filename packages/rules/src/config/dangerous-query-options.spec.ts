import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './dangerous-query-options.ts';

const VERSIONS = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const option = (version: string, value: string): AppCase =>
  configuredApp(version, `{ request: { parameters: { allowDangerousPrismaQueryOptions: ${value} } } }`);

testRule(rule, {
  passes: VERSIONS.flatMap((version) => [
    { ...option(version, 'false'), name: `${version} off (FACTS §3.16)` },
    { ...configuredApp(version, '{}'), name: `${version} off by default (FACTS §3.16)` },
  ]),
  fails: VERSIONS.map((version) => ({
    ...option(version, 'true'),
    messages: ['on'],
    fixed: true,
    name: `${version} on (FACTS §3.16)`,
  })),
  undecided: [
    { ...option('1.7.0', "process.env.EXPLORE === '1'"), because: /EXPLORE/, name: 'an unpinned variable' },
  ],
});
