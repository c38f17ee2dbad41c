import type { Span } from './lines.ts';
import type { Match } from './result.ts';
import type { Suppressions } from './suppressions.ts';

/**
 * One match for each secret, in order of their places: of those that overlap, the one that names it best. A
 * secret is silenced when a comment silences any of the rules that found it.
 */
export function mergeMatches(matches: readonly Match[], suppressions: Suppressions | null): Match[] {
  const kept = createSpans();
  const silenced = createSpans();
  for (const match of matches.toSorted((a, b) => b.rank - a.rank || startOf(a.span) - startOf(b.span))) {
    const spans = suppressions?.covers(match.span, match.ruleIds) === true ? silenced : kept;
    spans.add(match);
  }
  return kept.matches.filter(({ span }) => !silenced.overlap(span));
}

interface Spans {
  /** In order of their places, none over another. */
  readonly matches: readonly Match[];
  /** Adds a match, unless it overlaps one that is there. */
  add(match: Match): void;
  overlap(span: Span): boolean;
}

function createSpans(): Spans {
  const matches: Match[] = [];
  /** The first match that ends behind a place. */
  function indexAfter(place: number): number {
    let low = 0;
    let high = matches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (endOf(matches[middle]!.span) > place) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  function overlap(span: Span): boolean {
    const next = matches[indexAfter(startOf(span))];
    return next !== undefined && startOf(next.span) < Math.max(endOf(span), startOf(span) + 1);
  }
  return {
    matches,
    overlap,
    add(match) {
      if (!overlap(match.span)) matches.splice(indexAfter(startOf(match.span)), 0, match);
    },
  };
}

/** A place as one number: no line is longer than 2^27 units. */
const LONGEST_LINE = 2 ** 27;

function startOf({ line, column }: Span): number {
  return line * LONGEST_LINE + column;
}

function endOf({ endLine, endColumn }: Span): number {
  return endLine * LONGEST_LINE + endColumn;
}
