import { foldOutcomes, isUndefined } from '@bulwark/model';
import type { Absent, Known, Unknown, Value } from '@bulwark/model';

/**
 * Follows every outcome of a value. What is unknown without outcomes goes to `otherwise`, which by default
 * keeps it unknown.
 */
export function chain(
  value: Value,
  next: (leaf: Known | Absent) => Value,
  otherwise: (leaf: Unknown) => Value = bareUnknown,
): Value {
  if (value.kind !== 'unknown') return next(value);
  if (!value.outcomes) return otherwise(value);
  const outcomes = value.outcomes.map(({ when, value: inner }) => ({
    when,
    value: chain(inner, next, otherwise),
  }));
  return foldOutcomes(outcomes, bareUnknown(value));
}

/** The same lack of knowledge about something made from the value. */
export function bareUnknown(value: Unknown): Unknown {
  const { fallback: _fallback, foreign: _foreign, outcomes: _outcomes, ...bare } = value;
  return bare;
}

/** Neither missing nor `undefined`. */
export function isDefined(value: Value): value is Known {
  return value.kind === 'known' && !isUndefined(value);
}

/** What JavaScript makes of a known value in a condition. */
export function isTruthy(value: Known | Absent): boolean {
  if (value.kind === 'absent') return false;
  const data = value.value;
  if (typeof data !== 'object' || data === null) return Boolean(data);
  if (data.type === 'undefined') return false;
  if (data.type === 'number') return data.text !== 'NaN' && data.text !== '-0';
  return data.type !== 'bigint' || data.text !== '0';
}
