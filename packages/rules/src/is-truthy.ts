import type { Absent, Known } from '@bulwark/model';

/** What JavaScript takes for true. */
export function isTruthy(outcome: Known | Absent): boolean {
  if (outcome.kind === 'absent') return false;
  const { value } = outcome;
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if (value.type === 'undefined') return false;
  if (value.type === 'number') return value.text !== 'NaN' && value.text !== '-0';
  return value.type !== 'bigint' || BigInt(value.text) !== 0n;
}
