import { canonicalJson, compareText } from '@bulwark/model';
import type { Problem } from '@bulwark/model';

/** By path, each problem once: several modes, or several parts, may meet the same one. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [canonicalJson(problem), problem]));
  return [...distinct]
    .toSorted(([a, one], [b, other]) => compareText(one.path ?? '', other.path ?? '') || compareText(a, b))
    .map(([, problem]) => problem);
}
