/** What was written, over the defaults of a version (FACTS §1.4). */
import { fromJson, isArray, isObject, known } from '@bulwark/model';
import type { Json, ObjectData, Origin, Value } from '@bulwark/model';
import type { Behaviour } from '../generations/behaviour.ts';
import { isMissing, mapOutcomes } from '../values.ts';
import type { Leaf } from '../values.ts';

/**
 * Every key with its value: what was written stays what it is, `undefined` included; what was left out takes
 * the default. Under something unknown no default is folded in: nobody knows whether it was left out.
 */
export function foldDefaults(written: Value, defaults: Json, from: Origin, merge: Behaviour['merge']): Value {
  return mapOutcomes(written, (leaf) => foldLeaf(leaf, defaults, from, merge));
}

function foldLeaf(leaf: Leaf, defaults: Json, from: Origin, merge: Behaviour['merge']): Value {
  if (leaf.kind === 'absent') return fromJson(defaults, from);
  if (leaf.kind === 'unknown') return leaf;
  if (isDefaultsObject(defaults)) {
    // Spreading `undefined` or `null` adds nothing, so a section written so keeps its defaults.
    if (isMissing(leaf)) return merge === 'sections' ? fromJson(defaults, from) : leaf;
    if (!isObject(leaf.value)) return leaf;
    return { ...leaf, value: foldObject(leaf.value, defaults, from, merge) };
  }
  if (merge === 'deep' && Array.isArray(defaults) && isArray(leaf.value))
    return known(
      { ...leaf.value, items: [...defaults.map((item: Json) => fromJson(item, from)), ...leaf.value.items] },
      leaf.from,
    );
  return leaf;
}

function foldObject(
  object: ObjectData,
  defaults: Readonly<Record<string, Json | undefined>>,
  from: Origin,
  merge: Behaviour['merge'],
): ObjectData {
  const entries = { ...object.entries };
  for (const [key, value] of Object.entries(defaults)) {
    if (value === undefined) continue;
    const own = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (own) entries[key] = { ...own, value: foldDefaults(own.value, value, from, merge) };
    else if (!object.rest) entries[key] = { value: fromJson(value, from) };
  }
  return { ...object, entries };
}

function isDefaultsObject(defaults: Json): defaults is Readonly<Record<string, Json | undefined>> {
  return defaults !== null && typeof defaults === 'object' && !Array.isArray(defaults);
}

/** One JSON object over another, objects inside them alike. */
export function overlay(below: Json, above: Json): Json {
  if (!isDefaultsObject(below) || !isDefaultsObject(above)) return above;
  const merged: Record<string, Json> = {};
  for (const [key, value] of Object.entries(below)) if (value !== undefined) merged[key] = value;
  for (const [key, value] of Object.entries(above))
    if (value !== undefined) merged[key] = overlay(merged[key] ?? {}, value);
  return merged;
}
