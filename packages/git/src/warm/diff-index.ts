import type { FileMode } from '@bulwark/model';
import type { IndexEntry } from '../index-entries.ts';
import type { RawChange } from '../raw-diff.ts';
import type { TreeFiles } from './tree-reader.ts';

/** What `git diff-index --cached` says of entries without conflicts, against a tree. */
export function diffIndex(entries: readonly IndexEntry[], tree: TreeFiles): RawChange[] {
  const changes: RawChange[] = [];
  let common = 0;
  for (const { path, mode, id } of entries) {
    const before = tree.get(path);
    if (before) common += 1;
    if (before?.id === id && before.mode === mode) continue;
    const status = before ? (kindOf(before.mode) === kindOf(mode) ? 'M' : 'T') : 'A';
    const [oldMode, oldId] = before ? [before.mode, before.id] : ['000000', '0'.repeat(id.length)];
    changes.push({ path, status, oldMode, newMode: mode, oldId, newId: id });
  }
  // Only where the tree has files that the index lacks must they be looked for.
  if (common < tree.size) {
    const held = new Set(entries.map(({ path }) => path));
    for (const [path, { mode, id }] of tree)
      if (!held.has(path))
        changes.push({
          path,
          status: 'D',
          oldMode: mode,
          newMode: '000000',
          oldId: id,
          newId: '0'.repeat(id.length),
        });
  }
  return changes;
}

function kindOf(mode: FileMode): string {
  return mode.slice(0, 3);
}
