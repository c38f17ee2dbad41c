/** An app that follows the guide is told nothing, in any version. */
import { describe, expect, test } from '@jest/globals';
import { factsOf, judgeFacts } from '@bulwark/testing';
import { RELEASES, exemplaryApp } from '../test/guide-apps.ts';
import { rules } from './index.ts';

/** The rules that judge what the configuration says. */
const ofConfiguration = rules.filter(({ id }) =>
  /^(?:cors-origin|global-rate-limit|auth-rate-limit|jwt-.*|token-in-body|forbid-non-whitelisted|router-strict.*|strict-route-validation|settings-parity|dead-setting|config-loads|dangerous-query-options|docs-in-production)$/.test(
    id,
  ),
);

const factsOfAll = new Map(
  await Promise.all(
    RELEASES.map(async (release) => [release, await factsOf(exemplaryApp(release))] as const),
  ),
);

describe.each(RELEASES)('an app in order on Arkos %s', (release) => {
  test.each(ofConfiguration.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    const judgements = judgeFacts(rule, factsOfAll.get(release)!);
    const alarms = judgements.filter(({ verdict }) => verdict === 'violation' || verdict === 'undecided');
    expect(alarms).toEqual([]);
    expect(judgements.length).toBeGreaterThan(0);
  });
});

test('what does not apply is what the version does not have', () => {
  const missing: Record<string, string[]> = {};
  for (const release of RELEASES) {
    for (const rule of ofConfiguration) {
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
