import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDraw } from './draw.ts';
import { createScanner } from './index.ts';
import { toText } from './text.ts';

const scanner = createScanner();
const secretOf = (seed: string): string => `ghp_${createDraw(seed)('alnum', 36)}`;
const place = async (bytes: Uint8Array, path = 'deploy/values.txt') =>
  (await scanner.scan({ path, bytes })).hits.map(({ place: { line, column, endColumn } }) => [
    line,
    column,
    endColumn,
  ]);
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const join = (...parts: (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));

describe('a secret is found in its place in every encoding', () => {
  const secret = secretOf('text');
  const text = `first\r\n  key: "${secret}" # end\r\n`;
  const expected = [[2, 9, 9 + secret.length]];

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', join(new Uint8Array([0xef, 0xbb, 0xbf]), text)],
    ['UTF-16 LE with a mark', join(new Uint8Array([0xff, 0xfe]), Buffer.from(text, 'utf16le'))],
    ['UTF-16 BE with a mark', join(new Uint8Array([0xfe, 0xff]), swapped(text))],
    ['UTF-16 LE without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE without a mark', swapped(text)],
    ['Latin-1', join(new Uint8Array([0xe9, 0xe8]), text)],
    ['text behind NUL bytes', join(new Uint8Array([0, 1, 2, 0]), text)],
    ['text behind invalid UTF-8', join(new Uint8Array([0xc3, 0x28, 0xed, 0xa0, 0x80]), text)],
  ])('%s', async (_name, bytes) => {
    expect(await place(bytes)).toEqual(expected);
  });

  test('columns count UTF-16 units, and lines end at \\n alone', async () => {
    expect(await place(Buffer.from(`é𝄞 ${secret}`))).toEqual([[1, 5, 5 + secret.length]]);
    expect(await place(Buffer.from(`a\u2028b\rc\vd ${secret}`))).toEqual([[1, 9, 9 + secret.length]]);
  });

  test('the last byte of a file may be the secret’s', async () => {
    expect(await place(Buffer.from(secret))).toEqual([[1, 1, 1 + secret.length]]);
  });

  test('one secret has one fingerprint in every encoding', async () => {
    const prints = await Promise.all(
      [
        Buffer.from(text),
        join(new Uint8Array([0xff, 0xfe]), Buffer.from(text, 'utf16le')),
        swapped(text),
      ].map(async (bytes) =>
        (await scanner.scan({ path: 'a.txt', bytes })).hits.map(({ fingerprint }) => fingerprint),
      ),
    );
    expect(new Set(prints.flat()).size).toBe(1);
  });

  test('whatever bytes stand before, the place is where an editor puts it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (noise) => {
        fc.pre(toText(noise).length === noise.length);
        const bytes = join(noise, '\n ', secret, ' ');
        fc.pre(toText(bytes).length === bytes.length);
        const line = Buffer.from(noise).toString('utf8').split('\n').length + 1;
        expect(await place(bytes)).toEqual([[line, 2, 2 + secret.length]]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('toText', () => {
  test('never throws, and leaves what is not UTF-16 as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toText(bytes)).toBeInstanceOf(Buffer);
      }),
    );
    expect(toText(new Uint8Array())).toHaveLength(0);
  });

  test('a binary file with many NULs is no UTF-16', () => {
    const bytes = Buffer.alloc(1000);
    expect(toText(bytes)).toHaveLength(1000);
  });
});
