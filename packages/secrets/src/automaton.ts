/** Runs the generated automaton over bytes. */
import { CLASSES, ENDS, FIRST_END, KEYWORDS, SHIFT, STATES } from './automaton.generated.ts';

/** Told of each keyword that ends at a byte: which one, and where the byte after it is. */
export interface KeywordVisitor {
  see(keyword: number, end: number): void;
}

interface Loaded {
  readonly classes: Uint8Array;
  /** Next state by `state << SHIFT | class`. */
  readonly table: Uint16Array;
  readonly ends: readonly Uint16Array[];
}

let loaded: Loaded | undefined;

function load(): Loaded {
  return {
    classes: new Uint8Array(Buffer.from(CLASSES, 'base64')),
    table: foldFailures(new Uint16Array(new Uint8Array(Buffer.from(STATES, 'base64')).buffer)),
    ends: ENDS.split(';').map((state) => new Uint16Array(state.split(',').map(Number))),
  };
}

/** A state goes where its failure link goes, but to its own children: faster than to unpack a table of ten times the size. */
function foldFailures(states: Uint16Array): Uint16Array {
  const table = new Uint16Array((states.length >> 2) << SHIFT);
  let child = 4;
  for (let at = 0; at < states.length; at += 4) {
    const row = states[at]! << SHIFT;
    const fail = states[at + 1]! << SHIFT;
    if (at > 0) table.copyWithin(row, fail, fail + (1 << SHIFT));
    for (let left = states[at + 3]!; left > 0; left -= 1) {
      table[row | states[child + 2]!] = states[child]!;
      child += 4;
    }
  }
  return table;
}

/** Bytes walked at once; a part with shorter lanes is walked in one. */
const CHUNK = 1 << 17;
const LEAST_LANE = 64;
const LONGEST = Math.max(...KEYWORDS.map(({ length }) => length));

/** Where the walk met an ending state, and the byte after it: at most once for each byte. */
const states = new Uint16Array(CHUNK);
const places = new Int32Array(CHUNK);
let hits = 0;

/** Finds every keyword in every place, in no order. */
export function findKeywords(bytes: Uint8Array, visitor: KeywordVisitor): void {
  loaded ??= load();
  let carried = 0;
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const to = Math.min(bytes.length, from + CHUNK);
    carried = findInChunk(loaded, bytes, from, to, carried, visitor);
  }
}

/**
 * Each step waits for the table, so four lanes are walked side by side; each of them then goes on into the next one
 * as far as a keyword that began in it may reach. Returns the state at the chunk's end.
 */
function findInChunk(
  loaded: Loaded,
  bytes: Uint8Array,
  from: number,
  to: number,
  carried: number,
  visitor: KeywordVisitor,
): number {
  const lane = (to - from) >> 2;
  if (lane < LEAST_LANE) {
    const state = walkOne(loaded, bytes, from, to, carried);
    report(loaded, visitor, Infinity);
    return state;
  }
  walkFour(loaded, bytes, from, lane, carried);
  report(loaded, visitor, Infinity);
  for (let number = 0; number < 3; number += 1) {
    const border = from + (number + 1) * lane;
    goOn(loaded, bytes, border, Math.min(to, border + LONGEST), reached[number]!);
    report(loaded, visitor, border);
  }
  const state = walkOne(loaded, bytes, from + 4 * lane, to, reached[3]!);
  report(loaded, visitor, Infinity);
  return state;
}

/** The states in which the four lanes ended. */
const reached = new Uint16Array(4);

function walkFour(
  { classes, table }: Loaded,
  bytes: Uint8Array,
  from: number,
  lane: number,
  carried: number,
): void {
  let first = carried;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let count = 0;
  // Names of this function cost nothing to look up.
  const [shift, firstEnd, seen, at] = [SHIFT, FIRST_END, states, places];
  const end = from + lane;
  for (let a = from, b = a + lane, c = b + lane, d = c + lane; a < end;) {
    first = table[(first << shift) | classes[bytes[a]!]!]!;
    second = table[(second << shift) | classes[bytes[b]!]!]!;
    third = table[(third << shift) | classes[bytes[c]!]!]!;
    fourth = table[(fourth << shift) | classes[bytes[d]!]!]!;
    a += 1;
    b += 1;
    c += 1;
    d += 1;
    if (first >= firstEnd) {
      seen[count] = first;
      at[count] = a;
      count += 1;
    }
    if (second >= firstEnd) {
      seen[count] = second;
      at[count] = b;
      count += 1;
    }
    if (third >= firstEnd) {
      seen[count] = third;
      at[count] = c;
      count += 1;
    }
    if (fourth >= firstEnd) {
      seen[count] = fourth;
      at[count] = d;
      count += 1;
    }
  }
  hits = count;
  reached[0] = first;
  reached[1] = second;
  reached[2] = third;
  reached[3] = fourth;
}

function walkOne(
  { classes, table }: Loaded,
  bytes: Uint8Array,
  from: number,
  to: number,
  carried: number,
): number {
  let state = carried;
  hits = 0;
  for (let at = from; at < to; at += 1) {
    state = table[(state << SHIFT) | classes[bytes[at]!]!]!;
    if (state >= FIRST_END) hit(state, at + 1);
  }
  return state;
}

/** Walks over a border until the state is the one of a walk that began there: then nothing from before is under way. */
function goOn(
  { classes, table }: Loaded,
  bytes: Uint8Array,
  border: number,
  to: number,
  carried: number,
): void {
  let state = carried;
  let fresh = 0;
  hits = 0;
  for (let at = border; at < to && state !== fresh; at += 1) {
    const symbol = classes[bytes[at]!]!;
    state = table[(state << SHIFT) | symbol]!;
    fresh = table[(fresh << SHIFT) | symbol]!;
    if (state >= FIRST_END) hit(state, at + 1);
  }
}

function hit(state: number, end: number): void {
  states[hits] = state;
  places[hits] = end;
  hits += 1;
}

/** Tells of the keywords of the last walk that begin before a border. */
function report({ ends }: Loaded, visitor: KeywordVisitor, border: number): void {
  for (let hit = 0; hit < hits; hit += 1) {
    const keywords = ends[states[hit]! - FIRST_END]!;
    const end = places[hit]!;
    for (let index = 0; index < keywords.length; index += 1) {
      const keyword = keywords[index]!;
      if (border === Infinity || end - KEYWORDS[keyword]!.length < border) visitor.see(keyword, end);
    }
  }
}
