import { expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import fc from 'fast-check';
import { keyOfAnswer, listingOf } from './traced.ts';

/** A path whose bytes are not UTF-8, and texts that it could be taken for. */
const ODD = '\udc80/arkos.config.ts';
const LIKE_IT = [
  ODD,
  '\udc81/arkos.config.ts',
  '\ufffd/arkos.config.ts',
  JSON.stringify(ODD),
  JSON.stringify(ODD).slice(1, -1),
  Buffer.from(ODD).toString('hex'),
];

const keysOf = (path: string): (string | null)[] => {
  const snapshot = memorySnapshot({ [path]: '' });
  return [listingOf(snapshot), keyOfAnswer('', snapshot, [path])];
};

test('no two paths have one listing, or name one answer', () => {
  const keys = LIKE_IT.flatMap(keysOf);
  expect(new Set(keys).size).toBe(2 * LIKE_IT.length);
});

test('however odd the paths are', () => {
  const name = fc.string({
    unit: fc.constantFrom('\udc80', '\udcff', '\ufffd', '"', '\\', 'u', '8', '0', '/', '😀'),
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(name, name, (one, other) => {
      fc.pre(one !== other);
      const [ofOne, ofOther] = [keysOf(one), keysOf(other)];
      for (const [index, key] of ofOne.entries()) expect(key).not.toBe(ofOther[index]);
    }),
    { examples: [[ODD, JSON.stringify(ODD)]] },
  );
});
