/** The index of a commit in the making, opened without starting git, where repository and index are as most are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckRequest, Subject } from '@bulwark/model';
import { openBlobReader } from '../blob-reader.ts';
import { indexSnapshot } from '../index-snapshot.ts';
import { diffIndex } from '../warm/diff-index.ts';
import { parseIndexFile } from '../warm/index-file.ts';
import { readCachedTrees } from './cached-trees.ts';
import { findChangedFolders } from './changed-folders.ts';
import { findPlainRepository, type PlainRepository } from './plain-repository.ts';
import { createStoredBlobs } from './stored-blobs.ts';
import { openStoredObjects, type StoredObjects } from './stored-objects.ts';

/** @returns null where git is to be asked. */
export async function openPlainIndex(
  { cwd, view, scope }: CheckRequest,
  env: NodeJS.ProcessEnv,
): Promise<Subject | null> {
  if (view.kind !== 'index' || scope !== 'changes') return null;
  const repository = findPlainRepository(cwd, env);
  if (repository === null) return null;
  const { commonDir, topLevel, place } = repository;
  const objects = openStoredObjects(join(commonDir, 'objects'));
  const compared = compare(repository, objects);
  if (compared === null) {
    objects.close();
    return null;
  }
  const blobs = createStoredBlobs(objects, () => openBlobReader(place));
  try {
    const answers = { ...compared, planned: new Set<string>() };
    const { snapshot, changes, base } = await indexSnapshot(repository, answers, blobs, scope);
    return {
      snapshot,
      changes,
      bases: base === null ? [] : [base],
      folder: '.',
      commonDir,
      topLevel,
      openTrusted: () => Promise.resolve(base),
      close: () => blobs.close(),
    };
  } catch (error) {
    await blobs.close();
    throw error;
  }
}

type Compared = Pick<Parameters<typeof indexSnapshot>[1], 'entries' | 'raw'>;

function compare({ gitDir, indexFile, head }: PlainRepository, objects: StoredObjects): Compared | null {
  try {
    const index = parseIndexFile(readFileSync(indexFile ?? join(gitDir, 'index')), 'sha1');
    if (index === null || index.entries.some(({ stage }) => stage !== 0)) return null;
    const root = treeOf(objects.read(head, 'commit'));
    if (root === null) return null;
    const { entries } = index;
    const changed = findChangedFolders(root, entries, readCachedTrees(index.extensions), objects);
    return changed && { entries, raw: diffIndex(changed.entries, changed.files) };
  } catch {
    return null;
  }
}

/** A commit begins with `tree <id>\n`. */
function treeOf(commit: Buffer | null): string | null {
  return /^tree ([0-9a-f]{40})\n/.exec(commit?.toString('latin1', 0, 46) ?? '')?.[1] ?? null;
}
