/** The text of `data.generated.ts`: the automaton and what must stand round its keywords, as the kernel reads them. */
import { BASE64_LITERALS } from '../base64-literals.ts';
import { buildAutomaton } from './build-automaton.ts';
import { classOf } from '../byte-class.ts';
import type { Detector } from '../detector.ts';
import { ENGINE_LITERALS } from '../engine-literals.ts';
import type { Head, HeadKind } from '../head.ts';
import { CASE_BITS, PAIRS } from '../randomness.ts';
import * as layout from './layout.ts';
import { VALUE_WORDS } from './value-words.ts';

/** Every literal the prefilter looks for, each once, in lower case: those of our detectors and of the engine. */
export function literalsOf(detectors: readonly Detector[]): string[] {
  const all = [
    ...detectors.flatMap(({ keywords }) => keywords),
    ...ENGINE_LITERALS.map(({ literal }) => literal),
    ...BASE64_LITERALS,
    COMMENT,
  ];
  return [...new Set(all.map((literal) => literal.toLowerCase()))].toSorted();
}

/** What every comment that silences the engine begins with. */
const COMMENT = 'secretlint-disable';

const KINDS: Readonly<Record<HeadKind, number>> = {
  run: layout.RUN,
  assigned: layout.ASSIGNED,
  near: layout.NEAR,
  spaced: layout.SPACED,
  beside: layout.BESIDE,
  any: layout.ANY,
  url: layout.URL_HEAD,
  credentials: layout.CREDENTIALS,
  pem: layout.PEM,
  'pem-body': layout.PEM_BODY,
  json: layout.JSON_FILE,
  npmrc: layout.NPMRC,
  aws: layout.AWS,
};

/** A head, and the exact spelling of its literal or nothing. */
interface PlacedHead {
  readonly isEngine: boolean;
  readonly spelling: string;
  readonly head: Head;
}

/** For each keyword its heads, each once. */
function headsOf(detectors: readonly Detector[], keywords: readonly string[]): PlacedHead[][] {
  const heads = new Map<string, Map<string, PlacedHead>>(keywords.map((keyword) => [keyword, new Map()]));
  const add = (isEngine: boolean, literal: string, foldsCase: boolean, head: Head): void => {
    const { kind, run = 0, classes = 0, starts = false } = head;
    const spelling = foldsCase ? '' : literal;
    const key = JSON.stringify([isEngine, spelling, kind, run, classes, starts]);
    heads.get(literal.toLowerCase())?.set(key, { isEngine, spelling, head: { kind, run, classes, starts } });
  };
  for (const { keywords: literals, foldsCase, head } of detectors) {
    for (const literal of literals) add(false, literal, foldsCase, head);
  }
  for (const literal of BASE64_LITERALS) add(false, literal, false, { kind: 'any' });
  for (const { literal, foldsCase, head } of ENGINE_LITERALS) add(true, literal, foldsCase, head);
  return keywords.map((keyword) => [...(heads.get(keyword)?.values() ?? [])]);
}

const ANY_BYTE = 0xffff;

/** Of each keyword: its length, the classes the byte behind it may be of, where its heads begin, and how many there are. */
function recordsOf(keywords: readonly string[], heads: readonly (readonly PlacedHead[])[]): number[] {
  let first = 0;
  return keywords.flatMap((keyword, index) => {
    const own = heads[index]!;
    const isRun = own.length > 0 && own.every(({ head }) => head.kind === 'run');
    const classes = isRun ? own.reduce((all, { head }) => all | (head.classes ?? 0), 0) : ANY_BYTE;
    const record = [keyword.length, classes, first, own.length];
    first += own.length * 6;
    return record;
  });
}

/** The spellings one after another, behind a byte that no spelling begins at. */
function packSpellings(heads: readonly PlacedHead[]): { spellings: number[]; records: number[] } {
  const spellings = [0];
  const places = new Map([['', 0]]);
  const records = heads.flatMap(({ isEngine, spelling, head }) => {
    if (!places.has(spelling)) {
      places.set(spelling, spellings.length);
      spellings.push(...Buffer.from(spelling, 'latin1'));
    }
    const { kind, run = 0, classes = 0, starts = false } = head;
    return [KINDS[kind], Number(isEngine), places.get(spelling)!, run, classes, Number(starts)];
  });
  return { spellings, records };
}

/** Lists of numbers, each behind its length; and where each of them begins. */
function packLists(lists: readonly (readonly number[])[]): { packed: number[]; starts: number[] } {
  const packed: number[] = [];
  const starts = lists.map((list) => packed.push(list.length, ...list) - list.length - 1);
  return { packed, starts };
}

/** One part of the data: how wide its numbers are, in bytes. */
interface Section {
  readonly width: 1 | 2;
  readonly numbers: readonly number[];
}

/** @returns the sections one after another, and where each begins, in its own numbers from the memory's start on. */
function packSections(sections: Readonly<Record<string, Section>>): {
  data: Buffer;
  places: [string, number][];
} {
  const parts: Buffer[] = [];
  let at = DATA;
  const places = Object.entries(sections).map(([name, { width, numbers }]): [string, number] => {
    const bytes = width === 1 ? Uint8Array.from(numbers) : new Uint8Array(Uint16Array.from(numbers).buffer);
    const padded = Buffer.alloc((bytes.length + 3) & ~3);
    padded.set(bytes);
    parts.push(padded);
    const place = at / width;
    at += padded.length;
    return [name, place];
  });
  return { data: Buffer.concat(parts), places };
}

/** Where the data begins, behind the kernel's cells. */
const DATA = 64;

/** Every byte, as a character. */
const BYTES = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

export function kernelDataSource(detectors: readonly Detector[]): string {
  const keywords = literalsOf(detectors);
  const { classes, states, shift, firstEnd, ends } = buildAutomaton(keywords);
  const heads = headsOf(detectors, keywords);
  const { spellings, records } = packSpellings(heads.flat());
  const { packed, starts } = packLists(ends);
  const words = VALUE_WORDS.flatMap((word) => [word.length, ...Buffer.from(word)]);
  const { data, places } = packSections({
    // Doubled: a place in a row counts in bytes.
    CLASSES: { width: 1, numbers: Array.from(classes, (each) => each * 2) },
    BYTE_CLASSES: { width: 2, numbers: BYTES.map(classOf) },
    RECORDS: { width: 2, numbers: recordsOf(keywords, heads) },
    HEADS: { width: 2, numbers: records },
    SPELLINGS: { width: 1, numbers: spellings },
    PRIVATE_KEY: { width: 1, numbers: [...Buffer.from('PRIVATE KEY BLOCK-----')] },
    VALUE_WORDS: { width: 1, numbers: [...words, 0] },
    PAIR_COSTS: { width: 1, numbers: [...PAIRS] },
    CASE_COSTS: { width: 1, numbers: CASE_BITS.map((bits) => Math.round(bits * 20)) },
    ENDS: { width: 2, numbers: starts },
    ENDS_LISTS: { width: 2, numbers: packed },
    TREE: {
      width: 2,
      numbers: states.flatMap(({ number, fail, symbol, children }) => [number, fail, symbol, children]),
    },
  });
  const constants = Object.entries({
    DATA,
    DATA_LENGTH: data.length,
    SHIFT: shift,
    STATE_COUNT: states.length,
    FIRST_END: firstEnd,
    LONGEST: Math.max(...keywords.map(({ length }) => length)),
    ...Object.fromEntries(places),
  });
  return `// Generated by scripts/generate-kernel.mjs from the detectors' keywords and the engine's literals; do not edit.
/* oxlint-disable */

/** Every keyword in lower case; its place here is its number. */
export const KEYWORDS: readonly string[] = ${JSON.stringify(keywords)};
/** The automaton's size, and where each part of the data lies in the kernel's memory. */
${constants.map(([name, value]) => `export const ${name} = ${value};`).join('\n')}
/** The data, in base64; its numbers are little-endian, of 8 or 16 bits. */
export const KERNEL_DATA =
  '${data.toString('base64')}';
`;
}
