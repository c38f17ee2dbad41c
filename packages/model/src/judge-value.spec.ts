import { describe, expect, test } from '@jest/globals';
import { judgeValue } from './judge-value.ts';
import { fromJson } from './read-value.ts';
import { pass, violation } from './rule.ts';
import type { Judgement } from './rule.ts';
import type { Absent, Known, Origin, Unknown, Value } from './value.ts';

const from: Origin = { kind: 'default', of: 'a test' };
const about = { key: 'k' };
const judge = (outcome: Known | Absent): Judgement =>
  outcome.kind === 'known' && outcome.value === true ? pass('it is true') : violation('bad', {}, about);
const either = (...outcomes: readonly [string, Value][]): Unknown => ({
  kind: 'unknown',
  why: 'depends on X',
  from,
  outcomes: outcomes.map(([when, value]) => ({ when, value })),
});
const yes = fromJson(true, from);
const no = fromJson(false, from);
const never: Unknown = { kind: 'unknown', why: 'depends on Y', from };

describe('judging every outcome of a value', () => {
  test.each<[string, Value, string]>([
    ['a good value', yes, 'pass'],
    ['a bad value', no, 'violation'],
    ['an absent value', { kind: 'absent', from }, 'violation'],
    ['an unknown value', never, 'undecided'],
    ['good in every outcome', either(['a', yes], ['b', yes]), 'pass'],
    ['bad in every outcome', either(['a', no], ['b', { kind: 'absent', from }]), 'violation'],
    ['good or bad', either(['a', yes], ['b', no]), 'undecided'],
    ['bad or unknown', either(['a', no], ['b', never]), 'undecided'],
    ['unknown in every outcome', either(['a', never], ['b', never]), 'undecided'],
  ])('%s', (_name, value, verdict) => {
    expect(judgeValue(value, about, judge).verdict).toBe(verdict);
  });

  test('says which condition makes it a violation', () => {
    const judgement = judgeValue(either(['X is unset', no], ['X is "1"', yes]), about, judge);
    expect(judgement).toMatchObject({
      because: 'depends on X',
      cases: [{ when: 'X is unset', message: 'bad' }],
    });
  });
});
