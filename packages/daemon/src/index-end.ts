import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes at the end of an index file; see {@link readIndexEnd}. */
const LENGTH = 20;

/**
 * Names what an index file holds: its last bytes, in hex, are the end of a checksum over all before them
 * (gitformat-index(5)). `hooks/hook.sh` and `ask.pl` read the same. So few bytes are there sooner than a thread could fetch them.
 * @returns null where there is no such name: no file, or git was told to write no checksum (`index.skipHash`).
 */
export function readIndexEnd(file: string): string | null {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(LENGTH);
    if (size < LENGTH || readSync(handle, bytes, 0, LENGTH, size - LENGTH) !== LENGTH) return null;
    const end = bytes.toString('hex');
    return /^0+$/.test(end) ? null : end;
  } catch {
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
