/** Files of the work tree that git knows to be unmodified: often they need not be fetched from its objects. */
import { hash } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, readSync } from 'node:fs';
import type { FileRef } from '@bulwark/model';
import { placeOf, type ObjectFormat } from './disk-file.ts';

/** Bytes on disk; larger ones are left to git. */
const LARGEST = 1024 * 1024;

/** What is no longer a file is not followed and not waited for. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The blob's bytes, if the file on disk holds just these: with line-end conversion, filters or LFS it holds others, and
 * outside a sparse checkout there is none. Bytes that hash to the id are the blob's (gitformat-loose(5)), whatever git
 * thought of the file. Not by a thread: so small a file is read sooner than one could be asked.
 * @param top the top of the work tree, absolute @param file with its size on disk, if that is known (`guessSizes`)
 * @returns null where git must be asked.
 */
export function readUnmodified(top: string, file: FileRef, format: ObjectFormat): Buffer | null {
  const { path, blob, mode } = file;
  const size = file.size ?? smallSizeOf(top, file);
  if (size === null || size > LARGEST || (mode !== '100644' && mode !== '100755')) return null;
  let handle: number | undefined;
  try {
    handle = openSync(placeOf(top, path), READ_ONLY);
    const header = `blob ${size}\0`;
    // With room for a byte too many, which tells that it has grown.
    const room = cutRoom(header.length + size + 1);
    room.write(header, 'latin1');
    if (readSync(handle, room, header.length, size + 1, 0) !== size) return null;
    const end = header.length + size;
    const id = hash(format, room.subarray(0, end), 'hex');
    return id === blob ? room.subarray(header.length, end) : null;
  } catch {
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Room for many files in one piece: thousands of small ones would have their memory collected all the time. */
const PIECE = 1024 * 1024;

let piece = Buffer.alloc(0);

function cutRoom(length: number): Buffer {
  if (length > PIECE / 4) return Buffer.allocUnsafeSlow(length);
  if (length > piece.length) piece = Buffer.allocUnsafeSlow(PIECE);
  const room = piece.subarray(0, length);
  piece = piece.subarray(length);
  return room;
}

/**
 * A file with its size on disk as the index has it, if it is small: a guess at that of the blob, which
 * {@link withoutGuess} takes away. 0 is what git writes where it means to look again, too.
 */
export function guessSize(file: FileRef, fileSize: number): FileRef {
  return fileSize > 0 && fileSize <= LARGEST ? { ...file, size: fileSize } : file;
}

/** The files with the guesses at those that the index does not tell. Those of others git must be asked for. */
export function guessSizes(top: string, files: readonly FileRef[]): readonly FileRef[] {
  return files.map((file) => (file.size === null ? { ...file, size: smallSizeOf(top, file) } : file));
}

function smallSizeOf(top: string, { path }: FileRef): number | null {
  try {
    const stats = lstatSync(placeOf(top, path), { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size <= LARGEST ? stats.size : null;
  } catch {
    return null;
  }
}

/** For a file that turned out to hold other bytes than its blob. */
export function withoutGuess(file: FileRef): FileRef {
  return file.size !== null && file.size <= LARGEST ? { ...file, size: null } : file;
}
