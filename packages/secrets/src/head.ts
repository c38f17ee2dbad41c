/**
 * What must stand round a keyword before anything looks closer: cheap tests on bytes, each letting through more
 * than the pattern behind it would, never less. Detectors and the engine's literals share them.
 */

/**
 * `any`: nothing more. `run`: so many bytes of a set of classes follow. `name`: something that could be a value
 * follows. `url`: an `@` before white space or a slash; `credentials`: a colon before that. `pem`: `PRIVATE` follows soon. `json`, `npmrc`: nothing, but
 * only in such a file. `aws`: an assignment of 40 characters.
 */
export type HeadKind = 'any' | 'run' | 'name' | 'url' | 'credentials' | 'pem' | 'json' | 'npmrc' | 'aws';

export interface Head {
  readonly kind: HeadKind;
  /** For `run`: how many bytes, of which classes. For `name`: the least length of a value. */
  readonly run?: number;
  readonly classes?: number;
  /** The keyword must not stand in the middle of a word. */
  readonly starts?: boolean;
}

/** Byte classes, as bits. */
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
const WHITE = 1024;
const STOP = 2048;
const SIGN = 4096;
export const ANY_HEX = DIGIT | HEX_LOWER | HEX_UPPER;
export const ALNUM = ANY_HEX | LOWER | UPPER;
const NAME = ALNUM | UNDERSCORE;

const CLASS_OF = Uint16Array.from({ length: 256 }, (_, byte) => classOf(String.fromCharCode(byte)));

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

/** Whether no word runs into byte `at`; the `n` of a written-out `\\n` and the digits of `%3D` are none. */
export function startsWord(text: Uint8Array, at: number): boolean {
  if (at === 0 || (CLASS_OF[text[at - 1]!]! & (ALNUM | UNDERSCORE)) === 0) return true;
  return (
    text[at - 2] === BACKSLASH || (text[at - 3] === PERCENT && (CLASS_OF[text[at - 1]!]! & ANY_HEX) !== 0)
  );
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;

/** Whether the text from `end` on (and the path) bears out a keyword that ends there. */
export function confirmHead(head: Head, path: string, text: Uint8Array, end: number): boolean {
  switch (head.kind) {
    case 'any':
      return true;
    case 'run':
      return hasRun(text, end, head.run ?? 1, head.classes ?? ALNUM);
    case 'name':
      return mayAssign(text, end, head.run ?? 6);
    case 'url':
      return hasUserInfo(text, end, false);
    case 'credentials':
      return hasUserInfo(text, end, true);
    case 'pem':
      return Buffer.from(text.subarray(end, end + 48)).includes('PRIVATE');
    case 'json':
      return path.endsWith('.json');
    case 'npmrc':
      return path.endsWith('.npmrc');
    case 'aws':
      return isFortyAssigned(text, end);
  }
}

function hasRun(text: Uint8Array, from: number, run: number, classes: number): boolean {
  const to = from + run;
  if (to > text.length) return false;
  for (let at = from; at < to; at += 1) if ((CLASS_OF[text[at]!]! & classes) === 0) return false;
  return true;
}

/** How far behind a name its value begins at the latest: an operator, a quote, one of the next two lines. */
const NAME_REACH = 80;
/** Bytes of a name behind the keyword in it. */
const LONGEST_REST = 64;
/** A token without a digit changes between capitals and small letters more often than a name does. */
const MANY_TURNS = 6;

/**
 * A value is a run of at least `least` bytes without quotes and brackets and with a digit in it (a short one: a
 * digit or a sign) or with many turns of case, or one of more than twice that length.
 */
function mayAssign(text: Uint8Array, from: number, least: number): boolean {
  const { length: end } = text;
  const mixing = least < 8 ? DIGIT | SIGN | DASH | BASE64_SIGN : DIGIT;
  let at = from;
  // The name's own rest is no value; a keyword that ends in a space or a sign has none.
  if ((CLASS_OF[text[from - 1] ?? 0]! & NAME) !== 0) {
    const longest = Math.min(end, from + LONGEST_REST);
    while (at < longest && (CLASS_OF[text[at]!]! & NAME) !== 0) at += 1;
  }
  const latest = at + NAME_REACH;
  let lines = 0;
  let length = 0;
  let turns = 0;
  let last = 0;
  for (; at < end; at += 1) {
    const byteClass = CLASS_OF[text[at]!]!;
    if ((byteClass & (WHITE | STOP)) !== 0) {
      if (at > latest) return false;
      length = 0;
      turns = 0;
      if (text[at] === 10 && (lines += 1) > 2) return false;
      continue;
    }
    length += 1;
    const letterCase = byteClass & (HEX_UPPER | UPPER);
    if ((byteClass & mixing) !== 0) turns = MANY_TURNS;
    else if ((letterCase === 0) !== (last === 0)) turns += 1;
    last = letterCase;
    if (length > 2 * least + 2 || (turns >= MANY_TURNS && length >= least)) return true;
  }
  return false;
}

/** No white space and no slash before an `@`, as in `user:password@host`. */
function hasUserInfo(text: Uint8Array, from: number, needsColon: boolean): boolean {
  const to = Math.min(text.length, from + 1300);
  let hasColon = false;
  for (let at = from; at < to; at += 1) {
    const byte = text[at]!;
    if (byte === 0x40) return hasColon || !needsColon;
    if (byte === 0x3a) hasColon = true;
    else if (byte <= 0x20 || byte === 0x2f) return false;
  }
  return false;
}

function isFortyAssigned(text: Uint8Array, from: number): boolean {
  let at = from + skip(text, from, isQuote, 1);
  at += skip(text, at, isWhite);
  const operator = skip(text, at, (byte) => byte >= 0x3a && byte <= 0x3e, 2);
  if (operator === 0) return false;
  at += operator;
  at += skip(text, at, isWhite);
  at += skip(text, at, isQuote, 1);
  return hasRun(text, at, 40, ALNUM | BASE64_SIGN | EQUALS);
}

function skip(text: Uint8Array, from: number, isIn: (byte: number) => boolean, most = Infinity): number {
  let at = from;
  while (at < text.length && at - from < most && isIn(text[at]!)) at += 1;
  return at - from;
}

/** White space beyond ASCII takes several bytes, all of them above 0x7f. */
const isWhite = (byte: number): boolean => byte <= 0x20 || byte > 0x7f;
const isQuote = (byte: number): boolean => byte === 0x22 || byte === 0x27;
