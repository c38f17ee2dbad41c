/**
 * Git paths are bytes; ours are strings. Bytes that are not UTF-8 become lone surrogates U+DC80..U+DCFF
 * (as Python's "surrogateescape", PEP 383), so a path survives the way there and back unchanged.
 */

import { UNPRINTABLE } from './printable.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of a path as git prints them with `-z`, as a string that {@link encodePath} turns back. */
export function decodePath(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return decodeOddPath(bytes);
  }
}

function decodeOddPath(bytes: Uint8Array): string {
  let path = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      path += String.fromCharCode(0xdc00 + bytes[at]!);
      at += 1;
    } else {
      path += utf8.decode(bytes.subarray(at, at + length));
      at += length;
    }
  }
  return path;
}

/** Length of the valid UTF-8 sequence at `at`; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    try {
      utf8.decode(bytes.subarray(at, at + length));
      return length;
    } catch {
      // Try a longer sequence.
    }
  }
  return 0;
}

/** The bytes git knows this path by. */
export function encodePath(path: string): Uint8Array {
  if (path.isWellFormed()) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  for (const char of path) {
    const code = char.charCodeAt(0);
    const isEscaped = char.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    parts.push(isEscaped ? Buffer.from([code - 0xdc00]) : Buffer.from(char, 'utf8'));
  }
  return Buffer.concat(parts);
}

/**
 * A path as text that hashes like no other path does. Hashes are of UTF-8, where every lone surrogate is U+FFFD, so
 * bytes that are not UTF-8 are written in hexadecimal, after the `/` that no path begins with; one that does all the
 * same is written like that too.
 */
export function hashablePath(path: string): string {
  if (path.isWellFormed() && !path.startsWith('/')) return path;
  return `/${Buffer.from(encodePath(path)).toString('hex')}`;
}

/** Whether the path's bytes are valid UTF-8. */
export function isUtf8Path(path: string): boolean {
  return path.isWellFormed();
}

const NAMED_ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/**
 * A path fit to print: as it is, or in double quotes with C escapes as git quotes it (git-config(1),
 * `core.quotePath=false`: bytes above 0x7f stay as they are while they are valid UTF-8).
 */
export function quotePath(path: string): string {
  let quoted = '';
  let isOdd = false;
  for (const char of path) {
    const code = char.codePointAt(0)!;
    const escape = NAMED_ESCAPES[code];
    if (escape !== undefined) {
      quoted += escape;
      isOdd = true;
    } else if (UNPRINTABLE.test(char)) {
      for (const byte of encodePath(char)) quoted += `\\${byte.toString(8).padStart(3, '0')}`;
      isOdd = true;
    } else {
      quoted += char;
    }
  }
  return isOdd ? `"${quoted}"` : path;
}
