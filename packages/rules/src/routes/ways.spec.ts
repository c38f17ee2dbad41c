import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { bothWays, settle } from './ways.ts';
import type { Way } from './ways.ts';

const way = fc.record({
  when: fc.option(fc.constantFrom('A is set', 'A is unset', 'B is set')),
  isBad: fc.constantFrom(true, false, null),
  because: fc.constantFrom('a reason', 'another'),
  detail: fc.nat(3),
}) as fc.Arbitrary<Way<number>>;
const ways = fc.array(way, { minLength: 1, maxLength: 4 });

const verdict = (...all: Way[][]): string => settle(all.reduce((a, b) => bothWays(a, b))).is;

describe('ways', () => {
  test('bad only if bad every way, good only if good every way', () => {
    fc.assert(
      fc.property(ways, (one) => {
        const expected = one.every(({ isBad }) => isBad === true)
          ? 'bad'
          : one.every(({ isBad }) => isBad === false)
            ? 'good'
            : 'undecided';
        expect(settle(one).is).toBe(expected);
      }),
    );
  });

  test('both are bad exactly if each is; one that is good is enough to be good', () => {
    fc.assert(
      fc.property(ways, ways, (a, b) => {
        const [first, second] = [verdict(a), verdict(b)];
        if (first === 'good' || second === 'good') expect(verdict(a, b)).toBe('good');
        else expect(verdict(a, b)).toBe(first === 'bad' && second === 'bad' ? 'bad' : 'undecided');
      }),
    );
  });

  test('the order of the conditions changes no verdict', () => {
    fc.assert(
      fc.property(ways, ways, ways, (a, b, c) => {
        expect(verdict(a, b, c)).toBe(verdict(c, a, b));
      }),
    );
  });

  test('an undecided one gives a reason, and the conditions of both', () => {
    const settled = settle(
      bothWays(
        [
          { when: 'A is set', isBad: true, because: 'x', detail: 1 },
          { when: 'A is unset', isBad: false, because: 'A decides', detail: 1 },
        ],
        [{ when: 'B is set', isBad: true, because: 'y', detail: 2 }],
      ),
    );
    expect(settled).toMatchObject({ is: 'undecided', bad: [{ when: 'A is set and B is set', detail: 2 }] });
  });

  test('nothing is good', () => {
    expect(settle([]).is).toBe('good');
  });
});
