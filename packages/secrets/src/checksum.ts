/**
 * GitHub's and npm's tokens end in six characters that are the CRC-32 of what comes before them, in base 62
 * (GitHub's blog, "Behind GitHub's new authentication token formats", 2021).
 */
import { crc32 } from './crc32.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 6;

/** The six characters that end a token whose drawn part is `body`. */
export function checksumOf(body: string): string {
  let text = '';
  for (let rest = crc32(body); rest > 0; rest = Math.floor(rest / 62)) text = BASE62[rest % 62]! + text;
  return text.padStart(LENGTH, '0');
}

/** Whether a token without its prefix ends in the checksum of the rest. */
export function hasChecksum(token: string): boolean {
  return token.slice(-LENGTH) === checksumOf(token.slice(0, -LENGTH));
}
