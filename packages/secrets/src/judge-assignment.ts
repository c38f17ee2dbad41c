/** Whether a value under a name is a secret in use. */
import { isUnmistakable, judgeName } from './assigned-name.ts';
import type { Strength } from './assigned-name.ts';
import { isExamplePath } from './example-path.ts';
import { isCodeFile } from './path-kinds.ts';
import type { Found } from './detector.ts';
import { isPlaceholder } from './placeholder.ts';
import { isPublicKey } from './public-key.ts';
import { drawnBits, isDrawn } from './randomness.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** As many hex digits as MD5, SHA-1, SHA-224, SHA-256 have, or a named hash. */
const HASH = /^(?:sha(?:1|256|384|512)|md5)[-:]|^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64})$/i;

export function isSecretValue(found: Found): boolean {
  return !isHopeless(valueOf(found), found.path) && isInUse(found);
}

/** What {@link isSecretValue} says, found out by all that is asked of a value. */
export function isInUse(found: Found): boolean {
  const { match, before, path } = found;
  const { word = '', tail = '', operator = '', quote, quoted } = match.groups ?? {};
  const given = valueOf(found);
  const head = /[\w.$-]{0,48}$/.exec(before.slice(-48))?.[0] ?? '';
  const strength = judgeName(head, word, tail);
  if (strength === null) return false;
  const value = inQuery(before, head) ? given.replace(/&.*$/, '') : given;
  if (isUnlikely(value) || isPublicKey(value)) return false;
  if (/^\s+$/.test(operator) && !isBySpace(before, head, word, quote)) return false;
  if (UUID.test(value) || HASH.test(value)) {
    return isUnmistakable(`${head}${word}${tail}`) && isDrawn(value) && !isExamplePath(path);
  }
  if (quoted === undefined && isCodeFile(path)) return isInString(value, strength) && !isExamplePath(path);
  const doubt = doubtOf(path, operator) + (isInDocComment(path, before) ? DOUBT_OF_EXAMPLES : 0);
  return hasEvidence(value, strength, doubt, quoted !== undefined);
}

function valueOf({ match }: Found): string {
  return match.groups?.['quoted'] ?? match.groups?.['bare'] ?? '';
}

/**
 * Whether all that is asked of a value in the end would turn it down: told first and with few patterns, because most
 * values are words, and every pattern costs its compilation.
 */
function isHopeless(value: string, path: string): boolean {
  if (value.includes('&')) return false;
  if (UUID.test(value) || HASH.test(value)) return isExamplePath(path);
  const bits = drawnBits(withoutNumbers(value));
  if (bits <= LEAST_BITS) return drawnBits(value) <= LEAST_BITS_IN_CODE || isExamplePath(path);
  return bits <= LEAST_BITS + DOUBT_OF_EXAMPLES && isExamplePath(path);
}

/** Bits that any value must show. */
const LEAST_BITS = 4;
/** Bits that a value without quotes in code must show. */
const LEAST_BITS_IN_CODE = 40;

/** A serial number or a date behind a word is no randomness. */
function withoutNumbers(value: string): string {
  return value.replaceAll(/(?<![0-9A-Za-z])[0-9]+(?![0-9A-Za-z])/g, '');
}

/** Beside a name without any sign between, only a value that can be nothing else counts. */
export function isLoneToken({ secret, match, before, path }: Found): boolean {
  const head = /[\w.$-]{0,48}$/.exec(before.slice(-48))?.[0] ?? '';
  if (judgeName(head, match.groups?.['word'] ?? '', '') === null || isExamplePath(path)) return false;
  if (isUnlikely(secret) || !isDrawn(secret) || !/[0-9]/.test(secret)) return false;
  return UUID.test(secret) || drawnBits(secret) > 40;
}

/** `?token=…&flag=…`: the value ends at the ampersand. */
function inQuery(before: string, head: string): boolean {
  return /[?&]$/.test(before.slice(0, before.length - head.length));
}

/** What is no value, or a value and no secret: code, a path, a URL, a date, a pattern, a query, text in a language. */
function isUnlikely(value: string): boolean {
  if (/[^\x21-\x7e]|==+[^=]|\|\||&&|^!|[?&]\w{1,40}=|:\/\//.test(value) || isPlaceholder(value)) return true;
  if (
    /^[./~@#]|^[\d.,:_+-]+$|^\d{4}-\d\d-\d\dT|YYYY|\\[wdsb]|\[\^|\)\?|^data:|^arn:|:secret:|[aA]-[zZ]|0-9\]|^eyJ[\w-]+\.eyJ/.test(
      value,
    )
  )
    return true;
  const isCode =
    /[(){}[\];]|=>/.test(value) || /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*){1,12}$/.test(value);
  if (isCode && drawnBits(value) < 30) return true;
  return /secret|passw|token|sample/i.test(value) && drawnBits(value) < 40;
}

/**
 * A space stands for `=` on a command line (`--token x`), in a Dockerfile (`ENV TOKEN x`) and before a quote, but
 * "pass `x`" is prose.
 */
function isBySpace(before: string, head: string, word: string, quote: string | undefined): boolean {
  if (head.startsWith('--')) return true;
  if (/(?:^|\s)(?:ENV|ARG|export|set|setenv|define)\s+$/i.test(before.slice(0, before.length - head.length)))
    return true;
  return quote !== undefined && !quote.endsWith('`') && !/^(?:pass|access)$/i.test(word);
}

/** A value without quotes in code: only if no expression looks like it. */
function isInString(value: string, strength: Strength): boolean {
  const digits = value.match(/[0-9]/g)?.length ?? 0;
  return (
    strength !== 'weak' &&
    value.length >= 16 &&
    digits >= 3 &&
    isDrawn(value) &&
    drawnBits(value) > LEAST_BITS_IN_CODE
  );
}

/** Bits a value must show beyond the usual: in a fixture, and where it is an argument and not a value assigned. */
function doubtOf(path: string, operator: string): number {
  return (isExamplePath(path) ? DOUBT_OF_EXAMPLES : 0) + (/[,(]/.test(operator) ? 10 : 0);
}

const DOUBT_OF_EXAMPLES = 25;

/** A line of a documentation comment in code: what stands there is an example more often than not, as under `docs/`. */
function isInDocComment(path: string, before: string): boolean {
  return /(?:^|\n)[ \t]{0,40}\*[ \t][^\n]{0,200}$/.test(before) && isCodeFile(path);
}

function hasEvidence(value: string, strength: Strength, doubt: number, isQuoted: boolean): boolean {
  if (!isDrawn(value)) return false;
  const bits = drawnBits(withoutNumbers(value)) - doubt;
  const digits = value.match(/[0-9]/g)?.length ?? 0;
  switch (strength) {
    case 'password':
      return (
        value.length >= (isQuoted ? 6 : 8) && bits > LEAST_BITS && (/[^A-Za-z]/.test(value) || bits > 20)
      );
    case 'strong':
      return value.length >= 12 && bits > 12 && (digits > 0 || bits > 35);
    case 'weak':
      return doubt < 20 && value.length >= 16 && bits > 26 && digits > 1;
  }
}
