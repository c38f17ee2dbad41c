import type { FileRef, Snapshot } from '@bulwark/model';
import type { BlobReader } from './blob-reader.ts';
import { freeze, readFrom } from './freeze.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { parseTreeEntries } from './tree-entries.ts';

/**
 * The tree of a commit, by full object id.
 * @throws GitError if a tree of it is missing.
 */
export async function commitSnapshot(
  repository: Repository,
  commit: string,
  blobs: BlobReader,
): Promise<Snapshot> {
  return freezeCommit(commit, await listTree(repository, commit), blobs);
}

export function freezeCommit(commit: string, files: readonly FileRef[], blobs: BlobReader): Snapshot {
  return freeze({ kind: 'commit', commit }, files, readFrom(blobs));
}

/** Every file of a commit's tree, without sizes. */
export async function listTree({ place }: Repository, commit: string): Promise<FileRef[]> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', '--no-abbrev', commit];
  return parseTreeEntries((await runGit(place, args)).stdout);
}
