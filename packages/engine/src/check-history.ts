/** Every blob of a history → its report: what was ever committed, whether or not it is still there. */
import { compareFindings } from '@bulwark/model';
import type { Report, Snapshot } from '@bulwark/model';
import type { CheckParts } from './check.ts';
import { scannerKeyOf, withStore } from './check.ts';
import { isoDay } from './iso-day.ts';
import { judgeObjects } from './judge-objects.ts';
import type { BroughtObject, ObjectSource } from './judge-objects.ts';
import { openKnownScans } from './known-scans.ts';
import { readPolicy } from './read-policy.ts';
import { sortProblems } from './sort-problems.ts';

/** A history, and the tree whose settings it is judged by. */
export interface HistoryToJudge<T extends BroughtObject = BroughtObject> extends ObjectSource<T> {
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
  const { settings, rules } = policy;
  const {
    findings,
    problems: ofFiles,
    skipped,
    files,
    bytes,
  } = await withStore(parts, history.commonDir, async (store) =>
    judgeObjects(history, {
      settings,
      rules,
      scanner: parts.createScanner(settings),
      known: await openKnownScans(store, scannerKeyOf(parts, settings), history.blobs.length),
      today: isoDay(parts.now()),
      ...(onProgress ? { onProgress } : {}),
    }),
  );
  const problems = [...policy.problems, ...ofFiles];
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
