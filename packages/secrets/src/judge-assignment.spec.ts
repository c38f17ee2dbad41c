/** What is turned down early would be turned down in the end. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ASSIGNMENT } from './detectors/assignment.ts';
import { isInUse, isSecretValue } from './judge-assignment.ts';

const assigned = ASSIGNMENT.find(({ id }) => id === 'assigned-secret')!;

const name = fc.constantFrom(
  'password',
  'DB_PASSWORD',
  'JWT_SECRET',
  'apiKey',
  'token',
  'salt',
  'sessionKey',
  'pass',
  'auth',
);
const operator = fc.constantFrom('=', ': ', ' = ', '(', ', ', ' => ', ' ');
const quote = fc.constantFrom('', "'", '"');
const path = fc.constantFrom(
  'src/app.ts',
  '.env',
  'config.yaml',
  'test/app.ts',
  'README.md',
  'docs/a.json',
  'a.d.ts',
);
const before = fc.constantFrom('', 'const ', ' * see ', '?x=1&', '--', 'ENV ');
const hex = '0123456789abcdef';
const value = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.&=%#$'),
    minLength: 6,
    maxLength: 48,
  }),
  fc
    .array(fc.constantFrom('harbour', 'Tide', '2024', '-', '_', 'x7', 'Qz', '9', 'pilot', '1234'), {
      minLength: 2,
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
  fc
    .constantFrom(32, 40, 64)
    .chain((length) => fc.string({ unit: fc.constantFrom(...hex), minLength: length, maxLength: length })),
  fc.uuid(),
);

it('turns down early only what would be turned down in the end', () => {
  const counts = { kept: 0, refused: 0 };
  fc.assert(
    fc.property(before, name, operator, quote, value, path, (start, word, sign, mark, given, file) => {
      const text = `${start}${word}${sign}${mark}${given}${mark}\n`;
      for (const letter of text.matchAll(/[A-Za-z]/g)) {
        assigned.pattern.lastIndex = letter.index;
        const match = assigned.pattern.exec(text);
        if (!match) continue;
        const found = { secret: given, match, before: text.slice(0, match.index), path: file };
        expect(isSecretValue(found)).toBe(isInUse(found));
        if (isInUse(found)) counts.kept += 1;
        else counts.refused += 1;
      }
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(counts.kept, counts.refused)).toBeGreaterThan(100);
});
