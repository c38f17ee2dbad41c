import type { Finding, Severity, Verdict } from './finding.ts';
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
  /** What it covers, where that is a part that can be merged with others; left out of a report on everything. */
  readonly part?: ReportPart;
  readonly seal?: Seal;
  /** Set where only what a change affects was judged. */
  readonly affected?: Affected;
}

/** One of the parts that together are the whole: each file and each app is in one of them. */
export type PartName =
  /** The `index`-th of `count`, counted from 1. */
  | { readonly kind: 'shard'; readonly index: number; readonly count: number }
  /** A folder from the snapshot's root, `.` for everything. */
  | { readonly kind: 'folder'; readonly folder: string }
  /** Everything that lies in no app. */
  | { readonly kind: 'workspace' };

/** What a report on a part is true of, so that whoever merges can tell whether it still is. */
export interface ReportPart {
  readonly of: PartName;
  /** SHA-256 over path, kind and blob id of every file it covers; for a shard, of every file there is. */
  readonly files: string;
  /** SHA-256 over the settings and the names of the rules. */
  readonly settings: string;
  /** What its apps rest on beside the files covered, by root. A shard rests on every file there is. */
  readonly rests: Readonly<Record<string, AppRest>>;
}

/** What the verdicts on an app rest on, beyond the files of the part. */
export interface AppRest {
  /** SHA-256 over the app as it was discovered, and what the whole workspace says of how it is started. */
  readonly facts: string;
  readonly files: readonly { readonly path: string; readonly blob: string | null }[];
  /** Paths that were looked for and were not there. */
  readonly missing: readonly string[];
  /** Names looked up among the packages of a workspace, and the folder each was found in. */
  readonly names: readonly { readonly root: string; readonly name: string; readonly folder: string | null }[];
  /** Folders whose files were listed, with a digest of the paths. */
  readonly lists: readonly { readonly folder: string; readonly digest: string }[];
}

/** What tells a report that was torn or changed from one as it was written. */
export interface Seal {
  /** SHA-256 over the canonical JSON of the report without its seal. */
  readonly sha256: string;
  /** HMAC-SHA-256 over the same, where there was a key. */
  readonly hmac?: string;
}

/** What a change affects. */
export interface Affected {
  /** How it was told: Nx's graph together with what the engine reads, or that alone. */
  readonly by: 'nx' | 'traces';
  /** The commit it is compared with, `null` before the first one. */
  readonly base: string | null;
  /** How many paths are otherwise than there. */
  readonly changed: number;
  /** Roots of the apps it affects. */
  readonly apps: readonly string[];
  /** How many apps there are in all. */
  readonly of: number;
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

/** What reporters know of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity?: Severity;
  /** All there is to read of it, as Markdown. */
  readonly page?: string;
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
