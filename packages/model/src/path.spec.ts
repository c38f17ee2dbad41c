import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodePath, encodePath, isUtf8Path, hashablePath, quotePath } from './path.ts';

describe('paths', () => {
  test('any bytes survive the way there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(Buffer.from(encodePath(decodePath(bytes)))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test('different bytes are different strings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (a, b) => {
        expect(decodePath(a) === decodePath(b)).toBe(Buffer.compare(a, b) === 0);
      }),
    );
  });

  test('valid UTF-8 reads as it is, a BOM included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const decoded = decodePath(Buffer.from(`\u{feff}${text}`, 'utf8'));
        expect(decoded).toBe(`\u{feff}${text}`);
        expect(isUtf8Path(decoded)).toBe(true);
      }),
    );
  });

  test('different bytes hash apart', () => {
    const hashed = (bytes: Uint8Array): string =>
      Buffer.from(hashablePath(decodePath(bytes))).toString('hex');
    const bytes = fc.uint8Array({ min: 0x2e, max: 0xff, maxLength: 6 });
    const odd = Buffer.from([0x80]);
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(hashed(a) === hashed(b)).toBe(Buffer.compare(a, b) === 0);
      }),
      {
        examples: [
          [odd, Buffer.from([0x81])],
          [odd, Buffer.from('/80')],
        ],
      },
    );
  });

  test('odd bytes are told apart', () => {
    expect(isUtf8Path(decodePath(Buffer.from([0x61, 0xff])))).toBe(false);
  });

  test.each([
    ['src/a b.ts', 'src/a b.ts'],
    ['naïve/日本.ts', 'naïve/日本.ts'],
    ['a\nb', String.raw`"a\nb"`],
    ['a"b\\c', String.raw`"a\"b\\c"`],
    ['\u001b[31mred', String.raw`"\033[31mred"`],
    ['\u202egnp.exe', String.raw`"\342\200\256gnp.exe"`],
    [decodePath(Buffer.from([0x61, 0xff, 0x62])), String.raw`"a\377b"`],
  ])('%j is printed as %s', (path, printed) => {
    expect(quotePath(path)).toBe(printed);
  });
});
