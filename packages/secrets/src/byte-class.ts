/** What kind of character a byte is, as bits, so that a set of kinds is a number. */
export const DIGIT = 1;
export const HEX_LOWER = 2;
export const LOWER = 4;
export const HEX_UPPER = 8;
export const UPPER = 16;
export const UNDERSCORE = 32;
export const DASH = 64;
export const DOT = 128;
export const BASE64_SIGN = 256;
export const EQUALS = 512;
export const WHITE = 1024;
/** Ends a value without quotes. */
export const STOP = 2048;
export const SIGN = 4096;
export const ANY_HEX = DIGIT | HEX_LOWER | HEX_UPPER;
export const ALNUM = ANY_HEX | LOWER | UPPER;
export const NAME = ALNUM | UNDERSCORE;

export const CLASS_OF = Uint16Array.from({ length: 256 }, (_, byte) => classOf(String.fromCharCode(byte)));

function classOf(char: string): number {
  if (/[0-9]/.test(char)) return DIGIT;
  if (/[a-f]/.test(char)) return HEX_LOWER;
  if (/[g-z]/.test(char)) return LOWER;
  if (/[A-F]/.test(char)) return HEX_UPPER;
  if (/[G-Z]/.test(char)) return UPPER;
  if (char === '_') return UNDERSCORE;
  if (char === '-') return DASH;
  if (char === '.') return DOT;
  if (/[+/]/.test(char)) return BASE64_SIGN;
  if (char === '=') return EQUALS;
  if (char.charCodeAt(0) <= 0x20) return WHITE;
  return /["'`,;<>(){}[\]\\|:]/.test(char) ? STOP : SIGN;
}

/** Whether so many bytes of a set of classes stand from a place on. */
export function hasRun(text: Uint8Array, from: number, run: number, classes: number): boolean {
  const to = from + run;
  if (to > text.length) return false;
  for (let at = from; at < to; at += 1) if ((CLASS_OF[text[at]!]! & classes) === 0) return false;
  return true;
}

/** Bytes on the rest of a line that are looked at. */
const NEAR = 200;

/** The same somewhere on the rest of the line. */
export function isNear(text: Uint8Array, from: number, run: number, classes: number): boolean {
  const to = Math.min(text.length, from + NEAR);
  let length = 0;
  for (let at = from; at < to; at += 1) {
    if ((CLASS_OF[text[at]!]! & classes) !== 0) {
      length += 1;
      if (length >= run) return true;
    } else if (text[at] === NEW_LINE) return false;
    else length = 0;
  }
  return false;
}

const NEW_LINE = 10;
