/** Files of the work tree that git knows to be unmodified: often they need not be fetched from its objects. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
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
 * @param top the top of the work tree, absolute @returns null where git must be asked.
 */
export function readUnmodified(
  top: string,
  { path, blob, mode }: FileRef,
  format: ObjectFormat,
): Buffer | null {
  if (mode !== '100644' && mode !== '100755') return null;
  let handle: number | undefined;
  try {
    handle = openSync(placeOf(top, path), READ_ONLY);
    const stats = fstatSync(handle);
    if (!stats.isFile() || stats.size > LARGEST) return null;
    const header = `blob ${stats.size}\0`;
    const object = Buffer.allocUnsafe(header.length + stats.size);
    object.write(header, 'latin1');
    if (!fill(handle, object, header.length)) return null;
    if (createHash(format).update(object).digest('hex') !== blob) return null;
    return object.subarray(header.length);
  } catch {
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** @returns whether there was as much as there is room. */
function fill(handle: number, bytes: Buffer, from: number): boolean {
  let at = from;
  while (at < bytes.length) {
    const count = readSync(handle, bytes, at, bytes.length - at, null);
    if (count === 0) return false;
    at += count;
  }
  return true;
}

/**
 * The files with the sizes of small ones filled in as they are on disk: a guess at that of the blob, which
 * {@link withoutGuess} takes away. Those of others git must be asked for.
 */
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
