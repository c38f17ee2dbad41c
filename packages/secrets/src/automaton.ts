/** Runs the generated automaton over bytes. */
import { inflateRawSync } from 'node:zlib';
import { CLASSES, ENDS, FIRST_END, SHIFT, TABLE } from './automaton.generated.ts';

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

/** Finds every keyword in every place. */
export function findKeywords(bytes: Uint8Array, onKeyword: OnKeyword): void {
  loaded ??= load();
  const { classes, table, ends } = loaded;
  let state = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    state = table[(state << SHIFT) | classes[bytes[at]!]!]!;
    if (state >= FIRST_END) {
      for (const keyword of ends[state - FIRST_END]!) onKeyword(keyword, at + 1);
    }
  }
}
