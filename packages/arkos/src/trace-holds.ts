import { createPackageFinder } from '@bulwark/evaluator';
import type { Snapshot } from '@bulwark/model';
import { digestOfPaths } from './record-lookups.ts';
import type { Trace } from './record-lookups.ts';

/**
 * Compares traces with a snapshot: where everything is as it was, the answer is what it was.
 * @returns what differs, in words; `null` if nothing does
 */
export function createTraceCheck(snapshot: Snapshot): (trace: Trace) => Promise<string | null> {
  const findPackage = createPackageFinder(snapshot);
  return async ({ files, missing, names, lists }) => {
    for (const { path, blob } of files) {
      if (blob === null || snapshot.file(path)?.blob !== blob) return `${path} is another`;
    }
    for (const path of missing) if (snapshot.file(path)) return `${path} is new`;
    for (const { root, name, folder } of names) {
      if ((await findPackage(root, name)) !== folder) return `the package ${name} is elsewhere`;
    }
    for (const { folder, digest } of lists) {
      if (digestOfPaths(snapshot, folder) !== digest) return `${folder || '.'} holds other files`;
    }
    return null;
  };
}
