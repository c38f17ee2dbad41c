import type { Change, FileRef, Snapshot } from '@bulwark/model';
import type { BlobReader } from './blob-reader.ts';
import { freezeCommit } from './commit-snapshot.ts';
import type { EarlyAnswers } from './early-index.ts';
import { freeze, readFrom } from './freeze.ts';
import { parseIndexEntries, readMode, type IndexEntry } from './index-entries.ts';
import { measure, measureSome } from './measure.ts';
import { parseRawDiff, type RawChange } from './raw-diff.ts';
import { LIST_INDEX, diffIndexWords } from './questions.ts';
import { emptyTreeOf, type Repository } from './repository.ts';
import { runGit } from './run-git.ts';

export interface IndexSnapshot {
  readonly snapshot: Snapshot;
  /** What the commit in the making changes of HEAD. */
  readonly changes: readonly Change[];
  /** HEAD's tree; `null` before the first commit. */
  readonly base: Snapshot | null;
}

/** What git says of the index: its entries, and how they differ from HEAD. */
export interface IndexAnswers {
  readonly entries: readonly IndexEntry[];
  readonly raw: readonly RawChange[];
  /** Paths that are only meant to be added. */
  readonly planned: ReadonlySet<string>;
}

/** @param early what git said already, as far as it is about this repository */
export async function askIndex(
  repository: Repository,
  early: Pick<EarlyAnswers, 'listing' | 'diff'> | null,
): Promise<IndexAnswers> {
  const [listing, diff] = early ? await Promise.all([early.listing, early.diff]) : [];
  const base = repository.head ?? emptyTreeOf(repository);
  const [entries, raw] =
    listing && diff
      ? [parseIndexEntries(listing), parseRawDiff(diff)]
      : await Promise.all([listIndex(repository), diffIndex(repository, base, 'invisible')]);
  return { entries, raw, planned: await findIntentToAdd(repository, entries, raw) };
}

/**
 * What the commit in the making will hold. Conflicted paths are in the changes as `unmerged` and not in
 * the snapshot; entries of `git add --intent-to-add` are in neither, because git commits none of them.
 * @param measured which files get their size: those that change, or all.
 */
export async function indexSnapshot(
  repository: Repository,
  { entries, raw, planned }: IndexAnswers,
  blobs: BlobReader,
  measured: 'changes' | 'everything',
): Promise<IndexSnapshot> {
  const { head } = repository;
  const held = entries.filter(({ stage, path }) => stage === 0 && !planned.has(path)).map(toFile);
  const changed = new Set(raw.map(({ path }) => path));
  const files =
    measured === 'changes'
      ? await measureSome(repository, blobs, held, ({ path }) => changed.has(path))
      : await measure(repository, held);
  return {
    snapshot: freeze({ kind: 'index', commit: head }, files, readFrom(blobs)),
    changes: toChanges(raw),
    base: head === null ? null : freezeCommit(head, undoChanges(held, raw), blobs),
  };
}

export async function listIndex({ place }: Pick<Repository, 'place'>): Promise<IndexEntry[]> {
  return parseIndexEntries((await runGit(place, LIST_INDEX)).stdout);
}

/** The index against a commit, or against the empty tree before the first one. */
async function diffIndex(
  { place }: Pick<Repository, 'place'>,
  base: string,
  intentToAdd: 'invisible' | 'visible',
): Promise<RawChange[]> {
  const args = diffIndexWords(base, intentToAdd);
  return parseRawDiff((await runGit(place, args)).stdout);
}

/**
 * Paths that are only meant to be added. Git lists them with the blob of an empty file; only the two ways
 * of comparing tell them from files that are empty, and only where the first way was silent or said they go.
 */
async function findIntentToAdd(
  repository: Repository,
  entries: readonly IndexEntry[],
  raw: readonly RawChange[],
): Promise<ReadonlySet<string>> {
  const status = new Map(raw.map((change) => [change.path, change.status]));
  const empty = EMPTY_BLOB[repository.objectFormat];
  const suspects = entries.filter(({ id, path }) => {
    const said = id === empty ? (status.get(path) ?? 'D') : null;
    return said === 'D';
  });
  if (suspects.length === 0) return new Set();
  const visible = await diffIndex(repository, repository.head ?? emptyTreeOf(repository), 'visible');
  const added = new Set(visible.filter(({ status }) => status !== 'D').map(({ path }) => path));
  return new Set(
    suspects.map(({ path }) => path).filter((path) => status.get(path) === 'D' || added.has(path)),
  );
}

const EMPTY_BLOB = {
  sha1: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  sha256: '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
} as const;

const STATUS = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  T: 'type-changed',
  U: 'unmerged',
} as const satisfies Record<RawChange['status'], Change['status']>;

/** A conflicted path may be listed twice, as unmerged and as what the work tree made of it. */
function toChanges(raw: readonly RawChange[]): Change[] {
  const unmerged = new Set(raw.filter(({ status }) => status === 'U').map(({ path }) => path));
  return raw
    .filter(({ path, status }) => status === 'U' || !unmerged.has(path))
    .map(({ path, status }) => ({ path, status: STATUS[status] }));
}

/**
 * HEAD's files, from the index and what differs: the same list as `git ls-tree` would give, without
 * asking for it. HEAD's side of a conflicted path is left out; such an index is not judged.
 */
function undoChanges(files: readonly FileRef[], raw: readonly RawChange[]): FileRef[] {
  const changed = new Set(raw.map(({ path }) => path));
  const before = raw
    .filter(({ status }) => status !== 'A' && status !== 'U')
    .map(({ path, oldMode, oldId }) => toFile({ path, mode: readMode(oldMode), id: oldId }));
  return [...files.filter(({ path }) => !changed.has(path)), ...before];
}

export function toFile({ path, mode, id }: Pick<IndexEntry, 'path' | 'mode' | 'id'>): FileRef {
  return { path, mode, blob: mode === '160000' ? null : id, size: null };
}
