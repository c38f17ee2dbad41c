import type { SyntaxProblem } from './source-file.ts';

/**
 * The first conflict marker of a merge that was left unfinished. git writes `<<<<<<< label`, `=======` and
 * `>>>>>>> label` at the start of a line, seven marks each (git-merge(1), "How conflicts are presented"). A lone
 * line of equals signs may be prose, so all three must be there, in order.
 */
export function conflictMarker(text: string): SyntaxProblem | null {
  const start = /^<{7}(?: .*)?$/m.exec(text);
  if (!start) return null;
  const rest = text.slice(start.index);
  if (!/^={7}$[^]*?^>{7}(?: .*)?$/m.test(rest.replaceAll('\r\n', '\n'))) return null;
  return { message: 'has merge-conflict markers', start: start.index };
}
