/** Brings a text to the kernel, chunk by chunk. */
import { loadKernel } from './load-kernel.ts';
import type { Kernel, KernelHost } from './load-kernel.ts';
import {
  BARE,
  BEFORE,
  BEHIND,
  CHUNK,
  GOES_ON,
  IS_BARE,
  PATH_KINDS,
  TEXT,
  TEXT_END,
  TEXT_START,
} from './layout.ts';

let loaded: Kernel | undefined;

/**
 * Tells of each keyword whose surroundings bear it out, in no order: its number, the byte where it begins, and whose
 * it is. The compiled kernel is loaded at the first call.
 * @param pathKinds bits of what the text's path says of it
 */
export function findKeywords(
  text: Uint8Array,
  pathKinds: number,
  keep: KernelHost['keep'],
  kernel: Kernel = (loaded ??= loadKernel()),
): void {
  kernel.i32[IS_BARE] = 0;
  kernel.i32[PATH_KINDS] = pathKinds;
  find(kernel, text, keep);
}

/** Tells of every keyword, whatever stands round it. */
export function findEveryKeyword(
  text: Uint8Array,
  see: (keyword: number, place: number) => void,
  kernel: Kernel = (loaded ??= loadKernel()),
): void {
  kernel.i32[IS_BARE] = 1;
  find(kernel, text, (keyword, place, kind) => {
    if (kind === BARE) see(keyword, place);
  });
}

function find({ u8, i32, host, findInChunk }: Kernel, text: Uint8Array, keep: KernelHost['keep']): void {
  if (text.length <= CHUNK) {
    u8.set(text, TEXT);
    host.keep = keep;
    i32[TEXT_START] = TEXT;
    i32[TEXT_END] = TEXT + text.length;
    i32[GOES_ON] = 0;
    findInChunk(text.length, 0);
    return;
  }
  let carried = 0;
  for (let from = 0; from < text.length; from += CHUNK) {
    const to = Math.min(text.length, from + CHUNK);
    const [start, end] = [Math.max(0, from - BEFORE), Math.min(text.length, to + BEHIND)];
    u8.set(text.subarray(start, end), TEXT - (from - start));
    host.keep = (keyword, place, kind) => keep(keyword, from + place, kind);
    i32[TEXT_START] = TEXT - (from - start);
    i32[TEXT_END] = TEXT + (end - from);
    i32[GOES_ON] = Number(end < text.length);
    carried = findInChunk(to - from, carried);
  }
}
