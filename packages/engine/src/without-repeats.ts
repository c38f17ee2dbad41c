import type { Finding } from '@bulwark/model';

/**
 * Each finding once, by what makes two of them the same. One that counts is told before one that does not: a waiver, or
 * an older copy, speaks for itself alone.
 */
export function withoutRepeats(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => readonly unknown[],
): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = keyOf(finding).join('\0');
    const seen = kept.get(key);
    if (!seen || (!counts(seen) && counts(finding))) kept.set(key, finding);
  }
  return [...kept.values()];
}

function counts({ older, waived }: Finding): boolean {
  return older !== true && waived === null;
}
