import type { Subject } from '@bulwark/model';
import { openBlobReader, type BlobReader } from './blob-reader.ts';
import { BroughtBlobs, type BroughtBlob } from './brought-blobs.ts';
import { listBrought } from './list-brought.ts';
import { measureIds } from './measure.ts';
import { findNearestKnown } from './nearest-known.ts';
import { parseObjectText } from './object-text.ts';
import { createOpenTip } from './open-tip.ts';
import { listOutsideCommits, peel, type Message } from './peel.ts';
import type { RefUpdate } from './ref-updates.ts';
import { listRemoteIds, type Remote } from './remote-refs.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** A commit that a remote ref will name. */
export interface PushedTip {
  readonly commit: string;
  readonly remoteRef: string;
  /**
   * The commit the remote has there now, where it is here too; else the nearest one it has of the history.
   * `null` where it has none.
   */
  readonly base: string | null;
}

export interface PushedObjects {
  readonly tips: readonly PushedTip[];
  /** New to the remote, each before those built upon it. */
  readonly commits: readonly string[];
  /** In the order in which they were brought. */
  readonly blobs: readonly BroughtBlob[];
  /** A tip to be judged; it can be read until all is closed. @throws GitError if a tree of it is missing. */
  openTip(tip: PushedTip): Promise<Subject>;
  /** The messages of all new commits and of the pushed tags. */
  messages(): AsyncGenerator<Message>;
  /** One blob, as of a place's `before`; `streamBlobs` reads many. @throws BlobError */
  read(id: string, limit?: number): Promise<Uint8Array>;
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
  const brought = new BroughtBlobs();
  const tips: PushedTip[] = [];
  for (const [at, target] of targets.entries()) {
    const { remoteRef, remoteId } = pushed[at]!;
    if (target.type === 'commit') {
      const there = remoteId !== null && known.has(remoteId) ? (await peel(blobs, remoteId)).id : null;
      const base = there ?? (await findNearestKnown(repository, target.id, [...known.keys()]));
      tips.push({ commit: target.id, remoteRef, base });
    } else {
      for (const { id, place } of await listOutsideCommits(repository, target, remoteRef))
        brought.add(id, place);
    }
  }
  const commits: string[] = [];
  if (tips.length > 0) {
    const stdin = [...tips.map(({ commit }) => commit), ...[...known.keys()].map((id) => `^${id}`)];
    for await (const records of listBrought(repository.place, { stdin })) {
      for (const record of records) {
        if (record.kind === 'commit') commits.push(record.commit);
        else brought.add(record.id, record.place);
      }
    }
  }
  const tags = targets.flatMap((target) => target.tags);
  return {
    tips,
    commits,
    blobs: brought.list(await measureIds(repository, brought.ids)),
    openTip: createOpenTip(repository, blobs),
    messages: () => readMessages(blobs, commits, tags),
    read: (id, limit) => blobs.read(id, limit),
  };
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
