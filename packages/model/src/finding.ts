/** How much a finding weighs. `off` is a setting only: no finding has it. */
export type Severity = 'error' | 'warn' | 'info';

/** What a rule says of an app or a file. */
export type Verdict = 'pass' | 'violation' | 'undecided' | 'not-applicable';

/** Why a finding does not count: the waiver that covers it. */
export interface Waived {
  readonly reason: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`; it holds to the end of that day, UTC. */
  readonly expires?: string;
}

/** One finding of a report, in the report's own shape (see the JSON Schema). */
export interface Finding {
  readonly rule: string;
  readonly verdict: 'violation' | 'undecided';
  readonly severity: Severity;
  /** Root of the app it concerns; `null` for a file outside every app. */
  readonly app: string | null;
  /** Modes it holds in; empty for a file rule. */
  readonly modes: readonly string[];
  readonly message: string;
  readonly path: string;
  /** Base64 of the path's bytes, only where they are not UTF-8. */
  readonly pathBytes?: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** 64 hex digits that survive moves and edits elsewhere. */
  readonly fingerprint: string;
  /** Where to read more. */
  readonly help: string;
  readonly waived: Waived | null;
  readonly fixable: boolean;
  /** The base had it already at the same path: shown, but it does not block. */
  readonly older?: true;
  /** The commit that brought it, for a push or a history. */
  readonly commit?: string;
  /** When its author made that commit, as ISO 8601 in UTC; told for a history. */
  readonly date?: string;
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };

/** The one order of findings: what counts first, then weight, then place, then rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(a.waived !== null) - Number(b.waived !== null) ||
    Number(a.older ?? false) - Number(b.older ?? false) ||
    WEIGHT[a.severity] - WEIGHT[b.severity] ||
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint) ||
    compareText(a.commit ?? '', b.commit ?? '')
  );
}

/** Order by UTF-16 units: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
