import type { Change, FileRef, Snapshot } from '@bulwark/model';
import { comparePaths } from './freeze.ts';

/** What `now` changes of `base`, in byte order of the paths; everything is added where there is no base. */
export function compareSnapshots(base: Snapshot | null, now: Snapshot): Change[] {
  const changes: Change[] = [];
  for (const file of now.files) {
    const before = base?.file(file.path);
    if (before === undefined) changes.push({ path: file.path, status: 'added' });
    else if (kindOf(before) !== kindOf(file)) changes.push({ path: file.path, status: 'type-changed' });
    else if (before.blob !== file.blob || before.mode !== file.mode || isUnnamed(file)) {
      changes.push({ path: file.path, status: 'modified' });
    }
  }
  for (const { path } of base?.files ?? []) {
    if (now.file(path) === undefined) changes.push({ path, status: 'deleted' });
  }
  return changes.sort((a, b) => comparePaths(a.path, b.path));
}

/** A large file of the work tree has no blob id to compare. */
function isUnnamed({ blob, mode }: FileRef): boolean {
  return blob === null && mode !== '160000';
}

function kindOf({ mode }: FileRef): string {
  return mode.slice(0, 3);
}
