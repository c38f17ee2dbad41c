/** Working on values whose outcomes may be several: each outcome goes its own way. */
import { foldOutcomes, isObject } from '@bulwark/model';
import type { Absent, Known, ObjectData, Origin, Unknown, Value } from '@bulwark/model';

/** A value that has no outcomes to choose from. */
export type Leaf = Known | Absent | Unknown;

/** Applies a function to every outcome of a value, and joins what comes back under the same conditions. */
export function mapOutcomes(value: Value, map: (leaf: Leaf) => Value): Value {
  if (value.kind !== 'unknown' || !value.outcomes) return map(value);
  const { outcomes, fallback: _fallback, foreign: _foreign, ...unknown } = value;
  return foldOutcomes(
    outcomes.map(({ when, value: outcome }) => ({ when, value: mapOutcomes(outcome, map) })),
    unknown,
  );
}

/** As {@link mapOutcomes}, where an outcome that is unknown stays what it is. */
export function mapKnown(value: Value, map: (leaf: Known | Absent) => Value): Value {
  return mapOutcomes(value, (leaf) => (leaf.kind === 'unknown' ? leaf : map(leaf)));
}

/** The object a leaf is, if it is one. */
export function objectOf(leaf: Leaf): ObjectData | null {
  return leaf.kind === 'known' && isObject(leaf.value) ? leaf.value : null;
}

/** Whether an object has this key of its own, whatever its value; `unknown` if something unknown was spread in. */
export function hasKey(object: ObjectData, key: string): boolean | 'unknown' {
  if (Object.hasOwn(object.entries, key)) return true;
  return object.rest ? 'unknown' : false;
}

export function isMissing(leaf: Known | Absent): boolean {
  return leaf.kind === 'absent' || typeOf(leaf) === 'undefined' || leaf.value === null;
}

/** What JavaScript takes for false: an omitted key, `undefined`, `null`, `false`, `0`, `''`. */
export function isFalsy(leaf: Known | Absent): boolean {
  if (isMissing(leaf)) return true;
  const { value } = leaf as Known;
  if (typeof value === 'object' && value !== null)
    return value.type === 'number' && (value.text === 'NaN' || value.text === '-0');
  return value === false || value === 0 || value === '';
}

/** `undefined`, `object`, `array`, `function`, … or the type of a primitive. */
export function typeOf(leaf: Known): string {
  const { value } = leaf;
  if (value === null) return 'null';
  return typeof value === 'object' ? value.type : typeof value;
}

export function unknown(why: string, from: Origin): Unknown {
  return { kind: 'unknown', why, from };
}
