import type { Absent, Known } from '@bulwark/model';

/** Which generated routes are mounted: all, all but bulk ones, or none. */
export type StrictEffect = 'all' | 'no-bulk' | 'none';

/** What Arkos makes of a value of `routers.strict`: any other than these two behaves as `false` (FACTS §4.3). */
export function routerStrictEffect(outcome: Known | Absent): StrictEffect {
  if (outcome.kind === 'absent') return 'all';
  if (outcome.value === true) return 'none';
  return outcome.value === 'no-bulk' ? 'no-bulk' : 'all';
}

/** The value as it would be written. */
export function strictText(outcome: Known | Absent): string {
  if (outcome.kind === 'absent') return 'not set';
  const { value } = outcome;
  return typeof value === 'object' && value !== null ? value.type : JSON.stringify(value);
}
