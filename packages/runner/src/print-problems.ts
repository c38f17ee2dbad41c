import { printable, quotePath } from '@bulwark/model';
import type { Problem } from '@bulwark/model';
import type { Io } from './io.ts';

/** Says what could not be read. @returns the exit code: 2 if there is anything, else 0. */
export function printProblems(problems: readonly Problem[], io: Pick<Io, 'writeError'>): 0 | 2 {
  for (const { path, message, hint } of problems) {
    const where = path === null ? '' : `${quotePath(path)}  `;
    io.writeError(
      `bulwark: ${where}${printable(message)}${hint === undefined ? '' : `\n${printable(hint)}`}\n`,
    );
  }
  return problems.length === 0 ? 0 : 2;
}
