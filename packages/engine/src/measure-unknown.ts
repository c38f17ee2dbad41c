import type { FileRef, Snapshot } from '@bulwark/model';
import type { KnownScans } from './known-scans.ts';

/**
 * The files with the sizes of those that will be read, so that too large ones are not. One that is known was within
 * the limit when it was scanned, and its size is remembered with it.
 */
export async function measureUnknown(
  snapshot: Snapshot,
  files: readonly FileRef[],
  known: KnownScans,
): Promise<readonly FileRef[]> {
  if (!snapshot.measure) return files;
  const unknown = files.filter(
    ({ path, blob, size }) => size === null && blob !== null && known.get(path, blob) === undefined,
  );
  if (unknown.length === 0) return files;
  const measured = await snapshot.measure(unknown);
  const byPath = new Map(measured.map((file) => [file.path, file]));
  return files.map((file) => byPath.get(file.path) ?? file);
}
