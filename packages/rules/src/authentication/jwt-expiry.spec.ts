import { describe, expect, test } from '@jest/globals';
import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import { durationSeconds } from './duration.ts';
import rule from './jwt-expiry.ts';

const VERSIONS = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const expiresIn = (version: string, value: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, `{ authentication: { mode: 'static', jwt: { expiresIn: ${value} } } }`, more);
const omitted = (version: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(version, "{ authentication: { mode: 'static' } }", more);

testRule(rule, {
  passes: [
    ...VERSIONS.flatMap((version) => [
      { ...expiresIn(version, "'12h'"), name: `${version} twelve hours (FACTS §3.5)` },
      { ...expiresIn(version, '15 * 60'), name: `${version} a number of seconds (FACTS §3.5)` },
      {
        ...omitted(version, { env: { JWT_EXPIRES_IN: '1h' } }),
        name: `${version} the pinned variable of Arkos (FACTS §1.5)`,
      },
    ]),
    { ...expiresIn('1.7.0', "'1d'"), name: 'exactly the longest' },
    { ...expiresIn('1.7.0', "'30d'", { options: { max: '30d' } }), name: 'the settings allow more' },
    { ...expiresIn('1.7.0', "process.env.SHORT ? '5m' : '10m'"), name: 'short in every outcome' },
  ],
  notApplicable: [
    { ...configuredApp('1.7.0', '{}'), name: 'nothing is signed without authentication.mode (FACTS §4.1)' },
  ],
  fails: [
    ...VERSIONS.flatMap((version) => [
      {
        ...omitted(version),
        messages: ['too-long'],
        says: /"30d" \(the default of Arkos .*JWT_EXPIRES_IN.*pin it/,
        name: `${version} by default (FACTS §3.5)`,
      },
      {
        ...expiresIn(version, '15 * 60 * 1000'),
        messages: ['meant-milliseconds'],
        says: /lives 10\.4 days; if 15 minutes was meant, write 900/,
        name: `${version} milliseconds meant, seconds taken (FACTS §3.5, §9.12)`,
      },
    ]),
    {
      ...expiresIn('1.7.0', "'90'"),
      messages: ['unreadable'],
      name: 'digits without a unit throw (FACTS §3.5)',
    },
    { ...expiresIn('1.7.0', "'soon'"), messages: ['unreadable'], name: 'no duration' },
    { ...expiresIn('1.7.0', '0.5'), messages: ['unreadable'], name: 'no whole seconds' },
    {
      ...expiresIn('1.7.0', '7 * 24 * 60 * 60'),
      messages: ['too-long'],
      says: /7 days/,
      name: 'a week in seconds',
    },
    {
      ...expiresIn('1.7.0', "''"),
      messages: ['too-long'],
      says: /30d/,
      name: 'empty text counts as left out',
    },
    {
      ...expiresIn('1.7.0', "'20m'", { options: { max: '15m' } }),
      messages: ['too-long'],
      name: 'the settings allow less',
    },
    {
      ...omitted('1.7.0', { files: { '.env': 'JWT_EXPIRES_IN=90d\n' } }),
      messages: ['too-long'],
      says: /90d.*JWT_EXPIRES_IN/,
      name: 'a tracked env file sets the variable of Arkos (FACTS §1.5)',
    },
  ],
  undecided: [
    { ...expiresIn('1.7.0', 'process.env.LIFE'), because: /LIFE/, name: 'an unpinned variable' },
    {
      ...expiresIn('1.7.0', "process.env.JWT_EXPIRES_IN || '30d'"),
      because: /JWT_EXPIRES_IN/,
      name: 'an unpinned variable with a fallback (FACTS §7.13)',
    },
  ],
});

describe('durations', () => {
  test.each<[string | number, number | null]>([
    ['2h', 7200],
    ['10 days', 864_000],
    ['1.5h', 5400],
    ['500ms', 0.5],
    ['1 y', 31_557_600],
    ['3mins', 180],
    ['1W', 604_800],
    [60, 60],
    ['60', null],
    ['', null],
    ['1 fortnight', null],
    [Number.NaN, null],
    [Infinity, null],
  ])('%p', (written, seconds) => {
    expect(durationSeconds(written)).toBe(seconds);
  });
});
