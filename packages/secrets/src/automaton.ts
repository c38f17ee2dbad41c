/** Runs the generated automaton over bytes. */
import { inflateRawSync } from 'node:zlib';
import { CLASSES, ENDS, FIRST_END, KEYWORDS, SHIFT, TABLE } from './automaton.generated.ts';

/** Called for each keyword that ends at a byte: which one, and where the byte after it is. */
export type OnKeyword = (keyword: number, end: number) => void;

interface Loaded {
  readonly classes: Uint8Array;
  readonly table: Uint16Array;
  readonly ends: readonly (readonly number[])[];
}

let loaded: Loaded | undefined;

function load(): Loaded {
  const bytes = inflateRawSync(Buffer.from(TABLE, 'base64'));
  return {
    classes: Buffer.from(CLASSES, 'base64'),
    table: new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1),
    ends: ENDS.split(';').map((state) => state.split(',').map(Number)),
  };
}

/** Bytes walked at once; below twice the least lane a second lane does not pay. */
const CHUNK = 1 << 17;
const LEAST_LANE = 256;
const LONGEST = Math.max(...KEYWORDS.map(({ length }) => length));

/** Where the walk met an ending state, and the byte after it: at most one of each lane for a byte. */
const states = new Uint16Array(CHUNK + LONGEST);
const places = new Int32Array(CHUNK + LONGEST);

/** Finds every keyword in every place, in no order. */
export function findKeywords(bytes: Uint8Array, onKeyword: OnKeyword): void {
  loaded ??= load();
  const { ends } = loaded;
  let carried = 0;
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const to = Math.min(bytes.length, from + CHUNK);
    const half = to - from < 2 * LEAST_LANE ? to : (from + to) >> 1;
    carried = walk(loaded, bytes, from, half, to, carried);
    for (let hit = 0; hit < hits; hit += 1) {
      const end = places[hit]!;
      const isOverrun = hit >= overrun;
      for (const keyword of ends[states[hit]! - FIRST_END]!) {
        if (!isOverrun || end - KEYWORDS[keyword]!.length < half) onKeyword(keyword, end);
      }
    }
  }
}

/** What the last walk wrote: how many hits, and from which on they lie in the overrun. */
let hits = 0;
let overrun = 0;

/**
 * Each step waits for the table, so the two halves of a chunk are walked side by side; the first then goes on
 * into the second as far as a keyword that began in it may reach. Returns the state at the chunk's end.
 */
function walk(
  { classes, table }: Loaded,
  bytes: Uint8Array,
  from: number,
  half: number,
  to: number,
  carried: number,
): number {
  let first = carried;
  let second = 0;
  let count = 0;
  let at = from;
  for (let other = half; other < to; at += 1, other += 1) {
    first = table[(first << SHIFT) | classes[bytes[at]!]!]!;
    second = table[(second << SHIFT) | classes[bytes[other]!]!]!;
    if (first >= FIRST_END) {
      states[count] = first;
      places[count] = at + 1;
      count += 1;
    }
    if (second >= FIRST_END) {
      states[count] = second;
      places[count] = other + 1;
      count += 1;
    }
  }
  // An odd byte is left of the first half, and all of it where there is one lane.
  for (; at < half; at += 1) {
    first = table[(first << SHIFT) | classes[bytes[at]!]!]!;
    if (first >= FIRST_END) {
      states[count] = first;
      places[count] = at + 1;
      count += 1;
    }
  }
  overrun = count;
  for (const last = Math.min(to, half + LONGEST); at < last; at += 1) {
    first = table[(first << SHIFT) | classes[bytes[at]!]!]!;
    if (first >= FIRST_END) {
      states[count] = first;
      places[count] = at + 1;
      count += 1;
    }
  }
  hits = count;
  return half === to ? first : second;
}
