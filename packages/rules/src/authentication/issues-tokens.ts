import { outcomesOf } from '@bulwark/model';
import type { Settings } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';

/**
 * Whether the app logs anybody in: not without `authentication.mode`, nor where `authentication.enabled` is
 * `false` (FACTS §4.1, §5.3). What cannot be known counts as yes.
 */
export function issuesTokens({ authentication: { mode, enabled } }: Settings): boolean {
  const canHaveMode = outcomesOf(mode.value).some(({ value }) => value.kind === 'unknown' || isTruthy(value));
  const canBeOn =
    enabled === null ||
    outcomesOf(enabled.value).some(({ value }) => !(value.kind === 'known' && value.value === false));
  return canHaveMode && canBeOn;
}
