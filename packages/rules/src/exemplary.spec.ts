/** An app that follows the guide is told nothing, in any version. */
import { describe, expect, test } from '@jest/globals';
import { factsOf, judgeFacts } from '@bulwark/testing';
import { RELEASES } from '../test/guide-apps.ts';
import { wholeApp } from '../test/whole-apps.ts';
import { rules } from './index.ts';

/** Every rule that judges apps. */
const ofApps = rules.filter(({ kind }) => kind !== 'file' && kind !== 'policy');

const factsOfAll = new Map(
  await Promise.all(RELEASES.map(async (release) => [release, await factsOf(wholeApp(release))] as const)),
);

describe.each(RELEASES)('an app in order on Arkos %s', (release) => {
  test.each(ofApps.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    const judgements = judgeFacts(rule, factsOfAll.get(release)!);
    const alarms = judgements.filter(({ verdict }) => verdict === 'violation' || verdict === 'undecided');
    expect(alarms).toEqual([]);
    expect(judgements.length).toBeGreaterThan(0);
  });
});

test('what does not apply is what the version does not have', () => {
  const missing: Record<string, string[]> = {};
  for (const release of RELEASES) {
    for (const rule of ofApps) {
      const judgements = judgeFacts(rule, factsOfAll.get(release)!);
      if (judgements.every(({ verdict }) => verdict === 'not-applicable'))
        (missing[rule.id] ??= []).push(release);
    }
  }
  expect(missing).toEqual({
    'forbid-non-whitelisted': ['1.2.9'],
    'router-strict': ['1.2.9', '2.0.0-next.16'],
    'router-strict-parity': ['1.2.9', '2.0.0-next.16'],
    'strict-route-validation': ['1.2.9', '1.3.4', '1.3.10'],
    'docs-in-production': ['1.2.9'],
  });
});
