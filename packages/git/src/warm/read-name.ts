import { decodePath } from '@bulwark/model';

const BEYOND_ASCII = /[^\0-\x7f]/;

/** A name that lies among other bytes; most are ASCII and need not be decoded. @param text the bytes as latin1 */
export function readName(text: string, bytes: Buffer, start: number, end: number): string {
  const name = text.slice(start, end);
  return BEYOND_ASCII.test(name) ? decodePath(bytes.subarray(start, end)) : name;
}
