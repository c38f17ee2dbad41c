import { decodePath } from '@bulwark/model';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What stands between the NULs of git's `-z` output, as path-safe strings (model's `decodePath`).
 * The whole is decoded at once where it is UTF-8, which it nearly always is.
 */
export function splitNul(bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [];
  const end = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length;
  const whole = bytes.subarray(0, end);
  try {
    return utf8.decode(whole).split('\0');
  } catch {
    return splitOdd(whole);
  }
}

function splitOdd(bytes: Uint8Array): string[] {
  const records: string[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0, start);
    if (end === -1) break;
    records.push(decodePath(bytes.subarray(start, end)));
    start = end + 1;
  }
  records.push(decodePath(bytes.subarray(start)));
  return records;
}
