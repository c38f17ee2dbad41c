/** Promises that are settled as soon as they are made. */

import { NEVER } from '../conditions/conditions.ts';

import type { Site } from './builtin.ts';

import type { Machine } from './machine.ts';
import { lookUp } from './members.ts';

import type { Exit } from './scope.ts';
import { ref } from './values.ts';
import type { Plain, Ref, Val } from './values.ts';

/** The promise an async function gives, from what it returned and what it threw. */
export function settledPromise(machine: Machine, value: Val | null, rejected: Exit, site: Site): Val {
  const { conditions } = machine;
  const records = rejected.records.filter(({ pc }) => pc !== NEVER);
  let result: Val | null = machine.isAlive && value ? promise(machine, value, false, site) : null;
  for (const { pc, value: thrown } of records) {
    const outer = machine.pc;
    machine.pc = pc;
    const made = promise(machine, thrown!, true, site);
    result = result === null ? made : conditions.choose(pc, made, result);
    machine.pc = conditions.or(outer, pc);
  }
  return result ?? machine.leave();
}

export function promise(machine: Machine, value: Val, rejected: boolean, site: Site): Ref {
  const obj = machine.heap.make('Promise', machine.realm.prototype('Promise'));
  obj.slots.settled = { value, rejected };
  return ref(obj, machine.realm.traceAt(site));
}

/** What `await` gives. */
export function awaited(machine: Machine, leaf: Plain, site: Site): Val {
  if (leaf.kind === 'prim') return leaf;
  if (leaf.kind === 'sym') {
    if (leaf.base.type !== 'any') return leaf;
    return machine.symbols.step(
      leaf,
      null,
      'await',
      `await ${leaf.base.words}`,
      machine.realm.traceAt(site),
      true,
    );
  }
  const { settled } = leaf.obj.slots;
  if (settled) {
    if (settled.rejected) return machine.throwValue(settled.value, machine.realm.traceAt(site));
    return machine.eachPlain(settled.value, (inner) =>
      inner === leaf ? inner : awaited(machine, inner, site),
    );
  }
  if (leaf.obj.volatile || leaf.obj.rest)
    return machine.symbols.fresh(
      { words: 'the result', why: 'comes from an object that is not fully known' },
      machine.realm.traceAt(site),
    );
  const then = lookUp(machine, leaf.obj, 'then', leaf, site);
  return machine.eachPlain(then, (method) => {
    if (method.kind === 'prim' || (method.kind === 'ref' && !method.obj.code)) return leaf;
    return machine.symbols.fresh(
      { words: 'the result', why: 'comes from a promise that is not followed' },
      machine.realm.traceAt(site),
    );
  });
}
