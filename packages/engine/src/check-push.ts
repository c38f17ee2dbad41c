/** What a push brings → its report: every new blob and message, and the apps of every tip. */
import { UserError, compareFindings } from '@bulwark/model';
import type { AppReport, Finding, Problem, Report, Skipped, Store, Subject } from '@bulwark/model';
import type { BroughtObject, ObjectSource } from './brought-objects.ts';
import { checkSubject, scannerKeyOf, withStore } from './check.ts';
import type { CheckParts } from './check.ts';
import { judgeMessage } from './judge-message.ts';
import type { MessageToJudge } from './judge-message.ts';
import { judgeObjects } from './judge-objects.ts';
import { openKnownScans } from './known-scans.ts';
import { readPolicy } from './read-policy.ts';
import type { Policy } from './read-policy.ts';
import { defaultSettings } from './settings.ts';
import { sortProblems } from './sort-problems.ts';
import { isoDay } from './iso-day.ts';
import { withoutRepeats } from './without-repeats.ts';

/** Opened only while it is judged: there may be thousands, each with all its files. */
export interface TipToJudge {
  readonly commit: string;
  open(): Promise<Subject>;
}

/** What a push brings. */
export interface PushToJudge<T extends BroughtObject = BroughtObject> extends ObjectSource<T> {
  /** Each commit a remote ref will name; file rules do not look at it, as the blobs hold what is new. */
  readonly tips: readonly TipToJudge[];
  messages(): AsyncIterable<MessageToJudge>;
  /** Git's folder that all worktrees share. */
  readonly commonDir?: string;
}

/** @throws UserError for a mistake in the settings of a tip. */
export function checkPush<T extends BroughtObject>(
  parts: CheckParts,
  push: PushToJudge<T>,
  onProgress?: (done: number, total: number) => void,
): Promise<Report> {
  return withStore(parts, push.commonDir, (store) => judgePush(parts, push, store, onProgress));
}

async function judgePush<T extends BroughtObject>(
  parts: CheckParts,
  push: PushToJudge<T>,
  store: Store,
  onProgress?: (done: number, total: number) => void,
): Promise<Report> {
  const apps = new Map<string, AppReport>();
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  const policies = new Map<string, Policy>();
  for (const tip of push.tips) {
    const judged = await judgeTip(parts, tip, store);
    policies.set(keyOf(judged.policy), judged.policy);
    for (const app of judged.report.apps) if (!apps.has(app.root)) apps.set(app.root, app);
    findings.push(...judged.report.findings.map((finding) => ({ ...finding, commit: tip.commit })));
    problems.push(...judged.report.problems);
  }
  // What several tips bring is judged by the settings of all of them.
  const byDefault: Policy = { settings: defaultSettings, rules: parts.rules, plugins: [], problems: [] };
  const inForce = policies.size === 0 ? [byDefault] : [...policies.values()];
  const scan = await scanObjects(parts, push, inForce, store, onProgress);
  return {
    version: 1,
    tool: { name: 'bulwark', version: parts.version },
    snapshot: { kind: 'commit', commit: push.tips[0]?.commit ?? null },
    complete: scan.problems.length + problems.length === 0,
    problems: sortProblems([...scan.problems, ...problems]),
    scanned: { files: scan.files, bytes: scan.bytes, apps: apps.size, skipped: scan.skipped },
    apps: [...apps.values()],
    findings: withoutRepeats([...scan.findings, ...findings], placeOf).toSorted(compareFindings),
  };
}

/** Two policies with one key judge a file alike. */
function keyOf({ settings, rules }: Policy): string {
  return JSON.stringify([settings, rules.map(({ id, plugin }) => [id, plugin])]);
}

/** A tip is judged by its own settings. */
async function judgeTip(
  parts: CheckParts,
  { commit, open }: TipToJudge,
  store: Store,
): Promise<{ readonly policy: Policy; readonly report: Report }> {
  const subject = await open();
  try {
    const policy = await readPolicy(parts, subject).catch((error: unknown) => {
      throw error instanceof UserError
        ? new UserError(`in commit ${commit.slice(0, 12)}: ${error.message}`, error.hint, { cause: error })
        : error;
    });
    const request = { cwd: '.', view: { kind: 'commit', commit }, scope: 'changes' } as const;
    const ofApps = { ...policy, rules: policy.rules.filter(({ kind }) => kind !== 'file') };
    return { policy, report: await checkSubject(parts, ofApps, request, subject, store) };
  } finally {
    await subject.close();
  }
}

interface ObjectScan {
  readonly findings: Finding[];
  readonly problems: Problem[];
  readonly skipped: Skipped[];
  files: number;
  bytes: number;
}

async function scanObjects<T extends BroughtObject>(
  parts: CheckParts,
  push: PushToJudge<T>,
  inForce: readonly Policy[],
  store: Store,
  onProgress?: (done: number, total: number) => void,
): Promise<ObjectScan> {
  const scan: ObjectScan = { findings: [], problems: [], skipped: [], files: 0, bytes: 0 };
  const today = isoDay(parts.now());
  for (const { settings, rules } of inForce) {
    const known = await openKnownScans(store, scannerKeyOf(parts, settings), push.blobs.length);
    const scanner = parts.createScanner(settings);
    const options = { settings, rules, scanner, known, today };
    const objects = await judgeObjects(push, { ...options, ...(onProgress ? { onProgress } : {}) });
    scan.findings.push(...objects.findings);
    scan.problems.push(...objects.problems);
    scan.skipped.push(...objects.skipped);
    scan.files = objects.files;
    scan.bytes = objects.bytes;
    for await (const message of push.messages()) {
      const judged = await judgeMessage(message, { ...options, rules: parts.rules });
      scan.findings.push(...judged.findings);
      scan.problems.push(...judged.problems);
    }
  }
  return scan;
}

/** Under the settings of several tips, the strictest word on a place holds: which of them brings it is not told. */
function placeOf({ rule, fingerprint, path, line, column }: Finding): readonly unknown[] {
  return [rule, fingerprint, path, line, column];
}
