/**
 * The index of a commit in the making, opened in a process that goes on: without starting a single git. It reads the
 * index file itself, and asks one `cat-file` that stays open for HEAD, trees and blobs. What it does not read, git does.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckRequest, Subject } from '@bulwark/model';
import { openBlobReader, type BlobReader } from '../blob-reader.ts';
import { indexSnapshot, type IndexSnapshot } from '../index-snapshot.ts';
import type { RawChange } from '../raw-diff.ts';
import { LARGEST } from '../recent-blobs.ts';
import type { Repository } from '../repository.ts';
import { diffIndex } from './diff-index.ts';
import { createFinder } from './found-repository.ts';
import { parseIndexFile, type FileEntry } from './index-file.ts';
import { readLooseObject } from './loose-object.ts';
import { createTreeReader, type RootTree, type TreeFiles } from './tree-reader.ts';

interface Reader {
  readonly blobs: BlobReader;
  readonly readTree: (root: RootTree) => Promise<TreeFiles>;
  /** What was opened last: one commit asks about the same index more than once. */
  last: Last | null;
}

interface Last {
  /** The whole index file. */
  readonly bytes: Buffer;
  /** HEAD. */
  readonly commit: string;
  readonly opened: IndexSnapshot;
}

/** Repositories, worktrees and environments with a `cat-file` of their own. */
const MOST_READERS = 8;

/** Milliseconds a reader that makes room for others is left to those who use it. */
const LEAVE_TIME = 15_000;

export interface WarmIndex {
  /** @returns null where git is to be asked the ordinary way. @throws UserError as `createOpenSubject` does. */
  open(request: CheckRequest, env: NodeJS.ProcessEnv): Promise<Subject | null>;
  /** Ends every process that it keeps. */
  close(): void;
}

export function createWarmIndex(): WarmIndex {
  const find = createFinder();
  const readers = new Map<string, Reader>();
  return {
    open,
    close() {
      for (const { blobs } of readers.values()) void blobs.close();
      readers.clear();
    },
  };

  async function open({ cwd, view, scope }: CheckRequest, env: NodeJS.ProcessEnv): Promise<Subject | null> {
    if (view.kind !== 'index' || scope !== 'changes') return null;
    const found = await find(cwd, env);
    // Below the top, or by another name, there is more to find out.
    if (found === null || found.topLevel !== cwd) return null;
    const reader = readerOf(found);
    const { blobs } = reader;
    const head = await readHead(blobs);
    if (head === null) return null;
    const { commit } = head;
    const indexFile = resolve(cwd, env['GIT_INDEX_FILE'] ?? join(found.gitDir, 'index'));
    if (!existsSync(indexFile)) return null;
    const bytes = readFileSync(indexFile);
    const isSame = reader.last?.commit === commit && reader.last.bytes.equals(bytes);
    const opened = isSame
      ? reader.last!.opened
      : await read(bytes, head, { ...found, head: commit, indexFile }, reader);
    if (opened === null) return null;
    reader.last = { bytes, commit, opened };
    const { snapshot, changes, base } = opened;
    return {
      snapshot,
      changes,
      bases: base === null ? [] : [base],
      folder: '.',
      commonDir: found.commonDir,
      topLevel: cwd,
      openTrusted: () => Promise.resolve(base),
      close: () => Promise.resolve(),
    };
  }

  /** @returns null where git must be asked what the index holds. */
  async function read(
    bytes: Buffer,
    { tree }: Head,
    repository: Repository,
    { blobs, readTree }: Reader,
  ): Promise<IndexSnapshot | null> {
    const index = parseIndexFile(bytes, repository.objectFormat);
    if (index === null || index.entries.some(({ stage }) => stage !== 0)) return null;
    const { entries } = index;
    const raw = diffIndex(entries, await readTree(tree));
    await readSmall(entries, raw, blobs, objectsOf(repository));
    return indexSnapshot(repository, { entries, raw, planned: new Set() }, blobs, 'changes');
  }

  function readerOf(repository: Repository): Reader {
    const { place, gitDir } = repository;
    const { GIT_INDEX_FILE: _index, ...env } = place.env;
    const key = JSON.stringify([gitDir, ...Object.entries(env).toSorted()]);
    const known = readers.get(key);
    const reader = known ?? openReader({ cwd: place.cwd, env }, objectsOf(repository));
    readers.delete(key);
    readers.set(key, reader);
    for (const [oldest, { blobs }] of readers) {
      if (readers.size <= MOST_READERS) break;
      readers.delete(oldest);
      // Whoever is at it has long got his answer by then.
      setTimeout(() => void blobs.close(), LEAVE_TIME).unref();
    }
    return reader;
  }
}

interface Head {
  readonly commit: string;
  readonly tree: RootTree;
}

/** In one piece. @returns null where there is none, or it moved meanwhile. */
async function readHead(blobs: BlobReader): Promise<Head | null> {
  const [commit, tree, still] = await Promise.all([
    blobs.resolve('HEAD^{commit}'),
    blobs.readNamed('HEAD^{tree}'),
    blobs.resolve('HEAD^{commit}'),
  ]);
  return commit !== null && tree !== null && commit === still ? { commit, tree } : null;
}

/**
 * Reads what changed and is most likely small, so that git need not be asked first how large it is. What cannot be read
 * is asked for again, and then said.
 */
async function readSmall(
  entries: readonly FileEntry[],
  raw: readonly RawChange[],
  blobs: BlobReader,
  objects: string,
): Promise<void> {
  const changed = new Set(raw.map(({ newId }) => newId));
  const small = entries.filter(
    ({ id, mode, fileSize }) => mode !== '160000' && fileSize > 0 && fileSize <= LARGEST && changed.has(id),
  );
  const others = small.filter(({ id }) => {
    const bytes = readLooseObject(objects, id, 'blob');
    if (bytes !== null) blobs.keep(id, bytes);
    return bytes === null;
  });
  await Promise.allSettled(others.map(({ id }) => blobs.read(id)));
}

/** Where objects are written; git may look in more places (gitrepository-layout(5)). */
function objectsOf({ commonDir, place }: Pick<Repository, 'commonDir' | 'place'>): string {
  return resolve(place.cwd, place.env['GIT_OBJECT_DIRECTORY'] ?? join(commonDir, 'objects'));
}

function openReader(place: Repository['place'], objects: string): Reader {
  const blobs = openBlobReader(place);
  return { blobs, readTree: createTreeReader(blobs, objects), last: null };
}
