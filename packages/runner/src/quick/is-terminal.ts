import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Major numbers of Linux's pseudo-terminals, and of `/dev/null` and its like: they are nothing else (its admin-guide/devices.txt). */
const TERMINALS = { first: 136, last: 143 };
const MEMORY = 1;

/** Whether a file is a terminal. What tells for sure is slow to load, so it is asked where nothing else tells. */
export function isTerminal(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    if (!stats.isCharacterDevice()) return false;
    const major = (stats.rdev >> 8) & 0xfff;
    if (process.platform === 'linux') {
      if (major === MEMORY) return false;
      if (major >= TERMINALS.first && major <= TERMINALS.last) return true;
    }
    return isatty(fd);
  } catch {
    return false;
  }
}
