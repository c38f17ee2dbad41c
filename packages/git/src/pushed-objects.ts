import type { FileMode } from '@bulwark/model';
import { BlobError, openBlobReader, type BlobReader } from './blob-reader.ts';
import { listBrought } from './list-brought.ts';
import { measureIds } from './measure.ts';
import { parseObjectText } from './object-text.ts';
import type { RefUpdate } from './ref-updates.ts';
import { listRemoteIds, type Remote } from './remote-refs.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { parseTreeEntries } from './tree-entries.ts';

/** Where a push brings a blob. */
export interface BroughtPlace {
  /** From the root of the commit's tree; the remote ref where a tag names the blob itself. */
  readonly path: string;
  readonly mode: FileMode;
  /** The commit that brings it; `null` where a tag names the blob or a tree without a commit. */
  readonly commit: string | null;
  /** What this commit's parents have at the path: a finding that is there too is older than the commit. */
  readonly before: readonly string[];
}

/** A blob that a push brings, at one path or several. */
export interface BroughtBlob {
  readonly id: string;
  /** `null` if it could not be asked, as for a missing object; reading it says why. */
  readonly size: number | null;
  /** At least one, the oldest commit first. */
  readonly places: readonly BroughtPlace[];
}

/** A commit that a remote ref will name. */
export interface PushedTip {
  readonly commit: string;
  readonly remoteRef: string;
  /** The commit the remote has there now, where it is here too. */
  readonly base: string | null;
}

/** The message of a commit or annotated tag. */
export interface Message {
  readonly kind: 'commit' | 'tag';
  /** Of the commit or tag; for a tag within a merge commit, of that commit. */
  readonly id: string;
  readonly text: Uint8Array;
}

export interface PushedObjects {
  readonly tips: readonly PushedTip[];
  /** New to the remote, each before those built upon it. */
  readonly commits: readonly string[];
  /** In the order in which they were brought. */
  readonly blobs: readonly BroughtBlob[];
  /** The messages of all new commits and of the pushed tags. */
  messages(): AsyncGenerator<Message>;
  /** @throws BlobError */
  read(id: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * All that a push brings which is not known to be on the remote: not reachable from what the remote has at
 * the pushed refs, nor from its remote-tracking refs. Nothing is capped. Deletions bring nothing.
 * @throws GitError or BlobError if an object that is to be pushed cannot be looked at.
 */
export async function findPushedObjects(
  repository: Repository,
  updates: readonly RefUpdate[],
  remote: Remote,
): Promise<PushedObjects> {
  const blobs = openBlobReader(repository.place);
  try {
    return { ...(await find(repository, updates, remote, blobs)), close: () => blobs.close() };
  } catch (error) {
    await blobs.close();
    throw error;
  }
}

async function find(
  repository: Repository,
  updates: readonly RefUpdate[],
  remote: Remote,
  blobs: BlobReader,
): Promise<Omit<PushedObjects, 'close'>> {
  const pushed = updates.filter(({ localId }) => localId !== null);
  const targets = await Promise.all(pushed.map((update) => peel(blobs, update.localId!)));
  const known = pushed.length === 0 ? new Map<string, string>() : await listKnown(repository, pushed, remote);
  const places = new Map<string, Map<string, BroughtPlace>>();
  const bring = (id: string, place: BroughtPlace) => {
    const byPath = places.get(id) ?? new Map<string, BroughtPlace>();
    places.set(id, byPath);
    if (!byPath.has(place.path)) byPath.set(place.path, place);
  };
  const tips: PushedTip[] = [];
  for (const [at, { type, id }] of targets.entries()) {
    const { remoteRef, remoteId } = pushed[at]!;
    if (type === 'commit') {
      const base = remoteId === null ? null : known.has(remoteId) ? (await peel(blobs, remoteId)).id : null;
      tips.push({ commit: id, remoteRef, base });
    } else {
      for (const file of await listOutsideCommits(repository, type, id, remoteRef)) {
        bring(file.id, { path: file.path, mode: file.mode, commit: null, before: [] });
      }
    }
  }
  const commits: string[] = [];
  if (tips.length > 0) {
    const stdin = [...tips.map(({ commit }) => commit), ...[...known.keys()].map((id) => `^${id}`)];
    for await (const records of listBrought(repository.place, { stdin }, 'oldest first')) {
      for (const record of records) {
        if (record.kind === 'commit') commits.push(record.commit);
        else {
          const { id, path, mode, commit, before } = record;
          bring(id, { path, mode, commit, before });
        }
      }
    }
  }
  const sizes = await measureIds(repository, places.keys());
  const tags = targets.flatMap((target) => target.tags);
  return {
    tips,
    commits,
    blobs: [...places].map(([id, at]) => ({ id, size: sizes.get(id) ?? null, places: [...at.values()] })),
    messages: () => readMessages(blobs, commits, tags),
    read: (id) => blobs.read(id),
  };
}

interface Target {
  readonly type: string;
  readonly id: string;
  /** Annotated tags on the way, each once per push. */
  readonly tags: readonly Message[];
}

/** What a tag names in the end, through tags of tags. */
async function peel(blobs: BlobReader, id: string): Promise<Target> {
  const tags: Message[] = [];
  let at = id;
  for (;;) {
    const { type } = await blobs.look(at);
    if (type !== 'tag') return { type, id: at, tags };
    const { headers, message } = parseObjectText(await blobs.readObject(at));
    const next = headers.get('object');
    if (next === undefined) throw new BlobError(`tag ${at} names no object`);
    tags.push({ kind: 'tag', id: at, text: message });
    at = next;
  }
}

/** What the remote is known to have, as far as it is here too: a forced push may name what was never fetched. */
async function listKnown(
  repository: Repository,
  updates: readonly RefUpdate[],
  remote: Remote,
): Promise<ReadonlyMap<string, string>> {
  const told = updates.flatMap(({ remoteId }) => remoteId ?? []);
  const ids = new Set([...told, ...(await listRemoteIds(repository, remote))]);
  const types = await typesOf(repository, ids);
  return new Map([...types].filter(([, type]) => type === 'commit' || type === 'tag'));
}

async function typesOf({ place }: Repository, ids: Iterable<string>): Promise<Map<string, string>> {
  const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'];
  // 128: git ends at an object that a partial clone lacks; what it did not come to counts as unknown.
  const { stdout } = await runGit(place, args, { input: [...ids, ''].join('\n'), codes: [0, 128] });
  const pairs = stdout
    .toString('latin1')
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(
    pairs.flatMap(([id, type]) =>
      id === undefined || type === undefined || type === 'missing' ? [] : [[id, type] as const],
    ),
  );
}

async function listOutsideCommits(
  { place }: Repository,
  type: string,
  id: string,
  remoteRef: string,
): Promise<{ id: string; path: string; mode: FileMode }[]> {
  if (type === 'blob') return [{ id, path: remoteRef, mode: '100644' }];
  const { stdout } = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', '--no-abbrev', id]);
  return parseTreeEntries(stdout).flatMap(({ path, mode, blob }) =>
    blob === null ? [] : [{ id: blob, path, mode }],
  );
}

/** How many objects are asked for ahead. */
const AHEAD = 64;

async function* readMessages(
  blobs: BlobReader,
  commits: readonly string[],
  tags: readonly Message[],
): AsyncGenerator<Message> {
  const seen = new Set<string>();
  for (const tag of tags) {
    if (!seen.has(tag.id)) yield tag;
    seen.add(tag.id);
  }
  for (let from = 0; from < commits.length; from += AHEAD) {
    const some = commits.slice(from, from + AHEAD);
    const texts = await Promise.all(some.map((id) => blobs.readObject(id)));
    for (const [at, bytes] of texts.entries()) {
      const { message, mergedTags } = parseObjectText(bytes);
      yield { kind: 'commit', id: some[at]!, text: message };
      for (const text of mergedTags) yield { kind: 'tag', id: some[at]!, text };
    }
  }
}
