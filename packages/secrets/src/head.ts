/**
 * What must stand round a keyword before anything looks closer: cheap tests on bytes, each letting through more
 * than the pattern behind it would, never less. Detectors and the engine's literals share them.
 */

import { ALNUM, ANY_HEX, BASE64_SIGN, CLASS_OF, EQUALS, UNDERSCORE, hasRun, isNear } from './byte-class.ts';

import { isCodeFile } from './code-file.ts';
import { isAssigned, isBeside, isSpaced } from './name-head.ts';

/**
 * `any`: nothing more. `run`: so many bytes of a set of classes follow; `near`: they stand on the rest of the line. `assigned`:
 * the value a name is given could be a secret; `beside`: the same, on one line and behind a sign; `spaced`: behind white
 * space or a dash. `url`: an `@` before white space or a slash; `credentials`: a colon before
 * that. `pem`: `PRIVATE` follows soon; `pem-body`: and then nothing but base64. `json`, `npmrc`: nothing, but only in such a file. `aws`: an assignment of 40
 * characters.
 */
export type HeadKind =
  | 'any'
  | 'run'
  | 'near'
  | 'assigned'
  | 'beside'
  | 'spaced'
  | 'url'
  | 'credentials'
  | 'pem'
  | 'pem-body'
  | 'json'
  | 'npmrc'
  | 'aws';

export interface Head {
  readonly kind: HeadKind;
  /** For `run` and `near`: how many bytes, of which classes. For the kinds of names: the least length of a value. */
  readonly run?: number;
  readonly classes?: number;
  /** The keyword must not stand in the middle of a word. */
  readonly starts?: boolean;
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
    case 'near':
      return isNear(text, end, head.run ?? 1, head.classes ?? ALNUM);
    case 'assigned':
      return isAssigned(text, end, head.run ?? 6, isCodeFile(path));
    case 'beside':
      return isBeside(text, end, head.run ?? 6);
    case 'spaced':
      return isSpaced(text, end, head.run ?? 6);
    case 'url':
      return hasUserInfo(text, end, false);
    case 'credentials':
      return hasUserInfo(text, end, true);
    case 'pem':
      return Buffer.from(text.subarray(end, end + 48)).includes('PRIVATE');
    case 'pem-body':
      return hasPemBody(text, end);
    case 'json':
      return path.endsWith('.json');
    case 'npmrc':
      return path.endsWith('.npmrc');
    case 'aws':
      return isFortyAssigned(text, end);
  }
}

/** What an encoded body is at least, line ends and escapes included. */
const PEM_BODY = 100;

function hasPemBody(text: Uint8Array, from: number): boolean {
  const label = Buffer.from(text.subarray(from, from + 64)).toString('latin1');
  const [before] = /^.{0,16}PRIVATE KEY(?: BLOCK)?-----/s.exec(label) ?? [];
  if (before === undefined) return false;
  const start = from + before.length;
  if (start + PEM_BODY > text.length) return false;
  for (let at = start; at < start + PEM_BODY; at += 1) {
    const byte = text[at]!;
    if ((CLASS_OF[byte]! & (ALNUM | BASE64_SIGN | EQUALS)) === 0 && !isWhite(byte) && byte !== BACKSLASH)
      return false;
  }
  return true;
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
