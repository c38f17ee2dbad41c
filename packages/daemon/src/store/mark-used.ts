import { lstatSync, utimesSync } from 'node:fs';

/** Milliseconds an entry may be used without its time stamp being set anew. */
const FRESH = 60 * 60 * 1000;

/** The time stamp says when an entry was last of use, for eviction alone. */
export function markUsed(path: string): void {
  try {
    const { mtimeMs } = lstatSync(path);
    const now = new Date();
    if (Math.abs(now.getTime() - mtimeMs) > FRESH) utimesSync(path, now, now);
  } catch {
    // It is gone, or may not be touched: it is evicted earlier.
  }
}
