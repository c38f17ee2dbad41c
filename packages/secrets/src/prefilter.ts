/**
 * Which keywords a text holds, and where the engine has to look. The only part that reads every byte of
 * every file: no text is decoded and no detector loaded until it says so.
 */
import { HEADS, KEYWORDS } from './automaton.generated.ts';
import { findKeywords } from './automaton.ts';
import { confirmHead, startsWord } from './head.ts';
import type { Head } from './head.ts';

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
const LENGTHS = KEYWORDS.map(({ length }) => length);

interface Literal {
  readonly isEngine: boolean;
  /** The keyword's bytes where its case counts. */
  readonly spelling: Buffer | null;
  readonly head: Head;
}

let literals: readonly (readonly Literal[])[] | undefined;

function loadLiterals(): readonly (readonly Literal[])[] {
  return HEADS.map((heads) =>
    heads.map(([isEngine, spelling, kind, run, classes, starts]) => ({
      isEngine: isEngine === 1,
      spelling: spelling === '' ? null : Buffer.from(spelling, 'latin1'),
      head: { kind, run, classes, starts: starts === 1 },
    })),
  );
}

const NO_PLACES: readonly number[] = [];
const NOTHING: Prefiltered = { keywords: [], places: [], engine: [], hasComment: false, overflow: [] };

export function prefilter(path: string, text: Buffer): Prefiltered {
  literals ??= loadLiterals();
  const byKeyword = literals;
  let keywords: number[] | undefined;
  let places: number[] | undefined;
  let engine: number[] | undefined;
  let counts: Map<number, number> | undefined;
  let hasComment = false;
  findKeywords(text, (keyword, end) => {
    if (keyword === COMMENT) hasComment = true;
    const at = end - LENGTHS[keyword]!;
    let isOurs = false;
    for (const { isEngine, spelling, head } of byKeyword[keyword]!) {
      if (!isEngine && isOurs) continue;
      if (spelling !== null && !isSpelled(text, at, spelling)) continue;
      if (head.starts === true && !startsWord(text, at)) continue;
      if (!confirmHead(head, path, text, end)) continue;
      if (isEngine) (engine ??= []).push(at);
      else isOurs = true;
    }
    if (!isOurs) return;
    keywords ??= [];
    places ??= [];
    // Counting is for files made to be hard; no other has so many places.
    if (keywords.length >= MANY_PLACES) {
      counts ??= countsOf(keywords);
      const count = (counts.get(keyword) ?? 0) + 1;
      counts.set(keyword, count);
      if (count > MOST_PLACES) return;
    }
    keywords.push(keyword);
    places.push(at);
  });
  if (!keywords && !engine && !hasComment) return NOTHING;
  const overflow = [...(counts ?? [])]
    .filter(([, count]) => count > MOST_PLACES)
    .map(([keyword]) => KEYWORDS[keyword]!);
  return {
    keywords: keywords ?? NO_PLACES,
    places: places ?? NO_PLACES,
    engine: engine ?? NO_PLACES,
    hasComment,
    overflow,
  };
}

function countsOf(keywords: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const keyword of keywords) counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
  return counts;
}

function isSpelled(text: Buffer, at: number, spelling: Buffer): boolean {
  for (let index = 0; index < spelling.length; index += 1)
    if (text[at + index] !== spelling[index]) return false;
  return true;
}
