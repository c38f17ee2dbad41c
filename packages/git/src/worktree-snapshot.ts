import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePath } from '@bulwark/model';
import type { Snapshot } from '@bulwark/model';
import type { BlobReader } from './blob-reader.ts';
import { isBehindLink, isOutOfReach, lookAtFile, readDiskFile, unreadable } from './disk-file.ts';
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
  const untracked = others.paths.filter((path) => !aside.has(join(topLevel, path)));
  const isOnDisk = new Set(touched.paths);
  for (const { path, stage } of entries) if (stage !== 0) isOnDisk.add(path);
  // Git takes what it may not look at for unmodified.
  if (touched.hasComplaint)
    for (const { path } of entries) if (isOutOfReach(topLevel, path)) isOnDisk.add(path);
  const unmodified = entries
    .filter(({ path }) => !isOnDisk.has(path))
    .map((entry) => guessSize(toFile(entry), 'fileSize' in entry ? entry.fileSize : 0));
  for (const path of untracked) if (!path.endsWith('/')) isOnDisk.add(path);
  const found = await inTurns([...isOnDisk], async (path) =>
    (await isBehindLink(topLevel, path)) ? null : lookAtFile(topLevel, path, objectFormat),
  );
  const fromDisk = [...found.filter((file) => file !== null), ...others.closed.map(unreadable)];
  for (const path of others.closed) isOnDisk.add(path);
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
async function listTouched({ place }: Repository): Promise<{ paths: string[]; hasComplaint: boolean }> {
  const args = ['diff-files', '--raw', '-z', '--no-renames', '--no-abbrev', '--ignore-submodules=all'];
  // `-q` would hide deleted files; they are listed, and found missing on disk.
  const { stdout, stderr } = await runGit(place, args);
  return { paths: parseRawDiff(stdout).map(({ path }) => path), hasComplaint: stderr.length > 0 };
}

/**
 * A repository inside this one that is no submodule is listed as one folder, with a `/` behind. Folders that may not be
 * opened are `closed`: git warns of them, and goes on.
 */
async function listUntracked({ place }: Repository): Promise<{ paths: string[]; closed: string[] }> {
  const args = ['ls-files', '--others', '--exclude-standard', '-z', '--full-name'];
  const { stdout, stderr } = await runGit(place, args);
  const closed = [...stderr.toString('latin1').matchAll(CLOSED_FOLDER)].map(([, path = '']) =>
    decodePath(Buffer.from(path, 'latin1')),
  );
  return { paths: splitNul(stdout), closed };
}

/** As git's `dir.c` says it, in the language that `gitEnvironment` asks for. */
const CLOSED_FOLDER = /^warning: could not open directory '(.+?)\/?': /gm;
