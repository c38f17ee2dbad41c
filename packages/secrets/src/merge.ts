import type { Match } from './result.ts';
import type { Span } from './lines.ts';
import type { Suppressions } from './suppressions.ts';

/**
 * One match for each secret, in order of their places: of those that overlap, the one that names it best. A
 * secret is silenced when a comment silences any of the rules that found it.
 */
export function mergeMatches(matches: readonly Match[], suppressions: Suppressions | null): Match[] {
  const kept: Match[] = [];
  const silenced: Match[] = [];
  for (const match of matches.toSorted((a, b) => b.rank - a.rank || compareSpans(a.span, b.span))) {
    if (suppressions?.covers(match.span, match.ruleIds) === true) silenced.push(match);
    else if (!kept.some(({ span }) => overlaps(span, match.span))) kept.push(match);
  }
  return kept
    .filter(({ span }) => !silenced.some((match) => overlaps(match.span, span)))
    .toSorted((a, b) => compareSpans(a.span, b.span));
}

function compareSpans(a: Span, b: Span): number {
  return a.line - b.line || a.column - b.column || b.endLine - a.endLine || b.endColumn - a.endColumn;
}

function overlaps(a: Span, b: Span): boolean {
  return (
    isBefore(a.line, a.column, b.endLine, b.endColumn) && isBefore(b.line, b.column, a.endLine, a.endColumn)
  );
}

function isBefore(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column < otherColumn);
}
