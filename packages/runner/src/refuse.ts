import type { Io } from './io.ts';

const WHY = {
  1: 'Mend the findings; bulwark explain <rule> tells more about a rule.',
  2: 'Something could not be checked: mend what is listed above and try again.',
} as const;

/** Says that git will stop, and why. @returns the exit code it was given. */
export function refuse(what: 'commit' | 'merge' | 'push', code: number, io: Io): number {
  if (code === 1 || code === 2) io.writeError(`bulwark: the ${what} is refused. ${WHY[code]}\n`);
  return code;
}
