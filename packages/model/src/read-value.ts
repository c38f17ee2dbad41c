/** Reading a {@link Value}: walking into it, and turning it into plain JSON. */
import type { Json } from './json.ts';
import type { Place } from './place.ts';
import type { Absent, ArrayData, Data, Known, ObjectData, Origin, Outcome, Unknown, Value } from './value.ts';

/**
 * The value at a dotted key path, `routers.strict`. Through an unknown it stays unknown, and through one
 * with outcomes each outcome is followed. A step into something that has no keys is absent.
 */
export function at(value: Value, path: string): Value {
  let current = value;
  for (const key of path.split('.')) current = property(current, key);
  return current;
}

/** The value of one own property. */
export function property(value: Value, key: string): Value {
  if (value.kind === 'absent') return value;
  if (value.kind === 'unknown') return propertyOfUnknown(value, key);
  if (!isObject(value.value)) return { kind: 'absent', from: value.from };
  const entry = Object.hasOwn(value.value.entries, key) ? value.value.entries[key] : undefined;
  if (entry) return entry.value;
  return value.value.rest ?? { kind: 'absent', from: value.from };
}

function propertyOfUnknown(value: Unknown, key: string): Value {
  const { fallback: _fallback, foreign, outcomes, ...rest } = value;
  if (outcomes)
    return foldOutcomes(
      outcomes.map(({ when, value: inner }) => ({ when, value: property(inner, key) })),
      rest,
    );
  return foreign ? { ...rest, foreign: { ...foreign, steps: [...foreign.steps, { get: key }] } } : rest;
}

/** One value from many outcomes: the common one if they agree, else unknown with these outcomes. */
export function foldOutcomes(outcomes: readonly Outcome[], unknown: Unknown): Value {
  const first = outcomes[0];
  if (first && outcomes.every(({ value }) => sameValue(value, first.value))) return first.value;
  return { ...unknown, outcomes };
}

/** Whether two values are the same answer, wherever they come from. */
export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') return false;
  if (a.kind === 'absent' || b.kind === 'absent') return a.kind === b.kind;
  const plainA = toJson(a);
  return plainA !== undefined && JSON.stringify(plainA) === JSON.stringify(toJson(b));
}

/** Where the property at this key path was written, key and all; the same in every mode. */
export function siteOf(value: Value, path: string): Place | undefined {
  const keys = path.split('.');
  const last = keys.pop()!;
  return siteIn(keys.length === 0 ? value : at(value, keys.join('.')), last);
}

function siteIn(holder: Value, key: string): Place | undefined {
  if (holder.kind === 'unknown') {
    return holder.outcomes?.map(({ value }) => siteIn(value, key)).find((place) => place !== undefined);
  }
  if (holder.kind === 'absent' || !isObject(holder.value)) return undefined;
  return Object.hasOwn(holder.value.entries, key) ? holder.value.entries[key]!.place : undefined;
}

/** Where a value comes from, if that is a place in a file. */
export function placeOf(value: Value): Place | undefined {
  return value.from.kind === 'default' ? undefined : value.from.place;
}

export function isObject(data: Data): data is ObjectData {
  return typeof data === 'object' && data !== null && data.type === 'object';
}

export function isArray(data: Data): data is ArrayData {
  return typeof data === 'object' && data !== null && data.type === 'array';
}

/** Present, with the value `undefined`. */
export function isUndefined(value: Value): boolean {
  return (
    value.kind === 'known' &&
    typeof value.value === 'object' &&
    value.value !== null &&
    value.value.type === 'undefined'
  );
}

/**
 * The value as plain JSON, `undefined` if any part of it is not known or not JSON (a function, a RegExp).
 * A property that is `undefined` is left out.
 */
export function toJson(value: Value): Json | undefined {
  return value.kind === 'known' ? dataToJson(value.value) : undefined;
}

function dataToJson(data: Data): Json | undefined {
  if (typeof data !== 'object' || data === null) return data;
  if (isArray(data)) return arrayToJson(data);
  return isObject(data) ? objectToJson(data) : undefined;
}

function arrayToJson(data: ArrayData): Json | undefined {
  if (data.rest) return undefined;
  const items = data.items.map(toJson);
  return items.every((item) => item !== undefined) ? items : undefined;
}

function objectToJson(data: ObjectData): Json | undefined {
  if (data.rest) return undefined;
  const plain: Record<string, Json> = {};
  for (const [key, { value }] of Object.entries(data.entries)) {
    if (isUndefined(value)) continue;
    const inner = toJson(value);
    if (inner === undefined) return undefined;
    Object.defineProperty(plain, key, { value: inner, enumerable: true, configurable: true, writable: true });
  }
  return plain;
}

/** A known value. */
export function known(value: Data, from: Origin): Known {
  return { kind: 'known', value, from };
}

/** An absent value. */
export function absent(from: Origin): Absent {
  return { kind: 'absent', from };
}

/** Plain JSON as a known value, all of it from one origin. */
export function fromJson(json: Json, from: Origin): Known {
  if (Array.isArray(json))
    return known({ type: 'array', items: json.map((item: Json) => fromJson(item, from)) }, from);
  if (json === null || typeof json !== 'object') return known(json as Data, from);
  const entries = Object.entries(json as Record<string, Json>).map(([key, inner]) => [
    key,
    { value: fromJson(inner, from) },
  ]);
  return known({ type: 'object', entries: Object.fromEntries(entries) }, from);
}

/** Every outcome a value can have, with the condition of each; one outcome without condition if it has no choice. */
export function outcomesOf(value: Value): readonly { readonly when: string | null; readonly value: Value }[] {
  if (value.kind !== 'unknown' || !value.outcomes) return [{ when: null, value }];
  return value.outcomes.flatMap(({ when, value: inner }) =>
    outcomesOf(inner).map((leaf) => ({
      when: leaf.when === null ? when : `${when} and ${leaf.when}`,
      value: leaf.value,
    })),
  );
}
