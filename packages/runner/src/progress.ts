import type { Io } from './io.ts';

/** Nothing is shown before this: short work needs no progress. Milliseconds. */
const PATIENCE = 1000;

/** Shows how far long work is, on one line of a terminal's standard error; anywhere else it shows nothing. */
export function createProgress(io: Io, what: string): (done: number, total: number) => void {
  if (!io.isErrorTerminal) return () => {};
  const started = performance.now();
  let shown = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (performance.now() - started < PATIENCE || percent === shown) return;
    shown = percent;
    io.writeError(done >= total ? '\r\u001b[K' : `\r\u001b[K${done} of ${total} ${what} (${percent} %)`);
  };
}
