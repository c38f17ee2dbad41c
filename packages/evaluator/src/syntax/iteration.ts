import type { Site } from '../machine/builtin.ts';
import { wordsOf } from '../machine/convert.ts';
import type { Machine } from '../machine/machine.ts';
import { prim } from '../machine/values.ts';
import type { Items, Plain, Sym, Val } from '../machine/values.ts';

/** Runs `use` with what iterating the value gives, for each of its cases. Holes come as `undefined`. */
export function iterate(machine: Machine, value: Val, site: Site, use: (items: Items) => Val): Val {
  return machine.eachPlain(value, (leaf) => {
    if (leaf.kind === 'ref' && leaf.obj.items && !leaf.obj.volatile) {
      return machine.each(leaf.obj.items, (items) => {
        if (items.kind !== 'items') throw new TypeError('an array without items');
        machine.step(items.list.length);
        const list = items.list.map((item) => filled(machine, item, site));
        return use({ ...items, list });
      });
    }
    return use(itemsOf(machine, leaf, site));
  });
}

function filled(machine: Machine, item: Val, site: Site): Val {
  if (item.kind !== 'hole' && item.kind !== 'choice') return item;
  return machine.each(item, (leaf) =>
    leaf.kind === 'hole' ? prim(undefined, machine.realm.traceAt(site)) : leaf,
  );
}

function itemsOf(machine: Machine, leaf: Plain, site: Site): Items {
  const trace = machine.realm.traceAt(site);
  if (leaf.kind === 'prim') {
    if (typeof leaf.value !== 'string')
      return machine.throwError('TypeError', `${wordsOf(leaf)} is not iterable`, site);
    machine.step(leaf.value.length);
    return { kind: 'items', list: Array.from(leaf.value, (unit) => prim(unit, trace)), rest: null };
  }
  if (leaf.kind === 'sym') return { kind: 'items', list: [], rest: unknownItem(machine, leaf, site) };
  const { obj } = leaf;
  if (obj.volatile) return { kind: 'items', list: [], rest: obj.volatile };
  const { entries, queue, search } = obj.slots;
  if (entries && obj.rest) return { kind: 'items', list: [], rest: obj.rest };
  if (entries) {
    const list = [...entries.values()].map(({ key, value }) =>
      obj.cls === 'Set' ? key : machine.heap.array([key, value], trace),
    );
    return { kind: 'items', list, rest: null };
  }
  if (search) {
    const list = [...search].map(([key, value]) =>
      machine.heap.array([prim(key, trace), prim(value, trace)], trace),
    );
    return { kind: 'items', list, rest: null };
  }
  if (queue) return { ...queue.items, list: queue.items.list.slice(queue.at) };
  if (obj.rest || obj.props.has('\0@@iterator') || (obj.proto && hasIterator(obj.proto)))
    return {
      kind: 'items',
      list: [],
      rest: machine.symbols.fresh(
        { words: 'an item', why: 'comes from an iterator that is not followed' },
        trace,
      ),
    };
  return machine.throwError(
    'TypeError',
    'object is not iterable (cannot read property Symbol(Symbol.iterator))',
    site,
  );
}

function hasIterator(obj: NonNullable<Extract<Plain, { kind: 'ref' }>['obj']['proto']>): boolean {
  return obj.props.has('\0@@iterator') || (obj.proto !== null && hasIterator(obj.proto));
}

/** The unknown items of something unknown; they keep its identity. */
export function unknownItem(machine: Machine, leaf: Sym, site: Site): Sym {
  const fails = machine.symbols.nullish(leaf);
  if (leaf.base.env !== null || machine.guarded > 0) {
    machine.branch(
      fails,
      () => machine.throwError('TypeError', `${leaf.base.words} is not iterable`, site),
      () => leaf,
    );
  }
  return machine.symbols.step(
    leaf,
    null,
    '[items]',
    `an item of ${leaf.base.words}`,
    machine.realm.traceAt(site),
    true,
  );
}
