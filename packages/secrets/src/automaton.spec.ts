import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KEYWORDS } from './automaton.generated.ts';
import { automatonSource } from './automaton-source.ts';
import { findKeywords } from './automaton.ts';
import { DETECTORS } from './detectors/index.ts';

const placesByAutomaton = (bytes: Uint8Array): string[] => {
  const places: string[] = [];
  findKeywords(bytes, {
    see(keyword, end) {
      places.push(`${end - KEYWORDS[keyword]!.length} ${KEYWORDS[keyword]!}`);
    },
  });
  return places.toSorted();
};

const placesByHand = (bytes: Buffer): string[] => {
  const text = bytes.toString('latin1').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const places: string[] = [];
  for (const keyword of KEYWORDS) {
    for (let at = text.indexOf(keyword); at !== -1; at = text.indexOf(keyword, at + 1))
      places.push(`${at} ${keyword}`);
  }
  return places.toSorted();
};

describe('the automaton', () => {
  test('is the one the detectors and the engine ask for', () => {
    const strip = (text: string): string => text.replaceAll(/[\s,;'"`\\]/g, '');
    const written = readFileSync(new URL('automaton.generated.ts', import.meta.url), 'utf8');
    // As a boolean: a difference of two tables tells nobody anything.
    expect(strip(written) === strip(automatonSource(DETECTORS))).toBe(true);
  });

  test('finds every keyword, each once, in texts of any length', () => {
    const piece = fc.oneof(
      fc.constantFrom(...KEYWORDS),
      fc.constantFrom(...KEYWORDS).map((keyword) => keyword.toUpperCase()),
      fc.constantFrom(...KEYWORDS).map((keyword) => keyword.slice(0, -1)),
      fc.string({ maxLength: 40 }),
      fc.nat(300).map((length) => ' '.repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''), 'utf8');
        expect(placesByAutomaton(bytes)).toEqual(placesByHand(bytes));
      }),
      { numRuns: 150 },
    );
  });

  test('finds a keyword across the places where lanes and chunks meet', () => {
    const chunk = 1 << 17;
    const keyword = KEYWORDS.find(({ length }) => length > 12) ?? '';
    for (const size of [600, 601, chunk - 1, chunk, chunk + 1, chunk + 300, 2 * chunk + 77]) {
      const meetings = [
        0,
        size >> 2,
        size >> 1,
        (3 * size) >> 2,
        chunk,
        chunk >> 2,
        chunk >> 1,
        chunk + (chunk >> 1),
        size - keyword.length,
      ];
      for (const meeting of meetings) {
        for (const shift of [-keyword.length, -7, -1, 0, 1]) {
          const at = Math.min(Math.max(0, meeting + shift), size - keyword.length);
          const bytes = Buffer.alloc(size, ' ');
          bytes.write(keyword, at, 'latin1');
          expect(placesByAutomaton(bytes)).toContain(`${at} ${keyword}`);
        }
      }
    }
  });
});
