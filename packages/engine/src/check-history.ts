/** Every blob of a history → its report: what was ever committed, whether or not it is still there. */
import { canonicalJson, compareFindings, fingerprint } from '@bulwark/model';
import type { Json, Report, Snapshot, Store } from '@bulwark/model';
import type { BroughtObject, ObjectSource } from './brought-objects.ts';
import type { CheckParts } from './check.ts';
import { scannerKeyOf, withStore } from './check.ts';
import { isoDay } from './iso-day.ts';
import { judgeObjects } from './judge-objects.ts';
import type { JudgedObjects } from './judge-objects.ts';
import { openKnownScans } from './known-scans.ts';
import { readPolicy } from './read-policy.ts';
import type { Policy } from './read-policy.ts';
import { sortProblems } from './sort-problems.ts';
import { isPlain, rulesKey } from './traced.ts';

/** A history, and the tree whose settings it is judged by. */
export interface HistoryToJudge<T extends BroughtObject = BroughtObject> extends Omit<
  ObjectSource<T>,
  'blobs'
> {
  /** Histories of one key brought the same objects, at the same places. */
  readonly key: string;
  listBlobs(): Promise<readonly T[]>;
  readonly snapshot: Snapshot;
  /** Git's folder that all worktrees share. */
  readonly commonDir?: string;
  readonly topLevel?: string;
  /** The commit whose code may be run, as in a {@link Subject}. */
  openTrusted?(): Promise<Snapshot | null>;
}

/** File rules alone: apps are judged where they are, not where they were. @throws UserError for a mistake in the settings. */
export async function checkHistory<T extends BroughtObject>(
  parts: CheckParts,
  history: HistoryToJudge<T>,
  onProgress?: (done: number, total: number) => void,
): Promise<Report> {
  const policy = await readPolicy(parts, history);
  const judged = await withStore(parts, history.commonDir, (store) =>
    judgeOrRecall(parts, history, policy, store, onProgress),
  );
  const { findings, skipped, files, bytes } = judged;
  const problems = [...policy.problems, ...judged.problems];
  return {
    version: 1,
    tool: { name: 'bulwark', version: parts.version },
    snapshot: { kind: 'commit', commit: history.snapshot.commit },
    complete: problems.length === 0,
    problems: sortProblems(problems),
    scanned: { files, bytes, apps: 0, skipped },
    apps: [],
    // Nothing in a history is somebody else's: what an earlier commit brought is found at that commit.
    findings: findings.filter(({ older }) => older !== true).toSorted(compareFindings),
  };
}

/** A history that brought what it brought the last time comes to the same, and not even its trees are listed. */
async function judgeOrRecall<T extends BroughtObject>(
  parts: CheckParts,
  history: HistoryToJudge<T>,
  { settings, rules }: Policy,
  store: Store,
  onProgress?: (done: number, total: number) => void,
): Promise<JudgedObjects> {
  const scanner = scannerKeyOf(parts, settings);
  const today = isoDay(parts.now());
  const question = [
    history.key,
    canonicalJson(settings),
    rulesKey(rules),
    // A waiver ends on a day.
    settings.waivers.length > 0 ? today : '',
  ];
  const hasName =
    scanner !== null && rules.every(({ plugin }) => plugin === undefined || plugin.digest !== null);
  const key = hasName ? fingerprint('history', scanner, ...question) : null;
  const known = key === null ? undefined : await store.recall(key);
  if (known !== undefined) return known as unknown as JudgedObjects;
  const blobs = await history.listBlobs();
  const judged = await judgeObjects(
    { ...history, blobs },
    {
      settings,
      rules,
      scanner: parts.createScanner(settings),
      known: await openKnownScans(store, scanner, blobs.length),
      today,
      ...(onProgress ? { onProgress } : {}),
    },
  );
  // With problems it is not whole, and what kept it from that may pass.
  if (key !== null && judged.problems.length === 0 && isPlain(judged))
    await store.keep(key, judged as unknown as Json);
  return judged;
}
