import type { Place } from '@bulwark/model';
import type { Program } from 'oxc-parser';

/** A text that was parsed once, however many paths and apps share its blob. */
export interface Parsed {
  readonly text: string;
  readonly language: Language;
  readonly program: Program | null;
  readonly problems: readonly SyntaxProblem[];
  /** Every module it names by a literal, in order: imports, re-exports, `require("x")`, `import("x")`. */
  readonly requests: readonly Request[];
  /** Whether it has `import` or `export`, `import.meta`, or top-level `await`. */
  readonly hasModuleSyntax: boolean;
  /** Offsets of the first unit of each line. */
  readonly lines: readonly number[];
  /** What was found out about nodes of the tree, for as long as the tree lives. */
  readonly memo: Map<object, unknown>;
}

export type Language = 'js' | 'ts' | 'json';

export interface Request {
  readonly specifier: string;
  readonly by: 'import' | 'require';
}

export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
}

/** One file of the snapshot, parsed. */
export interface SourceFile {
  readonly path: string;
  readonly blob: string | null;
  readonly parsed: Parsed;
  /** Places asked for so far: each evaluation of a file asks for the same ones. */
  readonly places: Map<number, Place>;
}

/** Offsets of a text as a place; lines and columns from 1. */
export function placeIn(file: SourceFile, start: number, end: number): Place {
  const key = start * 2 ** 26 + end;
  let place = file.places.get(key);
  if (!place) {
    place = findPlace(file, start, end);
    file.places.set(key, place);
  }
  return place;
}

function findPlace(file: SourceFile, start: number, end: number): Place {
  const from = positionOf(file.parsed.lines, start);
  const to = positionOf(file.parsed.lines, end);
  return {
    path: file.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

export function positionOf(lines: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lines[low]! + 1 };
}

/** Line ends as ECMAScript has them: LF, CR, CR LF, U+2028, U+2029. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  while (ends.exec(text)) starts.push(ends.lastIndex);
  return starts;
}
