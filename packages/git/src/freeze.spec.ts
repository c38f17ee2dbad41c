import { decodePath } from '@bulwark/model';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { comparePaths } from './freeze.ts';

const path = fc
  .array(fc.constantFrom(0x61, 0x2f, 0x80, 0xc2, 0xe2, 0xed, 0xef, 0xbf, 0xf0, 0x9f, 0x92, 0xa9, 0xff), {
    maxLength: 6,
  })
  .map((bytes) => Buffer.from(bytes));

test('paths are in the order of their bytes', () => {
  fc.assert(
    fc.property(path, path, (a, b) => {
      expect(Math.sign(comparePaths(decodePath(a), decodePath(b)))).toBe(Buffer.compare(a, b));
    }),
    { numRuns: 2000 },
  );
});
