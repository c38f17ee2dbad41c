import type { Io } from './io.ts';
import { isLively } from './use-color.ts';

/** Nothing is shown before this: short work needs no progress. Milliseconds. */
const PATIENCE = 1000;

/**
 * Shows how far long work is, on one line of a terminal's standard error; anywhere else it shows nothing. The
 * line is wiped with blanks: with NO_COLOR, too, it needs no escape.
 */
export function createProgress(io: Io, what: string): (done: number, total: number) => void {
  if (!isLively(io.env, io.isErrorTerminal)) return () => {};
  const started = performance.now();
  let shown = -1;
  let width = 0;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (performance.now() - started < PATIENCE || percent === shown) return;
    shown = percent;
    const line = done >= total ? '' : `${done} of ${total} ${what} (${percent} %)`;
    io.writeError(`\r${line.padEnd(width)}${line === '' ? '\r' : ''}`);
    width = Math.max(width, line.length);
  };
}
