import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { encodePath, messageOf, quotePath, ReadError } from '@bulwark/model';
import type { FileRef } from '@bulwark/model';

/** Larger files of the work tree are not read to name them by their content. */
const HASH_LIMIT = 64 * 1024 * 1024;

export type ObjectFormat = 'sha1' | 'sha256';

/**
 * The file at a path as it is on disk; its blob id is that of exactly these bytes, without the filters
 * and line ends git would apply. A symbolic link is its target text and never followed.
 * @returns null if there is no file (a folder, socket or pipe is none).
 */
export async function lookAtFile(top: string, path: string, format: ObjectFormat): Promise<FileRef | null> {
  const place = placeOf(top, path);
  const stats = await lstat(place).catch((error: unknown) => (isGone(error) ? null : 'unreachable'));
  if (stats === 'unreachable') return unreadable(path);
  if (stats === null || !(stats.isFile() || stats.isSymbolicLink())) return null;
  const mode = stats.isSymbolicLink() ? '120000' : (stats.mode & 0o100) === 0 ? '100644' : '100755';
  if (stats.size > HASH_LIMIT) return { path, mode, blob: null, size: stats.size };
  try {
    const bytes = await readBytes(place, mode);
    return { path, mode, blob: blobId(bytes, format), size: bytes.length };
  } catch (error) {
    if (isGone(error)) return null;
    // It is there but may not be read: reading it again says so in the report.
    return { path, mode, blob: null, size: stats.size };
  }
}

/** What is there and may not be looked at: reading it fails, and that is said in the report. */
export function unreadable(path: string): FileRef {
  return { path, mode: '100644', blob: null, size: null };
}

/** Whether something in the way to a file keeps it from being looked at, rather than that it is not there. */
export function isOutOfReach(top: string, path: string): boolean {
  try {
    lstatSync(placeOf(top, path));
    return false;
  } catch (error) {
    return !isGone(error);
  }
}

/** @throws ReadError if the bytes are no longer those the file was named by. */
export async function readDiskFile(top: string, file: FileRef, format: ObjectFormat): Promise<Uint8Array> {
  const { path, blob, mode } = file;
  const bytes = await readBytes(placeOf(top, path), mode).catch((error: unknown) => {
    throw new ReadError(path, `${quotePath(path)}: ${messageOf(error)}`, { cause: error });
  });
  if (blob !== null && blobId(bytes, format) !== blob) {
    throw new ReadError(path, `${quotePath(path)} was changed while it was looked at`);
  }
  return bytes;
}

/**
 * Whether a folder above the path is a symbolic link, so that what stands there is somewhere else. Git takes
 * a tracked file behind a link for deleted.
 */
export async function isBehindLink(top: string, path: string): Promise<boolean> {
  const folders = path.split('/').slice(0, -1);
  const above = folders.map((_, at) => folders.slice(0, at + 1).join('/'));
  const stats = await Promise.all(above.map((folder) => lstat(placeOf(top, folder)).catch(() => null)));
  return stats.some((found) => found?.isSymbolicLink() === true);
}

function readBytes(place: string | Buffer, mode: FileRef['mode']): Promise<Buffer> {
  return mode === '120000' ? readlink(place, { encoding: 'buffer' }) : readFile(place);
}

/** Git's name for these bytes (gitformat-loose(5)): the hash of `blob <size>\0<bytes>`. */
export function blobId(bytes: Uint8Array, format: ObjectFormat): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A path below the top, as `node:fs` takes it: as bytes only where it has to be. */
export function placeOf(top: string, path: string): string | Buffer {
  const place = `${top}/${path}`;
  return path.isWellFormed() ? place : Buffer.concat([Buffer.from(`${top}/`), encodePath(path)]);
}

/** Errors of `node:fs` carry a code; of which realm they are does not matter. */
function isGone(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
