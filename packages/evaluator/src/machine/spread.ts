/** Copying the keys of one value into an object. */

import { readOf } from '../source/trace.ts';
import type { Site } from './builtin.ts';
import { eachKey } from './convert.ts';
import type { Machine } from './machine.ts';
import { getMember } from './members.ts';
import type { Obj } from './objects.ts';

import { HOLE, prim } from './values.ts';
import type { Plain, Ref, Sym, Val } from './values.ts';

/** What spreading a value into an object literal does. */
export function spreadInto(machine: Machine, target: Obj, source: Val, site: Site): void {
  machine.eachPlain(source, (leaf) => {
    spreadLeaf(machine, target, leaf, site);
    return HOLE;
  });
}

function spreadLeaf(machine: Machine, target: Obj, leaf: Plain, site: Site): void {
  if (leaf.kind === 'prim') {
    if (typeof leaf.value === 'string') {
      for (const [index, unit] of [...Array(leaf.value.length).keys()].entries())
        machine.heap.define(target, String(index), prim(leaf.value[unit], leaf.trace));
    }
    return;
  }
  if (leaf.kind === 'sym') {
    // Nothing falsy has keys.
    const { conditions, symbols, pc } = machine;
    if (conditions.implies(pc, conditions.not(symbols.truthy(leaf)))) return;
    if (leaf.base.type === 'boolean' || leaf.base.type === 'number' || leaf.base.type === 'function') return;
    addUnknownKeys(machine, target, leaf, site);
    return;
  }
  const { obj } = leaf;
  if (obj.cls === 'Env') {
    spreadEnvironment(machine, target, obj, site);
    return;
  }
  machine.heap.eachKeys(obj, (keys) => {
    if (keys === null) {
      spreadPartly(machine, target, leaf, site);
      return HOLE;
    }
    for (const key of keys) {
      const value = getMember(machine, leaf, key, site);
      machine.heap.define(target, key, value, { place: obj.props.get(key)?.place ?? null });
    }
    return HOLE;
  });
}

/** Of an object with unknown keys, those that are known for sure are still copied. */
function spreadPartly(machine: Machine, target: Obj, leaf: Ref, site: Site): void {
  const { obj } = leaf;
  const unknown = machine.heap.uncertain(obj);
  if (unknown) addUnknownKeys(machine, target, unknown, site);
  else machine.heap.set(target, 'unordered', true);
  if (obj.volatile) return;
  for (const [key, prop] of obj.props) {
    if (!prop.enumerable || key.startsWith('\0')) continue;
    machine.each(prop.value, (one) => {
      // Where the object does not have the key, what is unknown of it may.
      if (one.kind !== 'hole')
        machine.heap.define(target, key, getMember(machine, leaf, key, site), { place: prop.place });
      return HOLE;
    });
  }
}

function spreadEnvironment(machine: Machine, target: Obj, env: Obj, site: Site): void {
  const { variables, others } = machine.realm.environment;
  const { heap, symbols } = machine;
  if (others === 'unknown') {
    const rest = symbols.named(
      'environment',
      () => ({ words: 'process.env', why: 'depends on the environment', type: 'any', nullish: false }),
      machine.realm.traceAt(site),
    );
    addUnknownKeys(machine, target, rest, site);
  }
  for (const [name, value] of Object.entries(variables)) {
    if (value !== null) heap.define(target, name, prim(value, readOf(name, site.file, site)));
    else if (others === 'unknown')
      heap.havoc(target, 'is made of the environment, where some variables are unset');
  }
  for (const [name, prop] of env.props) heap.define(target, name, prop.value);
  heap.set(target, 'unordered', true);
}

/** Keys that cannot be listed were added: what was there before may be overwritten. */
export function addUnknownKeys(machine: Machine, target: Obj, source: Sym | null, site: Site): void {
  const { heap, symbols } = machine;
  const rest =
    source ??
    symbols.fresh({ words: 'an object', why: 'has a key that is not known' }, machine.realm.traceAt(site));
  for (const [key, prop] of target.props) {
    if (prop.value.kind === 'hole' || key.startsWith('\0')) continue;
    const unsure = symbols.fresh(
      {
        words: key,
        why: `may be overwritten by what is spread in after it: ${rest.base.why}`,
        variables: rest.base.variables,
      },
      machine.realm.traceAt(site),
    );
    // Where it is absent, what is spread in is asked when it is read.
    const value = machine.each(prop.value, (leaf) => (leaf.kind === 'hole' ? HOLE : unsure));
    heap.assign(target, key, value, prop.place);
  }
  heap.set(
    target,
    'rest',
    target.rest
      ? symbols.fresh({ words: 'an object', why: rest.base.why, variables: rest.base.variables }, rest.trace)
      : rest,
  );
}

/** A copy without some keys, as `{ a, ...rest }` makes it. */
export function copyWithout(machine: Machine, value: Val, taken: readonly Val[], site: Site): Val {
  const copy = machine.heap.object(machine.realm.traceAt(site));
  spreadInto(machine, copy.obj, value, site);
  for (const key of taken) {
    eachKey(machine, key, site, (name) => {
      if (name === null) machine.heap.havoc(copy.obj, 'lost a key that is not known');
      else if (copy.obj.rest) {
        machine.heap.havoc(copy.obj, copy.obj.rest.base.why, copy.obj.rest.base.variables);
      } else machine.heap.remove(copy.obj, name);
      return HOLE;
    });
  }
  return copy;
}
