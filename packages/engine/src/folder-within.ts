import { posix } from 'node:path';
import { UserError } from '@bulwark/model';
import type { CheckRequest, Subject } from '@bulwark/model';

/**
 * The folder a request is narrowed to, from the snapshot's root; `.` if it is not.
 * @throws UserError if there is nothing in it, or if it lies outside.
 */
export function folderWithin(
  { snapshot, folder }: Subject,
  { within }: Pick<CheckRequest, 'within'>,
): string {
  if (within === undefined) return '.';
  const path = posix.normalize(posix.join(folder, within)).replace(/\/$/, '');
  if (path === '.' || snapshot.files.some((file) => isWithin(file.path, path))) return path;
  throw new UserError(
    `There is nothing to judge in ${JSON.stringify(within)}.`,
    'Name a folder with tracked files, from where you are.',
  );
}

/** Whether a path lies in a folder. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}
