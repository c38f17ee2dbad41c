import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '@bulwark/model';
import type { BlobReader } from './blob-reader.ts';
import { isBehindLink, lookAtFile, readDiskFile } from './disk-file.ts';
import { freeze, readFrom } from './freeze.ts';
import { listIndex, toFile } from './index-snapshot.ts';
import { inTurns } from './in-turns.ts';
import { measure } from './measure.ts';
import { splitNul } from './nul-records.ts';
import { parseRawDiff } from './raw-diff.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { guessSize, guessSizes, readUnmodified, withoutGuess } from './unmodified-file.ts';
import { parseIndexFile, type FileEntry } from './warm/index-file.ts';

/**
 * Tracked files plus untracked ones that are not ignored, as they are on disk.
 *
 * A file that git knows to be unmodified has the bytes of its blob (`unmodified-file.ts`): an answer remembered under a
 * blob id must be about that blob. A file outside a sparse checkout is unmodified in this sense. Everything else is read
 * from disk.
 *
 * @param aside absolute paths that do not count while they are untracked: what whoever asks writes itself
 */
export async function worktreeSnapshot(
  repository: Repository & { readonly topLevel: string },
  blobs: BlobReader,
  aside: ReadonlySet<string> = new Set(),
): Promise<Snapshot> {
  const { topLevel, objectFormat, head } = repository;
  const [touched, others, entries] = await Promise.all([
    listTouched(repository),
    listUntracked(repository),
    readIndex(repository) ?? listIndex(repository),
  ]);
  const untracked = others.filter((path) => !aside.has(join(topLevel, path)));
  const isOnDisk = new Set(touched);
  for (const { path, stage } of entries) if (stage !== 0) isOnDisk.add(path);
  const unmodified = entries
    .filter(({ path }) => !isOnDisk.has(path))
    .map((entry) => guessSize(toFile(entry), 'fileSize' in entry ? entry.fileSize : 0));
  for (const path of untracked) if (!path.endsWith('/')) isOnDisk.add(path);
  const found = await inTurns([...isOnDisk], async (path) =>
    (await isBehindLink(topLevel, path)) ? null : lookAtFile(topLevel, path, objectFormat),
  );
  const fromDisk = found.filter((file) => file !== null);
  const readObject = readFrom(blobs);
  const skipped = untracked
    .filter((path) => path.endsWith('/'))
    .map((path) => ({ path: path.slice(0, -1), reason: 'a git repository of its own' }));
  const snapshot = freeze({ kind: 'worktree', commit: head }, [...unmodified, ...fromDisk], async (file) => {
    if (isOnDisk.has(file.path)) return readDiskFile(topLevel, file, objectFormat);
    return readUnmodified(topLevel, file, objectFormat) ?? readObject(withoutGuess(file));
  });
  return {
    ...snapshot,
    skipped,
    measure: (files) => measure(repository, guessSizes(topLevel, files)),
  };
}

/** What git would list, with the size that each file had when git last looked. @returns `null` where git must be asked. */
function readIndex({ gitDir, indexFile, objectFormat }: Repository): readonly FileEntry[] | null {
  try {
    return parseIndexFile(readFileSync(indexFile ?? join(gitDir, 'index')), objectFormat)?.entries ?? null;
  } catch {
    return null;
  }
}

/** Tracked paths whose file on disk differs from the index, or may (git compares by `lstat`). */
async function listTouched({ place }: Repository): Promise<string[]> {
  const args = ['diff-files', '--raw', '-z', '--no-renames', '--no-abbrev', '--ignore-submodules=all'];
  // `-q` would hide deleted files; they are listed, and found missing on disk.
  return parseRawDiff((await runGit(place, args)).stdout).map(({ path }) => path);
}

/** A repository inside this one that is no submodule is listed as one folder, with a `/` behind. */
async function listUntracked({ place }: Repository): Promise<string[]> {
  const args = ['ls-files', '--others', '--exclude-standard', '-z', '--full-name'];
  return splitNul((await runGit(place, args)).stdout);
}
