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

/** The class of a character of Latin-1. */
export function classOf(char: string): number {
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
