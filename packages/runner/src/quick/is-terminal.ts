import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Major numbers of Linux's pseudo-terminals (Documentation/admin-guide/devices.txt), which are nothing else. */
const TERMINALS = { first: 136, last: 143 };

/** Whether a file is a terminal. What tells for sure is slow to load, so it is asked where nothing else tells. */
export function isTerminal(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    if (!stats.isCharacterDevice()) return false;
    const major = (stats.rdev >> 8) & 0xfff;
    const isSure = process.platform === 'linux' && major >= TERMINALS.first && major <= TERMINALS.last;
    return isSure || isatty(fd);
  } catch {
    return false;
  }
}
