/** Whether a name is followed by what could be its value: read on bytes, letting through more than the patterns do. */
import {
  ALNUM,
  BASE64_SIGN,
  CLASS_OF,
  DASH,
  DIGIT,
  DOT,
  EQUALS,
  HEX_UPPER,
  NAME,
  SIGN,
  STOP,
  UNDERSCORE,
  UPPER,
  WHITE,
} from './byte-class.ts';

/** How far behind a name its value begins at the latest: an operator, a quote, one of the next two lines. */
const NAME_REACH = 80;
/** Shorter values are passwords, and stand in quotes. */
const SHORT = 8;
/** A token without a digit changes between capitals and small letters more often than a name does. */
const MANY_TURNS = 6;

/** What a pattern allows of a name behind the keyword in it, and between that and the value. */
const LONGEST_TAIL = 40;
const LONGEST_GAP = 40;
const NEW_LINE = 10;
const COLON = 0x3a;

/**
 * Patterns of assignments: the name's rest, up to two more words, signs, at most three more words of a kind that
 * stands before a value (`: string =`, `is`, `new Key(`, `value=`, `Bearer`), then the value, in quotes or bare.
 */
export function isAssigned(text: Uint8Array, from: number, least: number, isCode: boolean): boolean {
  const { length: end } = text;
  let at = skipClasses(text, from, LONGEST_TAIL, NAME | DOT | DASH | DOLLAR);
  const nameEnd = at;
  const latest = at + NAME_REACH;
  let lines = 0;
  let words = 0;
  let hasSign = false;
  let isQuoted = false;
  while (at < end && at <= latest) {
    const byte = text[at]!;
    const byteClass = CLASS_OF[byte]!;
    if ((byteClass & (WHITE | STOP)) !== 0) {
      if (byte === NEW_LINE && (lines += 1) > 2) return false;
      if (ENDS[byte] === 1 || (byte === BACK_TICK && !hasSign && words === 0 && at > nameEnd)) return false;
      if (isQuote(byte)) isQuoted = true;
      else if (byteClass === STOP && byte !== BACKSLASH) hasSign = true;
      if (byteClass === STOP && !isQuote(byte)) isQuoted = false;
      at += 1;
      continue;
    }
    if (beginsUrl(text, at)) return false;
    if (at === nameEnd && byte !== EQUALS_SIGN && byte !== PLUS) return false;
    const stop = isQuoted ? runEnd(text, at, true) : bareEnd(text, at);
    const isShort = least < SHORT;
    if (
      isQuoted || !isCode
        ? mayBeValue(text, at, stop, isQuoted ? least : Math.max(least, SHORT), isShort)
        : mayBeToken(text, at, stop)
    )
      return true;
    const end = runEnd(text, at, false);
    const bridge = bridgeOf(text, at, end, hasSign);
    if (bridge === 'none' || (bridge === 'word' && (words += 1) > MOST_WORDS)) return false;
    if (bridge === 'sign') hasSign = true;
    at = end;
  }
  return false;
}

/** A value in code without quotes is an expression, unless it is long and holds three digits. */
function mayBeToken(text: Uint8Array, from: number, to: number): boolean {
  if (to - from < 16) return false;
  let digits = 0;
  for (let at = from; at < to; at += 1) if (CLASS_OF[text[at]!] === DIGIT) digits += 1;
  return digits >= 3 || to - from >= LONGEST_RUN;
}

/** Signs that stand nowhere between a name and its value. */
const ENDS = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(';){}['.includes(String.fromCharCode(byte))),
);
const BACK_TICK = 0x60;
const EQUALS_SIGN = 0x3d;

const MOST_WORDS = 5;
const DOLLAR = SIGN;
const BACKSLASH = 0x5c;
const OPEN = 0x28;
const CLOSE = 0x5d;

/** `https://…` is an address; those that hold a password are another detector's. */
function beginsUrl(text: Uint8Array, from: number): boolean {
  for (let at = from; at < from + LONGEST_SCHEME; at += 1)
    if (text[at] === COLON) return text[at + 1] === SLASH && text[at + 2] === SLASH;
  return false;
}

const LONGEST_SCHEME = 8;
const SLASH = 0x2f;

/** In quotes a value may hold what ends one without. */
function runEnd(text: Uint8Array, from: number, isQuoted: boolean): number {
  let at = from;
  while (at < text.length && at - from < LONGEST_RUN) {
    const byte = text[at]!;
    const byteClass = CLASS_OF[byte]!;
    if ((byteClass & WHITE) !== 0) break;
    if (
      (byteClass & STOP) !== 0 &&
      (!isQuoted || isQuote(byte) || byte === BACKSLASH || byte === 0x3c || byte === 0x3e)
    )
      break;
    at += 1;
  }
  return at;
}

/** A bare value may hold colons. */
function bareEnd(text: Uint8Array, from: number): number {
  let at = runEnd(text, from, false);
  while (text[at] === COLON && at - from < LONGEST_RUN) at = runEnd(text, at + 1, false);
  return at;
}

/** More is never needed to tell that a run could be a value. */
const LONGEST_RUN = 96;

function isQuote(byte: number): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x60;
}

/**
 * At least so long, and with a digit (where a password may be short: a digit or a sign) or many turns of case; or more
 * than twice as long.
 */
function mayBeValue(text: Uint8Array, from: number, to: number, least: number, isShort: boolean): boolean {
  const length = to - from;
  if (length < least) return false;
  if (length > 2 * least + 2) return true;
  const mixing = isShort ? DIGIT | SIGN | DASH | BASE64_SIGN | STOP : DIGIT;
  let turns = 0;
  let last = 0;
  for (let at = from; at < to; at += 1) {
    const byteClass = CLASS_OF[text[at]!]!;
    if ((byteClass & mixing) !== 0) return true;
    const letterCase = byteClass & (HEX_UPPER | UPPER);
    if ((letterCase === 0) !== (last === 0)) turns += 1;
    last = letterCase;
  }
  return turns >= MANY_TURNS;
}

/** Words that stand between a name and its value; any other word only before the first sign, or as the name of a call. */
const BETWEEN = [
  'string',
  'str',
  'new',
  'value',
  'default',
  'content',
  'is',
  'was',
  'of',
  'set',
  'to',
  'bearer',
  'basic',
  'token',
].map((word) => Buffer.from(word));
const LETTER = NAME & ~DIGIT & ~UNDERSCORE;

function bridgeOf(text: Uint8Array, from: number, to: number, hasSign: boolean): 'sign' | 'word' | 'none' {
  let start = from;
  while (start < to && (CLASS_OF[text[start]!]! & NAME) === 0) start += 1;
  if (start === to) return 'sign';
  let end = start;
  while (end < to && (CLASS_OF[text[end]!]! & LETTER) !== 0) end += 1;
  let rest = end;
  while (rest < to && (CLASS_OF[text[rest]!]! & NAME) === 0) rest += 1;
  if (text[to] === OPEN && to - from <= LONGEST_CALL) return 'word';
  if (rest < to) return 'none';
  if (!hasSign && start === from && end - from <= 10 && text[from - 1] === SPACE) return 'word';
  return BETWEEN.some((word) => isWord(text, start, end, word)) ? 'word' : 'none';
}

const SPACE = 0x20;
const LONGEST_CALL = 24;
const LOWER_CASE = 0x20;

function isWord(text: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let index = 0; index < word.length; index += 1)
    if ((text[from + index]! | LOWER_CASE) !== word[index]) return false;
  return true;
}

/** Patterns of a value beside its provider's name: up to forty characters of words, quotes, one sign, the value. */
export function isBeside(text: Uint8Array, from: number, least: number): boolean {
  let at = from;
  const latest = Math.min(text.length, from + LONGEST_TAIL);
  while (at < latest && ((CLASS_OF[text[at]!]! & (NAME | DOT | DASH)) !== 0 || text[at] === SPACE)) at += 1;
  const gapEnd = at + LONGEST_GAP;
  let hasSign = false;
  for (; at < text.length && at < gapEnd; at += 1) {
    const byte = text[at]!;
    const byteClass = CLASS_OF[byte]!;
    if (byte === NEW_LINE) return false;
    if ((byteClass & (WHITE | STOP | EQUALS | SIGN | DASH)) !== 0 || byte === PLUS) {
      if ((byteClass & (STOP | EQUALS | SIGN)) !== 0 && !isQuote(byte) && byte !== BACKSLASH) {
        if (!hasSign && ENDS[byte] === 1) return false;
        hasSign ||= byte !== CLOSE;
      }
      continue;
    }
    if (!hasSign) return false;
    const stop = runEnd(text, at, true);
    if (mayBeValue(text, at, stop, least, false)) return true;
    // `Bearer`, `Basic` or `Token` may stand before the value.
    if (stop - at > 6 || text[stop] !== SPACE) return false;
    at = stop;
  }
  return false;
}

/** Patterns of a value behind its name's last word and white space or a dash. */
export function isSpaced(text: Uint8Array, from: number, least: number): boolean {
  const first = text[from];
  let at = from + 1;
  if (first === SPACE || first === TAB) at = skipClasses(text, from, 4, WHITE);
  else if (first !== MINUS) return false;
  let hasDigit = false;
  const stop = Math.min(text.length, at + LONGEST_RUN);
  const start = at;
  for (; at < stop && (CLASS_OF[text[at]!]! & TOKEN) !== 0; at += 1)
    hasDigit ||= CLASS_OF[text[at]!] === DIGIT;
  return at - start >= least && (hasDigit || at === stop);
}

const TAB = 9;
const PLUS = 0x2b;
const MINUS = 0x2d;
const TOKEN = ALNUM | UNDERSCORE | BASE64_SIGN | EQUALS | DASH;

function skipClasses(text: Uint8Array, from: number, most: number, classes: number): number {
  const latest = Math.min(text.length, from + most);
  let at = from;
  while (at < latest && (CLASS_OF[text[at]!]! & classes) !== 0) at += 1;
  return at;
}
