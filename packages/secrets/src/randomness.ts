/**
 * How much a text looks drawn at random rather than written by a person: the bits it costs in a model of
 * written names and words, less the bits it costs when every character is drawn alike.
 */
import { LETTER_PAIRS } from './letter-pairs.generated.ts';
import { isMonotone, isPlaceholder } from './placeholder.ts';

const SYMBOLS = 29;
const DIGIT = 26;
const PUNCTUATION = 27;
const OTHER = 28;

/** Half bits by (first, second) symbol. */
export const PAIRS = Uint8Array.from(LETTER_PAIRS, (digit) => Number.parseInt(digit, 36));

/**
 * Bits of evidence that a text was drawn: about +2 for each character of a random token, -1 for each letter
 * of a word. Zero for digits alone, which say nothing.
 */
export function drawnBits(text: string): number {
  if (text.length < 4 || /^[\d.,:_-]+$/.test(text)) return 0;
  return writtenBits(text) - text.length * bitsPerCharacter(text);
}

function writtenBits(text: string): number {
  let bits = 4;
  let last = PUNCTUATION;
  let lastCase: Case = Case.none;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const symbol = symbolOf(code);
    bits += PAIRS[last * SYMBOLS + symbol]! / 2 + WITHIN[Math.max(0, symbol - DIGIT + 1)]!;
    const letterCase = symbol < DIGIT ? (code < 91 ? Case.upper : Case.lower) : Case.none;
    bits += CASE_BITS[lastCase * 3 + letterCase]!;
    lastCase = letterCase;
    last = symbol;
  }
  return bits;
}

/** What choosing one of a symbol's characters costs: a letter nothing, a digit log2(10)... */
const WITHIN = [0, 3.3, 2, 4];

const Case = { none: 0, lower: 1, upper: 2 } as const;
type Case = (typeof Case)[keyof typeof Case];

/** By (before, now): a hump of camelCase is cheap, a capital in the middle of capitals too, a lone small letter is not. */
export const CASE_BITS = [0, 0.3, 1.5, 0, 0.15, 3.3, 0, 1.2, 0.7];

function symbolOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 48 && code <= 57) return DIGIT;
  return code === 95 || code === 45 || code === 46 || code === 47 ? PUNCTUATION : OTHER;
}

function bitsPerCharacter(text: string): number {
  if (/^[0-9a-f-]+$/.test(text) || /^[0-9A-F-]+$/.test(text)) return 4;
  const isOneCase = !/[a-z]/.test(text) || !/[A-Z]/.test(text);
  if (isOneCase) return /[^0-9A-Za-z]/.test(text) ? 5.4 : 5.17;
  return /[^0-9A-Za-z]/.test(text) ? 6.1 : 5.95;
}

/** What a token with its provider's prefix must be at least: no run, no placeholder, not few characters over and over. */
export function isDrawn(text: string): boolean {
  const distinct = new Set(text).size;
  if (distinct < Math.min(8, text.length / 2.5)) return false;
  return !isMonotone(text) && !/example|xxxx|\.\.\.|\*\*\*|your[-_]|placeholder|dummy|redacted/i.test(text);
}

/** Whether a value under a secret's name looks like one that is in use. */
export function isRandom(value: string): boolean {
  if (value.length < 8 || /\s/.test(value) || isPlaceholder(value)) return false;
  return isDrawn(value) && drawnBits(value) >= 8;
}
