/** Compiled (`compile-kernel.ts`): runs the automaton over a chunk of text and tells of the keywords in it. */
import {
  CLASSES,
  ENDS,
  ENDS_LISTS,
  FIRST_END,
  LONGEST,
  RECORDS,
  SHIFT,
  STATE_COUNT,
  TREE,
} from './data.generated.ts';
import { confirmKeyword } from './heads.ts';
import {
  BARE,
  CHUNK,
  HITS,
  HIT_COUNT,
  HIT_PLACE_BITS,
  IS_BARE,
  LEAST_LANE,
  REACHED,
  TABLE,
  TEXT,
  TEXT_END,
} from './layout.ts';
import { copy, half, i32, keep, u16, u8 } from './memory.ts';

/** A state goes where its failure link goes, but to its own children: faster than to unpack a table of ten times the size. */
export function foldFailures(): void {
  let child = TREE + 4;
  for (let at = TREE; at < TREE + STATE_COUNT * 4; at += 4) {
    const row = TABLE + (u16[at]! << SHIFT);
    const fail = TABLE + (u16[at + 1]! << SHIFT);
    if (at > TREE) copy(row * 2, fail * 2, 2 << SHIFT);
    for (let left = u16[at + 3]!; left > 0; left -= 1) {
      u16[row + u16[child + 2]!] = u16[child]!;
      child += 4;
    }
  }
}

/**
 * Finds every keyword of a chunk that lies at `TEXT`, in no order. Each step waits for the table, so four lanes are
 * walked side by side, two steps a turn; each of them then goes on into the next one as far as a keyword that began in it may reach.
 * Returns the state at the chunk's end.
 */
export function findInChunk(length: number, carried: number): number {
  const end = TEXT + length;
  // What is read behind a text's end is nothing that means anything.
  for (let at = i32[TEXT_END]!; at < i32[TEXT_END]! + 16; at += 1) u8[at] = 0;
  const lane = (length >> 3) * 2;
  if (lane < LEAST_LANE) {
    const state = walkOne(TEXT, end, carried);
    report(end + CHUNK);
    return state;
  }
  walkFour(lane, carried);
  report(end + CHUNK);
  for (let number = 0; number < 3; number += 1) {
    const border = TEXT + (number + 1) * lane;
    goOn(border, border + LONGEST < end ? border + LONGEST : end, i32[REACHED + number]!);
    report(border);
  }
  const state = walkOne(TEXT + 4 * lane, end, i32[REACHED + 3]!);
  report(end + CHUNK);
  return state;
}

/** Rows and places in them in bytes. */
const ROWS = TABLE * 2;
const ROW_BITS = SHIFT + 1;

function walkFour(lane: number, carried: number): void {
  let first = carried;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let count = 0;
  let b = TEXT + lane;
  let c = b + lane;
  let d = c + lane;
  const end = TEXT + lane;
  for (let a = TEXT; a < end;) {
    first = half(ROWS + ((first << ROW_BITS) | u8[CLASSES + u8[a]!]!));
    second = half(ROWS + ((second << ROW_BITS) | u8[CLASSES + u8[b]!]!));
    third = half(ROWS + ((third << ROW_BITS) | u8[CLASSES + u8[c]!]!));
    fourth = half(ROWS + ((fourth << ROW_BITS) | u8[CLASSES + u8[d]!]!));
    if (first >= FIRST_END) {
      i32[HITS + count] = (first << HIT_PLACE_BITS) | (a + 1 - TEXT);
      count += 1;
    }
    if (second >= FIRST_END) {
      i32[HITS + count] = (second << HIT_PLACE_BITS) | (b + 1 - TEXT);
      count += 1;
    }
    if (third >= FIRST_END) {
      i32[HITS + count] = (third << HIT_PLACE_BITS) | (c + 1 - TEXT);
      count += 1;
    }
    if (fourth >= FIRST_END) {
      i32[HITS + count] = (fourth << HIT_PLACE_BITS) | (d + 1 - TEXT);
      count += 1;
    }
    first = half(ROWS + ((first << ROW_BITS) | u8[CLASSES + u8[1 + a]!]!));
    second = half(ROWS + ((second << ROW_BITS) | u8[CLASSES + u8[1 + b]!]!));
    third = half(ROWS + ((third << ROW_BITS) | u8[CLASSES + u8[1 + c]!]!));
    fourth = half(ROWS + ((fourth << ROW_BITS) | u8[CLASSES + u8[1 + d]!]!));
    if (first >= FIRST_END) {
      i32[HITS + count] = (first << HIT_PLACE_BITS) | (a + 2 - TEXT);
      count += 1;
    }
    if (second >= FIRST_END) {
      i32[HITS + count] = (second << HIT_PLACE_BITS) | (b + 2 - TEXT);
      count += 1;
    }
    if (third >= FIRST_END) {
      i32[HITS + count] = (third << HIT_PLACE_BITS) | (c + 2 - TEXT);
      count += 1;
    }
    if (fourth >= FIRST_END) {
      i32[HITS + count] = (fourth << HIT_PLACE_BITS) | (d + 2 - TEXT);
      count += 1;
    }
    a += 2;
    b += 2;
    c += 2;
    d += 2;
  }
  i32[HIT_COUNT] = count;
  i32[REACHED] = first;
  i32[REACHED + 1] = second;
  i32[REACHED + 2] = third;
  i32[REACHED + 3] = fourth;
}

function walkOne(from: number, to: number, carried: number): number {
  let state = carried;
  let count = 0;
  for (let at = from; at < to; at += 1) {
    state = half(ROWS + ((state << ROW_BITS) | u8[CLASSES + u8[at]!]!));
    if (state >= FIRST_END) {
      i32[HITS + count] = (state << HIT_PLACE_BITS) | (at + 1 - TEXT);
      count += 1;
    }
  }
  i32[HIT_COUNT] = count;
  return state;
}

/** Walks over a border until the state is the one of a walk that began there: then nothing from before is under way. */
function goOn(border: number, to: number, carried: number): void {
  let state = carried;
  let fresh = 0;
  let count = 0;
  for (let at = border; at < to && state !== fresh; at += 1) {
    const symbol = u8[CLASSES + u8[at]!]!;
    state = half(ROWS + ((state << ROW_BITS) | symbol));
    fresh = half(ROWS + ((fresh << ROW_BITS) | symbol));
    if (state >= FIRST_END) {
      i32[HITS + count] = (state << HIT_PLACE_BITS) | (at + 1 - TEXT);
      count += 1;
    }
  }
  i32[HIT_COUNT] = count;
}

/** Tells of the keywords of the last walk that begin before a border. */
function report(border: number): void {
  const count = i32[HIT_COUNT]!;
  for (let hit = 0; hit < count; hit += 1) {
    const found = i32[HITS + hit]!;
    const end = TEXT + (found & ((1 << HIT_PLACE_BITS) - 1));
    const list = ENDS_LISTS + u16[ENDS + ((found >>> HIT_PLACE_BITS) - FIRST_END)]!;
    const last = list + u16[list]!;
    for (let index = list + 1; index <= last; index += 1) {
      const keyword = u16[index]!;
      const at = end - u16[RECORDS + keyword * 4]!;
      if (at >= border) continue;
      if (i32[IS_BARE] !== 0) keep(keyword, at - TEXT, BARE);
      else confirmKeyword(keyword, at, end);
    }
  }
}
