/**
 * Answers that rest on some files of a snapshot and on which paths it has. Two steps lead to one: under the question
 * and the list of paths stand the files that were read for it, and under those with their blob ids the answer.
 * Whatever else a commit changes, the answer is still right.
 */
import { canonicalJson, fingerprint, hashablePath, noStore } from '@bulwark/model';
import type { FileRef, Json, Problem, Rule, Snapshot, Store } from '@bulwark/model';
import { watchReads } from './watch-reads.ts';

interface Answer {
  readonly problems: readonly Problem[];
}

/** How many sets of files one question may have rested on. */
export const MOST_TRACES = 4;

/**
 * The answer to a question about a snapshot, from the store if it is there. One with problems is not remembered: what
 * kept it from being whole may pass.
 * @param question all that the answer depends on beside the snapshot. Neither the snapshot's kind nor its commit
 * is shown to `compute`.
 * @param compute gives plain JSON data.
 */
export async function traced<T extends Answer>(
  store: Store,
  snapshot: Snapshot,
  question: readonly string[],
  compute: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  if (store === noStore) return compute(snapshot);
  const key = fingerprint('traces', ...question, listingOf(snapshot));
  const traces = await recallTraces(store, key);
  for (const paths of traces) {
    const answerKey = keyOfAnswer(key, snapshot, paths);
    const known = answerKey === null ? undefined : await store.recall(answerKey);
    if (known !== undefined) return known as unknown as T;
  }
  const watched = watchReads(snapshot);
  const answer = await compute(watched.snapshot);
  const paths = watched.paths();
  const answerKey = paths && keyOfAnswer(key, snapshot, paths);
  if (!paths || !answerKey || answer.problems.length > 0 || !isPlain(answer)) return answer;
  await store.keep(answerKey, answer as unknown as Json);
  const others = traces.filter((trace) => trace.join('\0') !== paths.join('\0'));
  await store.keep(key, [paths, ...others].slice(0, MOST_TRACES));
  return answer;
}

async function recallTraces(store: Store, key: string): Promise<readonly (readonly string[])[]> {
  const known = await store.recall(key);
  return Array.isArray(known) ? (known as readonly (readonly string[])[]) : [];
}

/** Names an answer by the files it rests on; `null` where one of them is not there, or has no blob id. */
export function keyOfAnswer(key: string, snapshot: Snapshot, paths: readonly string[]): string | null {
  const parts: string[] = [];
  for (const path of paths) {
    const blob = snapshot.file(path)?.blob;
    if (blob === undefined || blob === null) return null;
    parts.push(hashablePath(path), blob);
  }
  return fingerprint('answer', key, ...parts);
}

const listings = new WeakMap<readonly FileRef[], string>();

/** A digest of every path and what kind of entry it is. */
export function listingOf({ files }: Snapshot): string {
  const known = listings.get(files);
  if (known !== undefined) return known;
  const digest = fingerprint(files.map(({ path, mode }) => `${mode} ${hashablePath(path)}`).join('\0'));
  listings.set(files, digest);
  return digest;
}

/** Whether JSON keeps all of it: a number such as Infinity would come back as null. */
export function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object')
    return typeof value !== 'function' && typeof value !== 'bigint';
  return Object.values(value).every(isPlain);
}

/** Settings as a part of a question: a waiver decides nothing before the findings are there. */
export function settingsKey({ waivers: _waivers, ...rest }: { readonly waivers: unknown }): string {
  return canonicalJson(rest);
}

/** Rules as a part of a question: ours are named by the build, a team's own by the digest of their code. */
export function rulesKey(rules: readonly Rule[]): string {
  return canonicalJson(rules.map(({ id, plugin }) => (plugin ? [id, plugin.digest, plugin.isChanging] : id)));
}
