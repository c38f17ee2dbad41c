import type { Snapshot, Subject } from '@bulwark/model';
import type { BlobReader } from './blob-reader.ts';
import { commitSnapshot } from './commit-snapshot.ts';
import type { PushedTip } from './pushed-objects.ts';
import type { Repository } from './repository.ts';

/**
 * Opens the tips of a push one after the other: a mirror has thousands, and each is a list of all its files. No file
 * of a tip counts as changed, as the pushed blobs hold what is new.
 */
export function createOpenTip(
  repository: Repository,
  blobs: BlobReader,
): (tip: PushedTip) => Promise<Subject> {
  // Branches made from one place, or tags along one line, have the same base.
  let last: { readonly commit: string; readonly snapshot: Snapshot } | null = null;

  return async ({ commit, base }) => ({
    snapshot: await commitSnapshot(repository, commit, blobs),
    folder: '.',
    changes: [],
    bases: base === null ? [] : [await openBase(base)],
    commonDir: repository.commonDir,
    ...(repository.topLevel === null ? {} : { topLevel: repository.topLevel }),
    openTrusted: async () => (base === null ? null : openBase(base)),
    close: async () => {},
  });

  async function openBase(commit: string): Promise<Snapshot> {
    if (last?.commit !== commit) last = { commit, snapshot: await commitSnapshot(repository, commit, blobs) };
    return last.snapshot;
  }
}
