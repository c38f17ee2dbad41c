/** What becomes of values that reach code which is not followed: it may change them. */
import type { Site } from './builtin.ts';
import type { Machine } from './machine.ts';
import type { Closure, Obj } from './objects.ts';
import type { Cell } from './scope.ts';
import { prim, ref } from './values.ts';
import type { Sym, Val } from './values.ts';
import { written } from '../source/trace.ts';
import { forget, forgetCell } from '../syntax/forget.ts';

export function escape(machine: Machine, value: Val, site: Site, why: string): void {
  visit(machine, value, site, why, new Set());
}

function visit(machine: Machine, value: Val, site: Site, why: string, seen: Set<Obj>): void {
  switch (value.kind) {
    case 'choice':
      visit(machine, value.hi, site, why, seen);
      visit(machine, value.lo, site, why, seen);
      return;
    case 'items':
      for (const item of value.list) visit(machine, item, site, why, seen);
      return;
    case 'accessor':
      if (value.get) visit(machine, value.get, site, why, seen);
      if (value.set) visit(machine, value.set, site, why, seen);
      return;
    case 'ref':
      visitObject(machine, value.obj, site, why, seen);
      return;
    default:
  }
}

function visitObject(machine: Machine, obj: Obj, site: Site, why: string, seen: Set<Obj>): void {
  // The environment is an input: that anything could change it, handed on or not, is left out of account.
  if (seen.has(obj) || obj.cls === 'Env' || obj.slots.constructorName !== undefined) return;
  seen.add(obj);
  machine.step();
  if (obj.code?.kind === 'builtin') return;
  for (const prop of obj.props.values()) visit(machine, prop.value, site, why, seen);
  if (obj.items) visit(machine, obj.items, site, why, seen);
  for (const entry of obj.slots.entries?.values() ?? []) {
    visit(machine, entry.key, site, why, seen);
    visit(machine, entry.value, site, why, seen);
  }
  if (obj.slots.settled) visit(machine, obj.slots.settled.value, site, why, seen);
  if (obj.code?.kind === 'bound') visit(machine, obj.code.target, site, why, seen);
  if (obj.code?.kind === 'closure') {
    escapeFunction(machine, obj, obj.code, site, why, seen);
    return;
  }
  const isClosed = obj.frozen || obj.slots.namespace !== undefined || obj.cls === 'Symbol';
  if (!isClosed && !obj.volatile) machine.heap.havoc(obj, why, [], written(site.file, site));
}

/** A function may be called at any time from now on: what it writes is no longer known. */
function escapeFunction(
  machine: Machine,
  obj: Obj,
  code: Closure,
  site: Site,
  why: string,
  seen: Set<Obj>,
): void {
  const { node } = code;
  if (node.type === 'ConstructorStub') return;
  const writes = new Set<Cell | Obj>();
  const depth = escaping.get(machine) ?? 0;
  if (depth < 2) {
    escaping.set(machine, depth + 1);
    machine.trial(() => {
      const args = node.params.map(() => argument(machine, site));
      return machine.call(
        ref(obj, written(site.file, site)),
        prim(undefined, written(site.file, site)),
        args,
        site,
      );
    }, writes);
    escaping.set(machine, depth);
  }
  const trace = written(site.file, site);
  for (const what of writes) {
    if ('cls' in what) {
      if (!seen.has(what) && !what.volatile && what.slots.constructorName === undefined)
        machine.heap.havoc(what, why, [], trace);
    } else {
      forgetCell(machine, what, why, trace);
    }
  }
  if (node.body) forget(machine, node, code.scope, why, false);
}

const escaping = new WeakMap<Machine, number>();

function argument(machine: Machine, site: Site): Sym {
  return machine.symbols.fresh(
    { words: 'an argument', why: 'depends on an argument' },
    written(site.file, site),
  );
}
