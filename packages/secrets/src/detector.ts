import {
  ALNUM,
  ANY_HEX,
  BASE64_SIGN,
  DASH,
  DIGIT,
  DOT,
  EQUALS,
  HEX_LOWER,
  HEX_UPPER,
  LOWER,
  SIGN,
  UNDERSCORE,
  UPPER,
} from './byte-class.ts';
import type { Head } from './head.ts';

/**
 * A detector is data: the literal without which it cannot match, a bounded pattern read from that literal,
 * and what else must hold. The literals of all detectors make the prefilter's automaton, so a detector
 * without one does not compile, and the filter can miss nothing that a detector finds.
 */

/** Draws characters for examples, so that no secret-shaped text stands in the source. */
export type Draw = (alphabet: Alphabet, length: number) => string;

export interface Detector {
  /** kebab-case, unique. The rule id in a suppression comment is `bulwark/<id>`. */
  readonly id: string;
  /** What it finds, as it is printed. */
  readonly title: string;
  /** ASCII, of at least two characters; every match holds one of them. */
  readonly keywords: readonly [string, ...string[]];
  /** Whether a keyword counts in any case. */
  readonly foldsCase: boolean;
  /**
   * Without a lead: sticky, matched where the keyword begins. With one: global, matched on a window that
   * begins `lead` bytes before. The group `secret` is the secret; without it the whole match is.
   */
  readonly pattern: RegExp;
  /** What every match of `pattern` holds from its keyword on: compiled in a fraction of the time, and asked first. */
  readonly core?: RegExp | undefined;
  /** What must follow the keyword, tested on bytes. */
  readonly head: Head;
  /** Bytes before its keyword where a match may begin. */
  readonly lead: number;
  /** Bytes after its keyword's start where a match ends at the latest. */
  readonly reach: number;
  /** What the pattern cannot say. */
  readonly accepts: (found: Found) => boolean;
  /** A weak detector needs more proof in tests, fixtures and documentation, and names a secret only if no other does. */
  readonly isGeneric: boolean;
  /** How its tokens begin, where nothing else does: a generic detector leaves such a value to this one. */
  readonly prefixes: readonly string[];
  /** A text the detector finds, made at run time. */
  readonly example: (draw: Draw) => string;
}

/** A match before it is judged. All text is Latin-1: one character a byte. */
export interface Found {
  readonly secret: string;
  readonly match: RegExpExecArray;
  /** Up to 256 bytes before the match. */
  readonly before: string;
  readonly path: string;
}

/** Characters of a token: as the inside of a character class, and as byte classes. */
export const ALPHABETS = {
  digit: ['0-9', DIGIT],
  hex: ['0-9a-f', DIGIT | HEX_LOWER],
  anyhex: ['0-9a-fA-F', ANY_HEX],
  lower: ['0-9a-z', DIGIT | HEX_LOWER | LOWER],
  upper: ['0-9A-Z', DIGIT | HEX_UPPER | UPPER],
  alnum: ['0-9A-Za-z', ALNUM],
  word: ['0-9A-Za-z_', ALNUM | UNDERSCORE],
  url: ['0-9A-Za-z_-', ALNUM | UNDERSCORE | DASH],
  base64: ['0-9A-Za-z+/', ALNUM | BASE64_SIGN],
  dotted: ['0-9A-Za-z_.-', ALNUM | UNDERSCORE | DASH | DOT],
  /** RFC 6750's b68token. */
  opaque: ['0-9A-Za-z_.~+/=-', ALNUM | UNDERSCORE | DASH | DOT | BASE64_SIGN | EQUALS | SIGN],
} as const;

export type Alphabet = keyof typeof ALPHABETS;

/** Not in the middle of a word; the `n` of a written-out `\n` and the digits of `%3D` are no word. */
export const START = String.raw`(?<=^|[^0-9A-Za-z_]|\\[nrt]|%[0-9A-F]{2})`;
