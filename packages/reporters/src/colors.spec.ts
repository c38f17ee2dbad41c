import { expect, test } from '@jest/globals';
import picocolors from 'picocolors';
import { createColors } from './colors.ts';
import type { Colors } from './colors.ts';

test.each([true, false])('what a package makes of the same words, coloured: %p', (isColored) => {
  const ours = createColors(isColored);
  const theirs: Colors = picocolors.createColors(isColored);
  const names = Object.keys(ours) as (keyof Colors)[];
  for (const outer of names)
    for (const inner of names) {
      const text = (colors: Colors): string =>
        colors[outer](`a ${colors[inner]('b')} c ${colors[inner]('')}`);
      expect(text(ours)).toBe(text(theirs));
    }
});
