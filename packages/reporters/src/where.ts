import { formatPlace, quotePath } from '@bulwark/model';
import type { Finding, Problem } from '@bulwark/model';

/** `path:line:column` of a finding, fit to print. */
export function placeOf({ path, line, column }: Finding): string {
  return formatPlace({ path: quotePath(path), line, column });
}

/** The same of a problem, as far as it has one; empty where it concerns no file. */
export function placeOfProblem({ path, line, column }: Problem): string {
  if (path === null) return '';
  return line === undefined
    ? quotePath(path)
    : formatPlace({ path: quotePath(path), line, column: column ?? 1 });
}

/** `commit 1a2b3c4d5e6f of 2026-01-31`, empty where no commit brought the finding. */
export function commitOf({ commit, date }: Finding): string {
  if (commit === undefined) return '';
  return `commit ${commit.slice(0, 12)}${date === undefined ? '' : ` of ${date.slice(0, 10)}`}`;
}

/** The app and the modes a finding is about, fit to print; empty for a file outside every app. */
export function appOf({ app, modes }: Finding): string {
  if (app === null) return '';
  return `${quotePath(app)}${modes.length > 0 ? ` (${modes.join(', ')})` : ''}`;
}
