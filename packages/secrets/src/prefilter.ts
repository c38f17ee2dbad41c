/**
 * Which keywords a text holds, and where the engine has to look. The only part that reads every byte of
 * every file: no text is decoded and no detector loaded until it says so.
 */
import { HEADS, KEYWORDS } from './automaton.generated.ts';
import { findKeywords } from './automaton.ts';
import type { KeywordVisitor } from './automaton.ts';
import { CLASS_OF } from './byte-class.ts';
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
const LENGTHS = new Uint8Array(KEYWORDS.map(({ length }) => length));

interface Literal {
  readonly isEngine: boolean;
  /** The keyword's bytes where its case counts. */
  readonly spelling: Buffer | null;
  readonly head: Head;
}

const LITERALS: readonly (readonly Literal[])[] = HEADS.map((heads) =>
  heads.map(([isEngine, spelling, kind, run, classes, starts]) => ({
    isEngine: isEngine === 1,
    spelling: spelling === '' ? null : Buffer.from(spelling, 'latin1'),
    head: { kind, run, classes, starts: starts === 1 },
  })),
);

const ANY_BYTE = 0xffff;

/** What turns most hits down at one look: the classes the byte behind may be of, and whether a word must start. */
const FIRST = new Uint16Array(
  LITERALS.map((literals) =>
    literals.length > 0 && literals.every(({ head }) => head.kind === 'run')
      ? literals.reduce((classes, { head }) => classes | (head.classes ?? 0), 0)
      : ANY_BYTE,
  ),
);
const STARTS = new Uint8Array(
  LITERALS.map((literals) =>
    Number(literals.length > 0 && literals.every(({ head }) => head.starts === true)),
  ),
);

const NO_PLACES: readonly number[] = [];
const NOTHING: Prefiltered = { keywords: [], places: [], engine: [], hasComment: false, overflow: [] };

export function prefilter(path: string, text: Buffer): Prefiltered {
  const sieve = new Sieve(path, text);
  findKeywords(text, sieve);
  return sieve.isEmpty ? NOTHING : sieve;
}

/** Looks at each keyword of a text and keeps the few whose surroundings bear them out. */
class Sieve implements KeywordVisitor, Prefiltered {
  readonly path: string;
  readonly text: Buffer;
  keywords: number[] | readonly number[] = NO_PLACES;
  places: number[] | readonly number[] = NO_PLACES;
  engine: number[] | readonly number[] = NO_PLACES;
  hasComment = false;
  counts: Map<number, number> | null = null;

  constructor(path: string, text: Buffer) {
    this.path = path;
    this.text = text;
  }

  get isEmpty(): boolean {
    return this.places.length === 0 && this.engine.length === 0 && !this.hasComment;
  }

  get overflow(): readonly string[] {
    return [...(this.counts ?? [])]
      .filter(([, count]) => count > MOST_PLACES)
      .map(([keyword]) => KEYWORDS[keyword]!);
  }

  see(keyword: number, end: number): void {
    const { text } = this;
    if (end < text.length && (CLASS_OF[text[end]!]! & FIRST[keyword]!) === 0) return;
    const at = end - LENGTHS[keyword]!;
    if (STARTS[keyword] === 1 && !startsWord(text, at)) return;
    if (keyword === COMMENT) this.hasComment = true;
    this.look(keyword, at, end);
  }

  private look(keyword: number, at: number, end: number): void {
    const { path, text } = this;
    const literals = LITERALS[keyword]!;
    let isOurs = false;
    for (let index = 0; index < literals.length; index += 1) {
      const { isEngine, spelling, head } = literals[index]!;
      if (!isEngine && isOurs) continue;
      if (spelling !== null && !isSpelled(text, at, spelling)) continue;
      if (head.starts === true && !startsWord(text, at)) continue;
      if (!confirmHead(head, path, text, end)) continue;
      if (isEngine) this.engine = append(this.engine, at);
      else isOurs = true;
    }
    if (isOurs) this.keep(keyword, at);
  }

  private keep(keyword: number, at: number): void {
    // Counting is for files made to be hard; no other has so many places.
    if (this.places.length >= MANY_PLACES) {
      this.counts ??= countsOf(this.keywords);
      const count = (this.counts.get(keyword) ?? 0) + 1;
      this.counts.set(keyword, count);
      if (count > MOST_PLACES) return;
    }
    this.keywords = append(this.keywords, keyword);
    this.places = append(this.places, at);
  }
}

/** Most files have nothing to keep and share one empty list. */
function append(list: number[] | readonly number[], item: number): number[] {
  if (list === NO_PLACES) return [item];
  (list as number[]).push(item);
  return list as number[];
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
