/** Held against the flag `i` itself. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DETECTORS } from './detectors/index.ts';
import { foldCase } from './fold-case.ts';

const latin1 = (least: number, most: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes) => Buffer.from(bytes).toString('latin1'));

/** All it says of every place in a text. */
const matchesOf = (pattern: RegExp, text: string): unknown[] =>
  [...text.matchAll(pattern)].map((match) => [match.index, ...match, match.groups && { ...match.groups }]);

describe('foldCase', () => {
  it.each([
    ['abc', '[aA][bB][cC]'],
    [String.raw`\w\d\bx\x60`, String.raw`\w\d\b[xX]\x60`],
    ['(?<word>Key)', '(?<word>[kK][eE][yY])'],
    ['(?<!a)(?=b)(?!c)(?:d)', '(?<![aA])(?=[bB])(?![cC])(?:[dD])'],
    ['[a-f0-9_]', '[A-Fa-f0-9_]'],
    ['[^Q-]', '[^qQ-]'],
    ['[-k]', '[-kK]'],
    [String.raw`[\w.$-]{0,40}`, String.raw`[\w.$-]{0,40}`],
    [String.raw`[\]a]`, String.raw`[A\]a]`],
    [String.raw`(?<a>x)\k<a>`, String.raw`(?<a>[xX])\k<a>`],
  ])('%s', (source, folded) => {
    expect(foldCase(source)).toBe(folded);
  });

  it.each([String.raw`\p{L}`, String.raw`\u0041`, String.raw`\x41`, String.raw`[\x7a]`, '[0-z]', '[A-z]'])(
    'refuses %s',
    (source) => {
      expect(() => foldCase(source)).toThrow(/cannot be folded|letters and others/);
    },
  );

  it('says the same as the flag, of every text of one byte a character', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        'Z',
        'k',
        's',
        '0',
        '-',
        '_',
        '=',
        String.raw`\x60`,
        String.raw`\w`,
        String.raw`\s`,
        '.',
      ),
      fc.constantFrom(
        '[a-f]',
        '[^a-f]',
        '[A-Z0-9]',
        '[^Ks]',
        String.raw`[\w.$-]`,
        String.raw`[^\s"'\x60]`,
        '[-k]',
        '[x^]',
      ),
    );
    const counted = fc
      .tuple(piece, fc.constantFrom('', '', '?', '{1,3}', '{0,2}?', '+?'))
      .map(([one, times]) => one + times);
    const sequence = fc.array(counted, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const pattern = fc
      .array(sequence, { minLength: 1, maxLength: 3 })
      .chain((ways) =>
        fc.constantFrom(ways.join('|'), `(?<one>${ways.join('|')})`, `(?:${ways.join('|')})[a-c]`),
      );
    const text = fc.oneof(
      latin1(0, 40),
      fc.string({ unit: fc.constantFrom(...'aAzZkKsSfFbB0-_=`. µÀàÿ'), maxLength: 40 }),
    );
    fc.assert(
      fc.property(pattern, text, (source, given) => {
        expect(matchesOf(new RegExp(foldCase(source), 'g'), given)).toEqual(
          matchesOf(new RegExp(source, 'gi'), given),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves every pattern of ours as it takes its examples, in either case', () => {
    const draw = (_: unknown, length: number): string =>
      'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8'.repeat(20).slice(0, length);
    for (const { pattern, foldsCase, example } of DETECTORS) {
      expect(pattern.ignoreCase).toBe(false);
      if (!foldsCase) continue;
      const text = example(draw);
      for (const given of [text, text.toUpperCase(), text.toLowerCase()])
        expect(matchesOf(new RegExp(pattern.source, 'g'), given)).toEqual(
          matchesOf(new RegExp(pattern.source, 'gi'), given),
        );
    }
  });
});
