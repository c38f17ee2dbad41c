import { compareText } from '@bulwark/model';
import type { Report } from '@bulwark/model';

/** What was left out on purpose: how many files for each reason, by reason. */
export function countSkipped({ scanned }: Report): (readonly [reason: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { reason } of scanned.skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => compareText(a, b));
}
