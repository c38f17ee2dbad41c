/**
 * Which keywords a text holds, and where the engine has to look. The only part that reads every byte of
 * every file: no text is decoded and no detector loaded until it says so.
 */
import { KEYWORDS } from './automaton.generated.ts';
import { findKeywords } from './automaton.ts';
import { confirmEngine } from './confirm-engine.ts';
import { ENGINE_LITERALS } from './engine-literals.ts';
import type { EngineLiteral } from './engine-literals.ts';

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
const MOST_PLACES = 50_000;

/** For each keyword the engine's literals it spells. */
const ENGINE: readonly (readonly EngineLiteral[] | undefined)[] = KEYWORDS.map((keyword) => {
  const literals = ENGINE_LITERALS.filter(({ literal }) => literal.toLowerCase() === keyword);
  return literals.length > 0 ? literals : undefined;
});
const COMMENT = KEYWORDS.indexOf('secretlint-disable');

export function prefilter(path: string, text: Buffer): Prefiltered {
  const keywords: number[] = [];
  const places: number[] = [];
  const engine: number[] = [];
  const counts = new Map<number, number>();
  let hasComment = false;
  findKeywords(text, (keyword, end) => {
    const at = end - KEYWORDS[keyword]!.length;
    if (keyword === COMMENT) hasComment = true;
    const literals = ENGINE[keyword];
    if (literals?.some((literal) => confirmEngine(literal, path, text, at, end)) === true) engine.push(at);
    const count = (counts.get(keyword) ?? 0) + 1;
    counts.set(keyword, count);
    if (count <= MOST_PLACES) {
      keywords.push(keyword);
      places.push(at);
    }
  });
  const overflow = [...counts]
    .filter(([, count]) => count > MOST_PLACES)
    .map(([keyword]) => KEYWORDS[keyword]!);
  return { keywords, places, engine, hasComment, overflow };
}
