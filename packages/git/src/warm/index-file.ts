/**
 * An index file, read without asking git (gitformat-index(5)): header, entries, extensions, checksum. Its integers
 * are big-endian.
 */
import { createHash } from 'node:crypto';
import type { FileMode } from '@bulwark/model';
import { readMode, type IndexEntry } from '../index-entries.ts';
import { readName } from './read-name.ts';

const SIGNATURE = 'DIRC';
const HEADER = 12;
const ID_LENGTH = { sha1: 20, sha256: 32 } as const;

/** What stands before an entry's object id: times, device, inode, mode (at 24), owner, group, size. */
const STAT = 40;
const MODE = 24;
const SIZE = 36;

const USUAL: Readonly<Record<number, FileMode>> = { 0o100644: '100644', 0o100755: '100755' };

const NAME_LENGTH = 0xfff;
const STAGE = 0x3000;
const EXTENDED = 0x4000;
/** In the second flags, which version 3 has where the first ones say so. */
const INTENT_TO_ADD = 0x2000;

export interface FileEntry extends IndexEntry {
  /**
   * Bytes of the file that was added, modulo 2^32; 0 also where git would look again. The blob is of that size but for
   * filters (gitattributes(5)).
   */
  readonly fileSize: number;
}

export interface IndexFile {
  /**
   * Those that a commit would hold, and those of conflicts: not what is only meant to be added
   * (`git add --intent-to-add`).
   */
  readonly entries: readonly FileEntry[];
  /** What stands behind them. */
  readonly extensions: Buffer;
}

/**
 * @returns null for whatever is not an index of version 2 or 3 that is whole and complete by itself: one that shares
 * entries with another file, holds folders in place of files, or has no checksum, is for git to read.
 */
export function parseIndexFile(bytes: Buffer, format: keyof typeof ID_LENGTH): IndexFile | null {
  const idLength = ID_LENGTH[format];
  const end = bytes.length - idLength;
  if (end < HEADER || bytes.toString('latin1', 0, 4) !== SIGNATURE) return null;
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) return null;
  if (!createHash(format).update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end))) return null;
  const text = bytes.toString('latin1');
  // Within bounds, as is seen to; Buffer's own methods would see to it with each of thousands of numbers.
  const read2 = (from: number): number => (bytes[from]! << 8) | bytes[from + 1]!;
  const read4 = (from: number): number => read2(from) * 0x10000 + read2(from + 2);
  const entries: FileEntry[] = [];
  let at = HEADER;
  for (let left = read4(8); left > 0; left -= 1) {
    const flagsAt = at + STAT + idLength;
    if (flagsAt + 2 > end) return null;
    const mode = read4(at + MODE);
    // A folder, as sparse indexes hold it.
    if (mode === 0o040000) return null;
    const flags = read2(flagsAt);
    const isExtended = version === 3 && (flags & EXTENDED) !== 0;
    const nameAt = flagsAt + (isExtended ? 4 : 2);
    const nameEnd =
      (flags & NAME_LENGTH) < NAME_LENGTH ? nameAt + (flags & NAME_LENGTH) : text.indexOf('\0', nameAt);
    if (nameEnd < nameAt || nameEnd >= end || bytes[nameEnd] !== 0) return null;
    const path = readName(text, bytes, nameAt, nameEnd);
    const isPlanned = isExtended && (read2(flagsAt + 2) & INTENT_TO_ADD) !== 0;
    if (!isPlanned)
      entries.push({
        path,
        mode: USUAL[mode] ?? readMode(mode.toString(8)),
        id: bytes.toString('hex', at + STAT, at + STAT + idLength),
        stage: (flags & STAGE) >> 12,
        fileSize: read4(at + SIZE),
      });
    // One to eight NULs, so that an entry's length is a multiple of eight.
    at += (nameEnd - at + 8) & ~7;
  }
  return hasOnlyKnownExtensions(bytes, at, end) ? { entries, extensions: bytes.subarray(at, end) } : null;
}

/** Four letters and a length each; one whose name begins with a small letter must be understood to read the rest. */
function hasOnlyKnownExtensions(bytes: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at + 8 <= end) {
    if (!/^[A-Z]/.test(bytes.toString('latin1', at, at + 1))) return false;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === end;
}
