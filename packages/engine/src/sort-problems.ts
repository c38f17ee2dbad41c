import { compareText } from '@bulwark/model';
import type { Problem } from '@bulwark/model';

/** By path, each problem once: several modes may meet the same one. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...distinct.values()].toSorted((a, b) => compareText(a.path ?? '', b.path ?? ''));
}
