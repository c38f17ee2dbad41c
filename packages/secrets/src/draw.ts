/** Draws text from a seed, for examples and tests: the same seed, the same text. */
import { createHash } from 'node:crypto';
import type { Alphabet, Draw } from './detector.ts';

const CHARACTERS: Readonly<Record<Alphabet, string>> = {
  digit: '0123456789',
  hex: '0123456789abcdef',
  anyhex: '0123456789abcdefABCDEF',
  lower: '0123456789abcdefghijklmnopqrstuvwxyz',
  upper: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  alnum: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  word: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_',
  url: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-',
  base64: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/',
  dotted: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.',
  opaque: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.~+/',
};

/** A drawing hand; each text it gives is another. Texts begin and end with a letter or digit. */
export function createDraw(seed: string): Draw {
  let count = 0;
  const drawn = (characters: string, length: number): string => {
    let text = '';
    while (text.length < length) {
      count += 1;
      for (const byte of createHash('sha256').update(`${seed} ${count}`).digest()) {
        text += characters[byte % characters.length]!;
      }
    }
    return text.slice(0, length);
  };
  return (alphabet, length) => {
    const text = drawn(CHARACTERS[alphabet], length);
    const edge = CHARACTERS[alphabet].replaceAll(/[^0-9A-Za-z]/g, '');
    if (length < 2) return drawn(edge, length);
    return drawn(edge, 1) + text.slice(1, -1) + drawn(edge, 1);
  };
}
