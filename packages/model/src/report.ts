import type { Finding, Verdict } from './finding.ts';
import type { SnapshotKind } from './snapshot.ts';

/** The one result of a check. This is the JSON report itself; every other format derives from it. */
export interface Report {
  readonly version: 1;
  readonly tool: { readonly name: 'bulwark'; readonly version: string };
  readonly snapshot: { readonly kind: SnapshotKind; readonly commit: string | null };
  /** Whether everything that should have been looked at was. `false` means exit 2 where nothing was found. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
  readonly scanned: Scanned;
  readonly apps: readonly AppReport[];
  readonly findings: readonly Finding[];
}

/** Something that could not be checked, and what to do about it. */
export interface Problem {
  /** The file it concerns, `null` if none. */
  readonly path: string | null;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly hint?: string;
}

/** What was looked at, and what was not. */
export interface Scanned {
  readonly files: number;
  readonly bytes: number;
  readonly apps: number;
  readonly skipped: readonly Skipped[];
}

/** A file left out on purpose: ignored by the settings, a submodule. What could not be read is a {@link Problem}. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export interface AppReport {
  readonly name: string;
  readonly root: string;
  readonly arkos: {
    readonly version: string | null;
    readonly generation: string | null;
    readonly from: string | null;
  };
  readonly config: string | null;
  /** A verdict for every rule that is on, by rule id. */
  readonly verdicts: Readonly<Record<string, AppVerdict>>;
}

export interface AppVerdict {
  readonly verdict: Verdict;
  readonly because: string;
  readonly path?: string;
  readonly line?: number;
}

/** What reporters and `explain` know of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}

/** Whether a finding makes the command fail. */
export function isBlocking(finding: Finding): boolean {
  return finding.severity === 'error' && finding.waived === null && finding.older !== true;
}

/**
 * 0: looked, nothing at `error`. 1: findings, even if something else could not be checked.
 * 2: no finding, but something could not be checked.
 */
export function exitCodeOf(report: Pick<Report, 'findings' | 'complete'>): 0 | 1 | 2 {
  if (report.findings.some(isBlocking)) return 1;
  return report.complete ? 0 : 2;
}
