/**
 * Secretlint's comments: `secretlint-disable`, `-enable`, `-disable-line` and `-disable-next-line`, each with rule
 * ids behind it or for all rules, in any comment syntax. Ours and the engine's findings obey them alike.
 */
import type { Span } from './lines.ts';

export interface Suppressions {
  /** Whether a finding of one of these rules at this place is silenced. */
  covers(span: Span, ruleIds: readonly string[]): boolean;
  /** Where the file is silenced from there to its end, if it is. */
  readonly disabledAt: Span | null;
}

interface Silence {
  readonly rule: string;
  readonly from: Position;
  to: Position | null;
  readonly span: Span;
  readonly isLine: boolean;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const COMMENT = /secretlint-(disable-next-line|disable-line|disable|enable)([^\n]{0,1000})/g;
const END: Position = { line: Infinity, column: Infinity };

/** Reads the comments of a text. */
export function readSuppressions(content: string): Suppressions {
  const silences: Silence[] = [];
  let line = 1;
  let lineStart = 0;
  for (const match of content.matchAll(COMMENT)) {
    for (
      let end = content.indexOf('\n', lineStart);
      end !== -1 && end < match.index;
      end = content.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    const at = { line, column: match.index - lineStart + 1 };
    const span = { ...at, endLine: line, endColumn: at.column + 'secretlint-'.length + match[1]!.length };
    apply(silences, match[1]!, ruleIdsOf(match[2]!), at, span);
  }
  const open = silences.find(
    ({ to, isLine, rule }) => to === null && !isLine && /^[*]$|^[\w@./-]+$/.test(rule),
  );
  return {
    disabledAt: open?.span ?? null,
    covers: (span, ruleIds) =>
      silences.some(
        ({ rule, from, to }) => (rule === '*' || ruleIds.includes(rule)) && isWithin(span, from, to ?? END),
      ),
  };
}

function apply(silences: Silence[], type: string, rules: readonly string[], at: Position, span: Span): void {
  if (type === 'enable') {
    enable(silences, rules, at);
    return;
  }
  const isLine = type !== 'disable';
  const line = type === 'disable-next-line' ? at.line + 1 : at.line;
  const from = isLine ? { line, column: 1 } : at;
  const to = isLine ? { line, column: Infinity } : null;
  for (const rule of rules.length > 0 ? rules : ['*']) silences.push({ rule, from, to, span, isLine });
}

/** Ends the last open silence of each named rule; without a name, those of the last comment that is still open. */
function enable(silences: readonly Silence[], rules: readonly string[], at: Position): void {
  for (const rule of rules) {
    const last = silences.findLast((silence) => silence.to === null && silence.rule === rule);
    if (last) last.to = at;
  }
  if (rules.length > 0) return;
  const last = silences.findLast(({ to }) => to === null);
  for (const silence of silences) if (silence.to === null && silence.from === last?.from) silence.to = at;
}

/** `a, b -- why` is a and b. */
function ruleIdsOf(options: string): string[] {
  const [ids = ''] = options.split('--', 1);
  return ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

function isWithin(span: Span, from: Position, to: Position): boolean {
  const startsAfter = span.line > from.line || (span.line === from.line && span.column >= from.column);
  return startsAfter && (span.endLine < to.line || (span.endLine === to.line && span.endColumn <= to.column));
}
