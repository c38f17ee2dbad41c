/**
 * Compiled (`compile-kernel.ts`): what must stand round a keyword before anything looks closer. Cheap tests on bytes,
 * each letting through more than the pattern behind it would, never less.
 */
import { ALNUM, ANY_HEX, BASE64_SIGN, EQUALS, UNDERSCORE } from '../byte-class.ts';
import { NEW_LINE, PERCENT, SLASH, COLON, AT_SIGN, BACKSLASH } from './bytes.ts';
import { BYTE_CLASSES, HEADS, PRIVATE_KEY, RECORDS, SPELLINGS } from './data.generated.ts';
import {
  ANY,
  ASSIGNED,
  AWS,
  BESIDE,
  CREDENTIALS,
  JSON_FILE,
  NEAR,
  NPMRC,
  PEM,
  PEM_BODY,
  RUN,
  SPACED,
  ENGINES,
  GOES_ON,
  OURS,
  PATH_KINDS,
  TEXT,
  TEXT_END,
  TEXT_START,
} from './layout.ts';
import { IS_CODE, IS_JSON, IS_NPMRC } from '../path-kinds.ts';
import { i32, keep, u16, u8 } from './memory.ts';
import { isAssigned, isBeside, isSpaced } from './names.ts';

/** Looks at a keyword from `at` to `end` and tells of it if its surroundings bear it out. */
export function confirmKeyword(keyword: number, at: number, end: number): void {
  const record = RECORDS + keyword * 4;
  // What turns most down at one look.
  if (end < i32[TEXT_END]! && (u16[BYTE_CLASSES + u8[end]!]! & u16[record + 1]!) === 0) return;
  let head = HEADS + u16[record + 2]!;
  const last = head + u16[record + 3]! * 6;
  if (head === last) {
    keep(keyword, at - TEXT, ENGINES);
    return;
  }
  let isOurs = false;
  for (; head < last; head += 6) {
    const isEngine = u16[head + 1] === 1;
    if (!isEngine && isOurs) continue;
    if (u16[head + 5] === 1 && !startsWord(at)) continue;
    const spelling = u16[head + 2]!;
    if (spelling !== 0 && !stands(SPELLINGS + spelling, at, end - at)) continue;
    if (!confirmHead(u16[head]!, u16[head + 3]!, u16[head + 4]!, end)) continue;
    if (isEngine) keep(keyword, at - TEXT, ENGINES);
    else isOurs = true;
  }
  if (isOurs) keep(keyword, at - TEXT, OURS);
}

/** Whether some bytes of the data stand at a place of the text. */
function stands(data: number, at: number, length: number): boolean {
  if (at + length > i32[TEXT_END]!) return false;
  for (let index = 0; index < length; index += 1) if (u8[data + index] !== u8[at + index]!) return false;
  return true;
}

/** Whether no word runs into byte `at`; the `n` of a written-out `\\n` and the digits of `%3D` are none. */
function startsWord(at: number): boolean {
  const start = i32[TEXT_START]!;
  if (at === start || (u16[BYTE_CLASSES + u8[at - 1]!]! & (ALNUM | UNDERSCORE)) === 0) return true;
  if (at - 2 >= start && u8[at - 2] === BACKSLASH) return true;
  return at - 3 >= start && u8[at - 3] === PERCENT && (u16[BYTE_CLASSES + u8[at - 1]!]! & ANY_HEX) !== 0;
}

/** Whether the text from `end` on (and the path) bears out a keyword that ends there. */
function confirmHead(kind: number, run: number, classes: number, end: number): boolean {
  if (kind === RUN) return hasRun(end, run, classes);
  if (kind === ASSIGNED) return isAssigned(end, run, (i32[PATH_KINDS]! & IS_CODE) !== 0);
  if (kind === NEAR) return isNear(end, run, classes);
  if (kind === SPACED) return isSpaced(end, run);
  if (kind === BESIDE) return isBeside(end, run, classes);
  if (kind === ANY) return true;
  if (kind === PEM) return isPem(end);
  if (kind === PEM_BODY) return hasPemBody(end);
  if (kind === JSON_FILE) return (i32[PATH_KINDS]! & IS_JSON) !== 0;
  if (kind === NPMRC) return (i32[PATH_KINDS]! & IS_NPMRC) !== 0;
  if (kind === AWS) return isFortyAssigned(end);
  return hasUserInfo(end, kind === CREDENTIALS);
}

/** Whether so many bytes of a set of classes stand from a place on. */
function hasRun(from: number, run: number, classes: number): boolean {
  const to = from + run;
  if (to > i32[TEXT_END]!) return false;
  for (let at = from; at < to; at += 1) if ((u16[BYTE_CLASSES + u8[at]!]! & classes) === 0) return false;
  return true;
}

/** Bytes on the rest of a line that are looked at. */
const LINE_REACH = 200;

/**
 * The same somewhere on the rest of the line. A byte of no class tells that no run holds it, so that of each run that
 * could be one byte is looked at, the last, before the others.
 */
function isNear(from: number, run: number, classes: number): boolean {
  const to = leastOf(i32[TEXT_END]!, from + LINE_REACH);
  let start = from;
  let last = from + run - 1;
  while (last < to) {
    let at = last;
    while (at >= start && (u16[BYTE_CLASSES + u8[at]!]! & classes) !== 0) at -= 1;
    if (at < start) return !hasLineEnd(from, start);
    start = at + 1;
    last = at + run;
  }
  return false;
}

function hasLineEnd(from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (u8[at] === NEW_LINE) return true;
  return false;
}

export function leastOf(first: number, second: number): number {
  return first < second ? first : second;
}

/** `PRIVATE` follows soon. */
function isPem(from: number): boolean {
  for (let at = from; at <= from + 48 - PRIVATE_LENGTH; at += 1)
    if (stands(PRIVATE_KEY, at, PRIVATE_LENGTH)) return true;
  return false;
}

/** Parts of `PRIVATE KEY BLOCK-----`. */
const PRIVATE_LENGTH = 7;
const PRIVATE_KEY_LENGTH = 11;
const BLOCK_LENGTH = 6;
const DASHES_LENGTH = 5;

/** What an encoded body is at least, line ends and escapes included. */
const PEM_LENGTH = 100;

function hasPemBody(from: number): boolean {
  for (let label = from + 16; label >= from; label -= 1) {
    if (!stands(PRIVATE_KEY, label, PRIVATE_KEY_LENGTH)) continue;
    const end = label + PRIVATE_KEY_LENGTH;
    const dashes = stands(PRIVATE_KEY + PRIVATE_KEY_LENGTH, end, BLOCK_LENGTH) ? end + BLOCK_LENGTH : end;
    if (stands(PRIVATE_KEY + PRIVATE_KEY_LENGTH + BLOCK_LENGTH, dashes, DASHES_LENGTH))
      return isEncodedBody(dashes + DASHES_LENGTH);
  }
  return false;
}

function isEncodedBody(from: number): boolean {
  if (from + PEM_LENGTH > i32[TEXT_END]!) return false;
  for (let at = from; at < from + PEM_LENGTH; at += 1) {
    const byte = u8[at]!;
    const isBase64 = (u16[BYTE_CLASSES + byte]! & (ALNUM | BASE64_SIGN | EQUALS)) !== 0;
    if (!isBase64 && !isBlank(byte) && byte !== BACKSLASH) return false;
  }
  return true;
}

/** White space beyond ASCII takes several bytes, all of them above 0x7f. */
function isBlank(byte: number): boolean {
  return byte <= 0x20 || byte > 0x7f;
}

/** No white space and no slash before an `@`, as in `user:password@host`; the engine takes users with an `@` for users. */
function hasUserInfo(from: number, needsColon: boolean): boolean {
  const to = leastOf(i32[TEXT_END]!, from + LONGEST_USER_INFO);
  let hasColon = false;
  for (let at = from; at < to; at += 1) {
    const byte = u8[at]!;
    if (byte === AT_SIGN && (hasColon || !needsColon)) return true;
    if (byte === COLON) hasColon = true;
    else if (byte <= 0x20 || byte === SLASH) return false;
  }
  return false;
}

const LONGEST_USER_INFO = 1300;

/** An assignment of 40 characters. White space round its sign may reach out of what is in memory, where none is denied. */
function isFortyAssigned(from: number): boolean {
  const sign = afterBlanks(afterQuote(from));
  let at = sign;
  while (at < leastOf(i32[TEXT_END]!, sign + 2) && u8[at]! >= 0x3a && u8[at]! <= 0x3e) at += 1;
  const value = afterQuote(afterBlanks(at));
  if (value + 40 > i32[TEXT_END]! && i32[GOES_ON] !== 0) return true;
  return at > sign && hasRun(value, 40, ALNUM | BASE64_SIGN | EQUALS);
}

function afterQuote(at: number): number {
  return at < i32[TEXT_END]! && (u8[at] === 0x22 || u8[at] === 0x27) ? at + 1 : at;
}

function afterBlanks(from: number): number {
  let at = from;
  while (at < i32[TEXT_END]! && isBlank(u8[at]!)) at += 1;
  return at;
}
