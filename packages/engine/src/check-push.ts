/** What a push brings → its report: every new blob and message, and the apps of every tip. */
import { UserError, compareFindings } from '@bulwark/model';
import type { AppReport, Finding, Problem, Report, Skipped, Store, Subject } from '@bulwark/model';
import { checkSubject, scannerKeyOf, withStore } from './check.ts';
import type { CheckParts } from './check.ts';
import { judgeMessage } from './judge-message.ts';
import type { MessageToJudge } from './judge-message.ts';
import { judgeObjects } from './judge-objects.ts';
import type { BroughtObject, ObjectSource } from './judge-objects.ts';
import { openKnownScans } from './known-scans.ts';
import { readSettings } from './read-settings.ts';
import { defaultSettings } from './settings.ts';
import { sortProblems } from './sort-problems.ts';
import type { Settings } from './settings.ts';
import { isoDay } from './iso-day.ts';

/** What a push brings. */
export interface PushToJudge<T extends BroughtObject = BroughtObject> extends ObjectSource<T> {
  /** Each commit a remote ref will name, opened; file rules do not look at it, as the blobs hold what is new. */
  readonly tips: readonly { readonly commit: string; readonly subject: Subject }[];
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
  const scan = await scanObjects(parts, push, store, onProgress);
  const appRules = parts.rules.filter(({ kind }) => kind !== 'file');
  const apps = new Map<string, AppReport>();
  const findings: Finding[] = [...scan.findings];
  const problems: Problem[] = [...scan.problems];
  for (const { commit, subject } of push.tips) {
    const report = await checkSubject(
      parts,
      appRules,
      { cwd: '.', view: { kind: 'commit', commit }, scope: 'changes' },
      subject,
      store,
    );
    for (const app of report.apps) if (!apps.has(app.root)) apps.set(app.root, app);
    findings.push(...report.findings.map((finding) => ({ ...finding, commit })));
    problems.push(...report.problems);
  }
  return {
    version: 1,
    tool: { name: 'bulwark', version: parts.version },
    snapshot: { kind: 'commit', commit: push.tips[0]?.commit ?? null },
    complete: problems.length === 0,
    problems: sortProblems(problems),
    scanned: { files: scan.files, bytes: scan.bytes, apps: apps.size, skipped: scan.skipped },
    apps: [...apps.values()],
    findings: withoutRepeats(findings).toSorted(compareFindings),
  };
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
  store: Store,
  onProgress?: (done: number, total: number) => void,
): Promise<ObjectScan> {
  const scan: ObjectScan = { findings: [], problems: [], skipped: [], files: 0, bytes: 0 };
  const today = isoDay(parts.now());
  for (const settings of await settingsOfTips(parts, push)) {
    const known = await openKnownScans(store, scannerKeyOf(parts, settings), push.blobs.length);
    const scanner = parts.createScanner(settings);
    const options = { settings, rules: parts.rules, scanner, known, today };
    const objects = await judgeObjects(push, { ...options, ...(onProgress ? { onProgress } : {}) });
    scan.findings.push(...objects.findings);
    scan.problems.push(...objects.problems);
    scan.skipped.push(...objects.skipped);
    scan.files = objects.files;
    scan.bytes = objects.bytes;
    for await (const message of push.messages()) {
      const judged = await judgeMessage(message, options);
      scan.findings.push(...judged.findings);
      scan.problems.push(...judged.problems);
    }
  }
  return scan;
}

/** Each tip is judged by its own settings; what several tips bring, by all of theirs. */
async function settingsOfTips(parts: CheckParts, { tips }: PushToJudge): Promise<Settings[]> {
  const distinct = new Map<string, Settings>();
  for (const { commit, subject } of tips) {
    const settings = await readSettings(subject.snapshot, parts.rules).catch((error: unknown) => {
      throw error instanceof UserError
        ? new UserError(`in commit ${commit.slice(0, 12)}: ${error.message}`, error.hint, { cause: error })
        : error;
    });
    distinct.set(JSON.stringify(settings), settings);
  }
  return distinct.size === 0 ? [defaultSettings] : [...distinct.values()];
}

function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = [finding.rule, finding.fingerprint, finding.path, finding.line, finding.column].join('\0');
    if (!kept.has(key)) kept.set(key, finding);
  }
  return [...kept.values()];
}
