/**
 * Which keywords a text holds, and where the engine has to look. The only part that reads every byte of
 * every file: no text is decoded and no detector loaded until it says so.
 */
import { findKeywords } from './kernel/find-keywords.ts';
import { KEYWORDS } from './kernel/data.generated.ts';
import { ENGINES } from './kernel/layout.ts';
import { pathKinds } from './path-kinds.ts';

export interface Prefiltered {
  /** Numbers of the keywords of ours that were seen, and the bytes where they begin. */
  readonly keywords: readonly number[];
  readonly places: readonly number[];
  /** Bytes where a literal of the engine's stands. */
  readonly engine: readonly number[];
  /** A secretlint comment was seen. */
  readonly hasComment: boolean;
  /** Keywords that stand in too many places to look at each. */
  readonly overflow: readonly string[];
}

/** Places of one keyword that are looked at in one file. */
const MOST_PLACES = 100_000;
const MANY_PLACES = 10_000;

const COMMENT = KEYWORDS.indexOf('secretlint-disable');

const NOTHING: Prefiltered = { keywords: [], places: [], engine: [], hasComment: false, overflow: [] };

/** What the kernel told of a text; made when it tells of something, which of most texts it does not. */
interface Kept {
  readonly keywords: number[];
  readonly places: number[];
  readonly engine: number[];
  hasComment: boolean;
  counts: Map<number, number> | null;
}

let kept: Kept | null = null;

export function prefilter(path: string, text: Buffer): Prefiltered {
  kept = null;
  findKeywords(text, pathKinds(path), keep);
  if (kept === null) return NOTHING;
  const { keywords, places, engine, hasComment, counts } = kept as Kept;
  kept = null;
  return { keywords, places, engine, hasComment, overflow: overflowOf(counts) };
}

function keep(keyword: number, place: number, kind: number): void {
  kept ??= { keywords: [], places: [], engine: [], hasComment: false, counts: null };
  if (keyword === COMMENT) kept.hasComment = true;
  else if (kind === ENGINES) kept.engine.push(place);
  else keepOurs(kept, keyword, place);
}

function keepOurs(kept: Kept, keyword: number, place: number): void {
  // Counting is for files made to be hard; no other has so many places.
  if (kept.places.length >= MANY_PLACES) {
    kept.counts ??= countsOf(kept.keywords);
    const count = (kept.counts.get(keyword) ?? 0) + 1;
    kept.counts.set(keyword, count);
    if (count > MOST_PLACES) return;
  }
  kept.keywords.push(keyword);
  kept.places.push(place);
}

function countsOf(keywords: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const keyword of keywords) counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
  return counts;
}

function overflowOf(counts: Map<number, number> | null): string[] {
  return [...(counts ?? [])]
    .filter(([, count]) => count > MOST_PLACES)
    .map(([keyword]) => KEYWORDS[keyword]!);
}
