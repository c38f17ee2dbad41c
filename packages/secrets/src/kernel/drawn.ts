/**
 * Compiled (`compile-kernel.ts`): how much letters look drawn at random, as `randomness.ts` tells it, of a value without
 * a digit; and what is asked of one at least (`judge-assignment.ts`). In twentieths of a bit, as there are whole numbers only.
 */
import { DASH, DOT, HEX_LOWER, HEX_UPPER, LOWER, UNDERSCORE, UPPER } from '../byte-class.ts';
import { SLASH } from './bytes.ts';
import { BYTE_CLASSES, CASE_COSTS, PAIR_COSTS } from './data.generated.ts';
import { u16, u8 } from './memory.ts';

const SYMBOLS = 29;
const PUNCTUATION = 27;
const OTHER = 28;

const FIRST = 80;
const PAIR = 10;
const WITHIN_PUNCTUATION = 40;
const WITHIN_OTHER = 80;

/** What a character of a text drawn from so many costs: letters of one case, of both, with signs; hex digits. */
const ONE_CASE = 103;
const BOTH_CASES = 119;
const ONE_CASE_AND_SIGNS = 108;
const BOTH_CASES_AND_SIGNS = 122;
const HEX = 80;

/** Asked of a password of letters, of one with a sign, of any other secret without a digit. */
const PASSWORD = 400;
const PASSWORD_WITH_SIGNS = 80;
const SECRET = 700;

const SMALL = HEX_LOWER | LOWER;
const CAPITAL = HEX_UPPER | UPPER;

/** Whether a value without digits could be enough. */
export function isDrawn(from: number, to: number, isPassword: boolean): boolean {
  let cost = FIRST;
  let last = PUNCTUATION;
  let lastCase = 0;
  let classes = 0;
  for (let at = from; at < to; at += 1) {
    const byteClass = u16[BYTE_CLASSES + u8[at]!]!;
    classes = classes | byteClass;
    let symbol = OTHER;
    let letterCase = 0;
    if ((byteClass & (SMALL | CAPITAL)) !== 0) {
      symbol = (u8[at]! | 0x20) - 0x61;
      letterCase = (byteClass & SMALL) !== 0 ? 1 : 2;
    } else if ((byteClass & (UNDERSCORE | DASH | DOT)) !== 0 || u8[at] === SLASH) {
      symbol = PUNCTUATION;
      cost += WITHIN_PUNCTUATION;
    } else cost += WITHIN_OTHER;
    cost += u8[PAIR_COSTS + last * SYMBOLS + symbol]! * PAIR + u8[CASE_COSTS + lastCase * 3 + letterCase]!;
    last = symbol;
    lastCase = letterCase;
  }
  const signs = classes & ~(SMALL | CAPITAL);
  const bits = cost - (to - from) * costOf(classes, signs);
  if (!isPassword) return bits >= SECRET;
  return bits >= (signs === 0 ? PASSWORD : PASSWORD_WITH_SIGNS);
}

function costOf(classes: number, signs: number): number {
  if ((classes & ~(HEX_LOWER | DASH)) === 0 || (classes & ~(HEX_UPPER | DASH)) === 0) return HEX;
  const hasBoth = (classes & SMALL) !== 0 && (classes & CAPITAL) !== 0;
  if (signs === 0) return hasBoth ? BOTH_CASES : ONE_CASE;
  return hasBoth ? BOTH_CASES_AND_SIGNS : ONE_CASE_AND_SIGNS;
}
