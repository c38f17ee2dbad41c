import { describe, expect, test } from '@jest/globals';
import { startOf } from '@bulwark/model';
import type { Suppression } from '@bulwark/model';
import { testMessages } from '../../test/messages.ts';
import rule from './suppression-without-reason.ts';

const check = (...suppressions: Suppression[]): unknown =>
  rule.check(rule.select({ path: 'a.ts', blob: null, secrets: [], env: null, suppressions }, {}), {});
const place = startOf('a.ts');

describe(rule.id, () => {
  test('says nothing of other files', () => {
    expect(check()).toMatchObject({ verdict: 'not-applicable' });
    expect(rule.select({ path: 'a.ts', blob: null, secrets: [], env: null }, {})).toEqual({
      path: 'a.ts',
      suppressions: [],
    });
  });

  test('names each comment; two of a kind in one file share a fingerprint only for the same rule', () => {
    const found = check(
      { kind: 'no-reason', rule: 'cors-origin', place },
      { kind: 'no-reason', rule: 'env-file', place },
      { kind: 'whole-file', rule: null, place },
    ) as { message: string; fingerprint: string }[];
    expect(found.map(({ message }) => message)).toEqual(['no-reason', 'no-reason', 'whole-file']);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });
});

testMessages(rule, {
  'no-reason': [[{ rule: 'cors-origin' }, /write bulwark-allow cors-origin: and then why/]],
  'no-fingerprint': [[{}, /does not say which secret/]],
  'whole-file': [[{}, /to the end of the file/]],
});
