/** The evaluator against the real Node: wherever it claims to know, it says what Node computed. */
import { describe, expect, test } from '@jest/globals';
import { runDifferential } from '../test/differential/differential.ts';

/** The share of unknown values where every variable is known and nothing foreign is called. */
const MAX_UNDECIDED = 0.03;

describe('random programs', () => {
  test.each([[11], [12]])(
    'seed %i',
    async (seed) => {
      const { failures, known } = await runDifferential(seed, 700);
      expect(
        failures.map(({ message, program }) => `${message}\n${Object.values(program.files).join('\n')}`),
      ).toEqual([]);
      expect(known.undecided / (known.known + known.undecided)).toBeLessThan(MAX_UNDECIDED);
    },
    240_000,
  );
});
