/**
 * What must stand after one of the engine's literals for its rule to match. Each test lets through more than
 * the rule itself would, never less.
 */
import type { EngineLiteral } from './engine-literals.ts';

export function confirmEngine(
  needs: EngineLiteral,
  path: string,
  text: Buffer,
  at: number,
  end: number,
): boolean {
  if (!needs.foldsCase && text.toString('latin1', at, end) !== needs.literal) return false;
  switch (needs.confirm) {
    case 'none':
      return true;
    case 'url':
      return hasCredentials(text, end);
    case 'json':
      return path.endsWith('.json');
    case 'npmrc':
      return path.endsWith('.npmrc');
    case 'long':
      return runLength(text, end, isTokenByte, 16) >= 16;
    case 'short':
      return runLength(text, end, isTokenByte, 1) >= 1;
    case 'pem':
      return text.toString('latin1', end, end + 24).includes('PRIVATE');
    case 'aws':
      return isFortyAssigned(text, end);
  }
}

/** `user:password@`, with at most 302 bytes of characters that are no white space and no slash before the `@`. */
export function hasCredentials(text: Buffer, from: number): boolean {
  let hasColon = false;
  const limit = Math.min(text.length, from + 1300);
  for (let at = from; at < limit; at += 1) {
    const byte = text[at]!;
    if (byte === COLON) hasColon = true;
    else if (byte === AT) return hasColon;
    else if (byte <= SPACE || byte === SLASH) return false;
  }
  return false;
}

function isFortyAssigned(text: Buffer, from: number): boolean {
  let at = from + runLength(text, from, isQuote, 1);
  at += runLength(text, at, isWhite);
  const operator = runLength(text, at, isOperator, 2);
  if (operator === 0) return false;
  at += operator;
  at += runLength(text, at, isWhite);
  at += runLength(text, at, isQuote, 1);
  return runLength(text, at, isBase64Byte, 40) === 40;
}

function runLength(text: Buffer, from: number, isIn: (byte: number) => boolean, most = Infinity): number {
  let at = from;
  while (at < text.length && at - from < most && isIn(text[at]!)) at += 1;
  return at - from;
}

const SPACE = 0x20;
const SLASH = 0x2f;
const COLON = 0x3a;
const AT = 0x40;

/** White space beyond ASCII takes several bytes, all of them above 0x7f. */
const isWhite = (byte: number): boolean => byte <= SPACE || byte > 0x7f;
const isQuote = (byte: number): boolean => byte === 0x22 || byte === 0x27;
const isOperator = (byte: number): boolean => byte === COLON || byte === 0x3d || byte === 0x3e;
const isLetterOrDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
const isBase64Byte = (byte: number): boolean =>
  isLetterOrDigit(byte) || byte === 0x2b || byte === SLASH || byte === 0x3d;
const isTokenByte = (byte: number): boolean =>
  isBase64Byte(byte) || byte === 0x2d || byte === 0x2e || byte === 0x5f;
