import { describe, expect, test } from '@jest/globals';
import { createDraw } from '../draw.ts';
import { formOf, hashOf } from '../pattern-form.ts';
import { CHECKED } from '../patterns.generated.ts';
import { prefilter } from '../prefilter.ts';
import { runDetectors } from '../run-detectors.ts';
import { DETECTORS } from './index.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => `seed ${index}`);
const ids = DETECTORS.map((detector) => [detector.id, detector] as const);

const idsIn = (path: string, text: string): string[] => {
  const bytes = Buffer.from(text);
  return runDetectors(path, bytes, prefilter(path, bytes)).found.map(({ detector }) => detector.id);
};

describe('every detector', () => {
  test('asks first, where it does, for a part of its own pattern: its beginning, or the secret', () => {
    const asking = DETECTORS.filter(({ core }) => core !== undefined);
    expect(asking.length).toBeGreaterThan(30);
    for (const { id, core, pattern, lead } of asking) {
      const asked = core!.source;
      const isPart = asked.startsWith('^')
        ? pattern.source.startsWith(asked.slice(1))
        : pattern.source.includes(`(?<secret>${asked})(?!`);
      expect({ id, isPart, lead, foldsCase: core!.ignoreCase }).toEqual({
        id,
        isPart: true,
        lead: 0,
        foldsCase: pattern.ignoreCase,
      });
    }
  });

  test('has a name of its own', () => {
    expect(new Set(DETECTORS.map(({ id }) => id)).size).toBe(DETECTORS.length);
  });

  test.each(ids)('%s has ASCII keywords and a title', (_id, { keywords, title }) => {
    for (const keyword of keywords) expect(keyword).toMatch(/^[\x20-\x7e]{2,40}$/);
    expect(title).toMatch(/^[A-Z0-9a-z].{3,60}$/);
  });

  test.each(ids)(
    '%s finds what it is made for, behind the prefilter and in any surroundings',
    (id, { example }) => {
      const missed: string[] = [];
      for (const seed of SEEDS) {
        const secret = example(createDraw(`${id} ${seed}`));
        for (const [before, after] of [
          ['', ''],
          ['\n# é\r\n  ', '\n'],
          ['x '.repeat(400), ` ${'y '.repeat(400)}`],
        ] as const) {
          if (!idsIn('deploy/values.txt', before + secret + after).includes(id)) missed.push(seed);
        }
      }
      // A drawn text may by chance look like a word or a placeholder.
      expect(missed.length).toBeLessThanOrEqual(3);
    },
  );

  test.each(ids)('%s is silent where every drawn character is the same', (id, { example }) => {
    const found = idsIn(
      'deploy/values.txt',
      example((_alphabet, length) => 'x'.repeat(length)),
    );
    expect(found.filter((each) => each === id)).toEqual([]);
  });

  test.each(ids)(
    '%s has a pattern the analyser of backtracking knows and does not fear',
    (_id, { pattern }) => {
      // Bounds and windows make a polynomial harmless; nothing makes an exponential one so.
      expect(['safe', 'polynomial']).toContain(CHECKED[hashOf(formOf(pattern.source))]);
    },
  );

  test.each(ids)('%s repeats nothing without a bound', (_id, { pattern }) => {
    const bare = pattern.source.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, 'c').replaceAll('c(?', '(?');
    expect(bare).not.toMatch(/[c)][*+]|\{\d+,\}/);
  });
});
