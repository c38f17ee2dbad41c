/**
 * Compiled (`compile-kernel.ts`): whether a name is followed by what could be its value, read on bytes, letting through
 * more than the patterns do.
 */
import {
  ALNUM,
  BASE64_SIGN,
  DASH,
  DIGIT,
  DOT,
  EQUALS,
  NAME,
  SIGN,
  STOP,
  UNDERSCORE,
  WHITE,
} from '../byte-class.ts';
import {
  AMPERSAND,
  TAB,
  NEW_LINE,
  SPACE,
  OPENING,
  CLOSING,
  PLUS,
  MINUS,
  SLASH,
  COLON,
  EQUALS_SIGN,
  BACKSLASH,
  CLOSING_BRACKET,
  BACK_TICK,
} from './bytes.ts';
import { BYTE_CLASSES, VALUE_WORDS } from './data.generated.ts';
import { isDrawn } from './drawn.ts';
import { TEXT_END } from './layout.ts';
import { i32, u16, u8 } from './memory.ts';

/** How far behind a name its value begins at the latest: an operator, a quote, one of the next two lines. */
const NAME_REACH = 80;
/** Shorter values are passwords, and stand in quotes. */
const SHORT = 8;

/** What a pattern allows of a name behind the keyword in it, and between that and the value. */
const LONGEST_TAIL = 40;
const LONGEST_GAP = 40;

/**
 * Patterns of assignments: the name's rest, up to two more words, signs, at most three more words of a kind that
 * stands before a value (`: string =`, `is`, `new Key(`, `value=`, `Bearer`), then the value, in quotes or bare.
 */
export function isAssigned(from: number, least: number, isCode: boolean): boolean {
  const end = i32[TEXT_END]!;
  let at = skipClasses(from, LONGEST_TAIL, NAME | DOT | DASH | DOLLAR);
  const nameEnd = at;
  const latest = at + NAME_REACH;
  let lines = 0;
  let words = 0;
  let hasSign = false;
  let isQuoted = false;
  while (at < end && at <= latest) {
    const byte = u8[at]!;
    const byteClass = u16[BYTE_CLASSES + byte]!;
    if ((byteClass & (WHITE | STOP)) !== 0) {
      if (byte === NEW_LINE) {
        lines += 1;
        if (lines > 2) return false;
      }
      if (endsName(byte) || (byte === BACK_TICK && !hasSign && words === 0 && at > nameEnd)) return false;
      const opens = isQuote(byte);
      if (opens) isQuoted = true;
      else if (byteClass === STOP && byte !== BACKSLASH) hasSign = true;
      if (byteClass === STOP && !opens) isQuoted = false;
      at += 1;
      continue;
    }
    if (beginsUrl(at)) return false;
    if (at === nameEnd && byte !== EQUALS_SIGN && byte !== PLUS) return false;
    const stop = isQuoted ? runEnd(at, true) : bareEnd(at);
    if (isQuoted || !isCode) {
      if (mayBeValue(at, stop, isQuoted || least > SHORT ? least : SHORT, least < SHORT)) return true;
    } else if (mayBeToken(at, stop)) return true;
    const next = runEnd(at, false);
    const bridge = bridgeOf(at, next, hasSign);
    if (bridge === NO_BRIDGE) return false;
    if (bridge === SIGNS) hasSign = true;
    else {
      words += 1;
      if (words > MOST_WORDS) return false;
    }
    at = next;
  }
  return false;
}

/** A value in code without quotes is an expression, unless it is long and holds three digits. */
function mayBeToken(from: number, to: number): boolean {
  if (to - from < 16) return false;
  if (to - from >= LONGEST_RUN) return true;
  let digits = 0;
  for (let at = from; at < to; at += 1) if (u16[BYTE_CLASSES + u8[at]!] === DIGIT) digits += 1;
  return digits >= 3;
}

/** Signs that stand nowhere between a name and its value. */
function endsName(byte: number): boolean {
  if (byte === 0x3b || byte === CLOSING || byte === 0x7b || byte === 0x7d) return true;
  return byte === 0x5b || byte === 0x2e;
}

const MOST_WORDS = 5;
const DOLLAR = SIGN;

/** `https://…` is an address; those that hold a password are another detector's. */
function beginsUrl(from: number): boolean {
  for (let at = from; at < from + LONGEST_SCHEME; at += 1)
    if (u8[at] === COLON) return u8[at + 1] === SLASH && u8[at + 2] === SLASH;
  return false;
}

const LONGEST_SCHEME = 8;

/** In quotes a value may hold what ends one without. */
function runEnd(from: number, isQuoted: boolean): number {
  const latest = from + LONGEST_RUN;
  const to = latest < i32[TEXT_END]! ? latest : i32[TEXT_END]!;
  let at = from;
  while (at < to) {
    const byte = u8[at]!;
    const byteClass = u16[BYTE_CLASSES + byte]!;
    if ((byteClass & (WHITE | STOP)) !== 0) {
      if ((byteClass & WHITE) !== 0 || !isQuoted || isQuote(byte)) break;
      if (byte === BACKSLASH || byte === 0x3c || byte === 0x3e) break;
    }
    at += 1;
  }
  return at;
}

/** A bare value may hold colons. */
function bareEnd(from: number): number {
  let at = runEnd(from, false);
  while (u8[at] === COLON && at < i32[TEXT_END]! && at - from < LONGEST_RUN) at = runEnd(at + 1, false);
  return at;
}

/** More is never needed to tell that a run could be a value. */
const LONGEST_RUN = 96;

function isQuote(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === BACK_TICK;
}

/**
 * At least so long, and with a digit (where a password may be short: a digit or a sign), or of letters as only chance
 * puts them together.
 */
function mayBeValue(from: number, to: number, least: number, isShort: boolean): boolean {
  if (to - from < least) return false;
  if (to - from >= LONGEST_RUN) return true;
  const mixing = isShort ? DIGIT | SIGN | DASH | BASE64_SIGN | STOP : DIGIT;
  let at = from;
  while (at < to && u8[at] === EQUALS_SIGN) at += 1;
  const start = at;
  for (; at < to; at += 1) {
    const byte = u8[at]!;
    // Behind these the value may begin, or have ended.
    if ((u16[BYTE_CLASSES + byte]! & mixing) !== 0 || byte === EQUALS_SIGN || byte === AMPERSAND) return true;
  }
  return isDrawn(start, to, isShort);
}

/** What stands between a name and its value: signs, a word that may stand there, or something else. */
const SIGNS = 0;
const WORD_BETWEEN = 1;
const NO_BRIDGE = 2;

const LETTERS = NAME & ~DIGIT & ~UNDERSCORE;

/** Words of a list may stand between, any other only before the first sign, or as the name of a call. */
function bridgeOf(from: number, to: number, hasSign: boolean): number {
  const start = skipOthers(from, to);
  if (start === to) return SIGNS;
  let end = start;
  while (end < to && (u16[BYTE_CLASSES + u8[end]!]! & LETTERS) !== 0) end += 1;
  if (u8[to] === OPENING && to < i32[TEXT_END]! && to - from <= LONGEST_CALL) return WORD_BETWEEN;
  if (skipOthers(end, to) < to) return NO_BRIDGE;
  if (!hasSign && start === from && end - from <= 10 && u8[from - 1] === SPACE) return WORD_BETWEEN;
  return isValueWord(start, end) ? WORD_BETWEEN : NO_BRIDGE;
}

const LONGEST_CALL = 24;

/** Up to the next byte of a name. */
function skipOthers(from: number, to: number): number {
  let at = from;
  while (at < to && (u16[BYTE_CLASSES + u8[at]!]! & NAME) === 0) at += 1;
  return at;
}

/** Whether a word is one of the list, in any case: each there behind its length, 0 at the end. */
function isValueWord(from: number, to: number): boolean {
  let word = VALUE_WORDS;
  while (u8[word]! > 0) {
    const length = u8[word]!;
    let same = 0;
    if (to - from === length)
      while (same < length && (u8[from + same]! | LOWER_CASE) === u8[word + 1 + same]!) same += 1;
    if (same === length) return true;
    word += length + 1;
  }
  return false;
}

const LOWER_CASE = 0x20;

/**
 * Patterns of a value beside its provider's name: up to forty characters of words, quotes, one sign, the value, of at
 * least so many bytes of a set of classes.
 */
export function isBeside(from: number, least: number, classes: number): boolean {
  const end = i32[TEXT_END]!;
  let at = from;
  while (at < end && at < from + LONGEST_TAIL) {
    if ((u16[BYTE_CLASSES + u8[at]!]! & (NAME | DOT | DASH)) === 0 && u8[at] !== SPACE) break;
    at += 1;
  }
  const gap = at;
  let hasSign = false;
  for (; at < end && at < gap + LONGEST_GAP; at += 1) {
    const byte = u8[at]!;
    const byteClass = u16[BYTE_CLASSES + byte]!;
    if (byte === NEW_LINE) return false;
    if ((byteClass & (WHITE | STOP | EQUALS | SIGN | DASH)) !== 0 || byte === PLUS) {
      if ((byteClass & (STOP | EQUALS | SIGN)) !== 0 && !isQuote(byte) && byte !== BACKSLASH) {
        if (!hasSign && endsName(byte)) return false;
        if (byte !== CLOSING_BRACKET) hasSign = true;
      }
      continue;
    }
    if (!hasSign) return false;
    if (isRunAround(at, gap, least, classes)) return true;
    const stop = runEnd(at, true);
    // `Bearer`, `Basic` or `Token` may stand before the value.
    if (stop - at > 6 || u8[stop] !== SPACE || stop >= end) return false;
    at = stop;
  }
  return false;
}

/** A value may begin with what may also stand before one. */
function isRunAround(at: number, earliest: number, least: number, classes: number): boolean {
  let from = at;
  while (from > earliest && (u16[BYTE_CLASSES + u8[from - 1]!]! & classes) !== 0) from -= 1;
  return skipClasses(from, least, classes) - from === least;
}

/** Patterns of a value behind its name's last word and white space or a dash. */
export function isSpaced(from: number, least: number): boolean {
  const end = i32[TEXT_END]!;
  if (from >= end) return false;
  const first = u8[from]!;
  let at = from + 1;
  if (first === SPACE || first === TAB) at = skipClasses(from, 4, WHITE);
  else if (first !== MINUS) return false;
  const start = at;
  const stop = at + LONGEST_RUN < end ? at + LONGEST_RUN : end;
  let hasDigit = false;
  while (at < stop && (u16[BYTE_CLASSES + u8[at]!]! & TOKEN) !== 0) {
    if (u16[BYTE_CLASSES + u8[at]!] === DIGIT) hasDigit = true;
    at += 1;
  }
  return at - start >= least && (hasDigit || at === stop);
}

const TOKEN = ALNUM | UNDERSCORE | BASE64_SIGN | EQUALS | DASH;

function skipClasses(from: number, most: number, classes: number): number {
  const latest = from + most;
  const to = latest < i32[TEXT_END]! ? latest : i32[TEXT_END]!;
  let at = from;
  while (at < to && (u16[BYTE_CLASSES + u8[at]!]! & classes) !== 0) at += 1;
  return at;
}
