/** Marks findings that a base already has: the same fingerprint at the same path. */
import type { Finding } from '@bulwark/model';

/**
 * @param bases the findings of each base; one base that has it is enough (what any parent of a merge had
 * is not brought by the merge).
 * @param always rules that are never older.
 */
export function markOlder(
  findings: readonly Finding[],
  bases: readonly (readonly Finding[])[],
  always: readonly string[],
): Finding[] {
  const known = new Set(bases.flat().map(identity));
  return findings.map((finding) =>
    known.has(identity(finding)) && !always.includes(finding.rule) ? { ...finding, older: true } : finding,
  );
}

function identity({ rule, fingerprint, path }: Finding): string {
  return `${rule}\0${fingerprint}\0${path}`;
}
