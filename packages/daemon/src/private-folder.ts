import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder that is this user's alone (0700), whatever the umask says, or takes the one that is there if it
 * is that.
 * In one go: a commit waits longer for each answer from another thread than for the disk.
 * @param above how many of the folders above it are made as well where they are missing. What lies higher must be there:
 * a repository that was moved or deleted does not come back as empty folders.
 * @returns false where it is somebody else's, a link, or cannot be made: it is then not used at all.
 */
export function makePrivateFolder(path: string, above = 0): boolean {
  try {
    const found = lookOrMake(path, above);
    if (!found.isDirectory()) return false;
    // Windows has neither owners nor modes here: the folder has the rights of the repository it lies in.
    if (process.getuid === undefined) return true;
    if (found.uid !== process.getuid()) return false;
    if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700);
    return true;
  } catch {
    return false;
  }
}

function lookOrMake(path: string, above: number): Stats {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found) return found;
  if (above > 0) lookOrMake(dirname(path), above - 1);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Somebody was sooner.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return lstatSync(path);
}

/** Ours, nobody else's, and no link. Windows has neither owners nor modes here. */
export async function isPrivate(path: string, kind: 'directory' | 'file' | 'socket'): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return false;
  const isKind = { directory: found.isDirectory(), file: found.isFile(), socket: found.isSocket() }[kind];
  if (!isKind) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o077) === 0;
}
