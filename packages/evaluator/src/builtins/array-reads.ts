/** Array methods that only read, without callbacks. */
import { ALWAYS, NEVER } from '../conditions/conditions.ts';
import type { Builtin, Call } from '../machine/builtin.ts';
import { lift, toText } from '../machine/convert.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Items, Plain, Val } from '../machine/values.ts';
import { strictlyEqual, truth } from '../syntax/operators.ts';
import { indexFrom, itemAt, onItems, unknownResult } from './array-items.ts';
import { argument, method } from './define.ts';

function made(call: Call, list: readonly Val[], rest: Items['rest'] = null): Val {
  return call.machine.heap.array(list, call.machine.realm.traceAt(call.site), rest);
}

/** Runs `use` with whole numbers for the arguments, or gives up. */
function withIndices(
  call: Call,
  name: string,
  fallbacks: readonly number[],
  use: (indices: readonly number[]) => Val,
): Val {
  const leaves = fallbacks.map((_, index) => argument(call, index));
  return call.machine.eachOf(leaves, (args) => {
    const indices = args.map((leaf, index) => indexFrom(leaf, fallbacks[index]!));
    if (indices.includes(null)) return unknownResult(call, call.self as Plain, name, 'any');
    return use(indices as number[]);
  });
}

const at = method('at', 1, (call) =>
  onItems(call, 'at', 'any', ({ items }) =>
    withIndices(call, 'at', [0], ([index]) =>
      itemAt(call, items, index! < 0 ? items.list.length + index! : index!),
    ),
  ),
);

const slice = method('slice', 2, (call) =>
  onItems(call, 'slice', 'array', ({ items }) =>
    withIndices(call, 'slice', [0, Number.POSITIVE_INFINITY], ([from, to]) =>
      made(call, items.list.slice(from, to)),
    ),
  ),
);

const concat = method('concat', 1, (call) =>
  onItems(
    call,
    'concat',
    'array',
    ({ items }) => {
      const next = (index: number, list: readonly Val[], rest: Items['rest']): Val => {
        const arg = call.args[index];
        if (!arg) return made(call, list, rest);
        return call.machine.eachPlain(arg, (leaf) => {
          if (
            leaf.kind === 'sym' &&
            leaf.base.type !== 'string' &&
            leaf.base.type !== 'number' &&
            leaf.base.type !== 'boolean'
          )
            return next(index + 1, list, leaf);
          if (leaf.kind !== 'ref' || !leaf.obj.items) return next(index + 1, [...list, leaf], rest);
          if (leaf.obj.volatile) return next(index + 1, list, leaf.obj.volatile);
          return call.machine.each(leaf.obj.items, (more) =>
            more.kind === 'items' ? next(index + 1, [...list, ...more.list], more.rest ?? rest) : HOLE,
          );
        });
      };
      return next(0, items.list, items.rest);
    },
    false,
  ),
);

function search(name: 'includes' | 'indexOf' | 'lastIndexOf'): Builtin {
  return method(name, 1, (call) => {
    const { machine } = call;
    const type = name === 'includes' ? 'boolean' : 'number';
    return onItems(
      call,
      name,
      type,
      ({ items, self }) =>
        machine.eachPlain(argument(call, 0), (wanted) => {
          const from = startOf(call, name, items.list.length);
          if (from === null) return unknownResult(call, self, name, type);
          return name === 'includes'
            ? includes(call, items, wanted, self, from)
            : indexOf(call, items, wanted, self, name, from);
        }),
      false,
    );
  });
}

/** The first position that is looked at (the last one, for a search from the end); `null` if it is not known. */
function startOf(call: Call, name: string, length: number): number | null {
  const given = call.args[1];
  if (!given) return name === 'lastIndexOf' ? length - 1 : 0;
  if (given.kind !== 'prim') return null;
  // A given `undefined` is 0, even for a search from the end.
  const from = indexFrom(given, 0)!;
  if (name === 'lastIndexOf') return from < 0 ? length + from : Math.min(from, length - 1);
  return from < 0 ? Math.max(0, length + from) : from;
}

function includes(call: Call, items: Items, wanted: Plain, self: Plain, from: number): Val {
  const { machine, site } = call;
  let cond = NEVER;
  for (const index of items.list.keys()) {
    if (index < from) continue;
    for (const { pc, leaf } of machine.cases(itemAt(call, items, index))) {
      const item = leaf as Plain;
      const isNaN =
        item.kind === 'prim' &&
        wanted.kind === 'prim' &&
        Number.isNaN(item.value) &&
        Number.isNaN(wanted.value);
      const equal = isNaN ? ALWAYS : strictlyEqual(machine, item, wanted, site);
      cond = machine.conditions.or(cond, pc === machine.pc ? equal : machine.conditions.and(pc, equal));
    }
    if (cond === ALWAYS) break;
  }
  if (items.rest && cond !== ALWAYS) return unknownResult(call, self, 'includes', 'boolean');
  return truth(machine, cond, false, site);
}

function indexOf(
  call: Call,
  items: Items,
  wanted: Plain,
  self: Plain,
  name: 'indexOf' | 'lastIndexOf',
  from: number,
): Val {
  const { machine, site } = call;
  if (items.rest) return unknownResult(call, self, name, 'number');
  const order = [...items.list.keys()].filter((index) =>
    name === 'indexOf' ? index >= from : index <= from,
  );
  if (name === 'lastIndexOf') order.reverse();
  const next = (at: number): Val => {
    const index = order[at];
    if (index === undefined) return prim(-1, machine.realm.traceAt(site));
    const item = items.list[index]!;
    if (item.kind === 'hole') return next(at + 1);
    return machine.eachPlain(item, (leaf) =>
      machine.branch(
        strictlyEqual(machine, leaf, wanted, site),
        () => prim(index, machine.realm.traceAt(site)),
        () => next(at + 1),
      ),
    );
  };
  return next(0);
}

const join = method('join', 1, (call) =>
  onItems(call, 'join', 'string', ({ items }) => joined(call, items, argument(call, 0))),
);

function joined(call: Call, items: Items, separator: Val): Val {
  const { machine, site } = call;
  const by = machine.eachPlain(separator, (leaf) =>
    leaf.kind === 'prim' && leaf.value === undefined
      ? prim(',', machine.realm.traceAt(site))
      : toText(machine, leaf, site),
  );
  const texts = items.list.map((_, index) =>
    machine.eachPlain(itemAt(call, items, index), (leaf) => {
      if (leaf.kind === 'prim')
        return leaf.value === undefined || leaf.value === null
          ? prim('', leaf.trace)
          : toText(machine, leaf, site);
      if (leaf.kind === 'ref') return toText(machine, leaf, site);
      return machine.branch(
        machine.symbols.nullish(leaf),
        () => prim('', leaf.trace),
        () => toText(machine, leaf, site),
      );
    }),
  );
  return lift(machine, [by, ...texts], site, {
    name: 'join',
    type: 'string',
    words: ([, ...inputs]) => `[${inputs.join(', ')}].join()`,
    apply: ([between, ...values]) => values.map(String).join(String(between)),
  });
}

const flat = method('flat', 0, (call) =>
  onItems(call, 'flat', 'array', ({ items }) =>
    withIndices(call, 'flat', [1], ([depth]) =>
      flatten(call, items.list, depth!, (list) => made(call, list)),
    ),
  ),
);

/** Runs `use` with the items, arrays among them opened to a depth. */
export function flatten(
  call: Call,
  list: readonly Val[],
  depth: number,
  use: (list: readonly Val[]) => Val,
): Val {
  const { machine } = call;
  machine.step(list.length);
  const next = (index: number, done: readonly Val[]): Val => {
    const found = [...done];
    for (let at = index; at < list.length; at += 1) {
      const item = list[at]!;
      if (item.kind === 'hole') continue;
      if (item.kind === 'prim') found.push(item);
      else
        return machine.eachPlain(item, (leaf) => {
          if (leaf.kind === 'sym' && (leaf.base.type === 'any' || leaf.base.type === 'array'))
            return machine.heap.array(found, machine.realm.traceAt(call.site), leaf);
          if (leaf.kind !== 'ref' || !leaf.obj.items || depth < 1) return next(at + 1, [...found, leaf]);
          if (leaf.obj.volatile)
            return machine.heap.array(found, machine.realm.traceAt(call.site), leaf.obj.volatile);
          return machine.each(leaf.obj.items, (inner) => {
            if (inner.kind !== 'items') return HOLE;
            if (inner.rest) return machine.heap.array(found, machine.realm.traceAt(call.site), inner.rest);
            return flatten(call, inner.list, depth - 1, (more) => next(at + 1, [...found, ...more]));
          });
        });
    }
    return use(found);
  };
  return next(0, []);
}

const keysOf = (name: 'keys' | 'values' | 'entries'): Builtin =>
  method(name, 0, (call) =>
    onItems(call, name, 'object', ({ items }) => {
      const { machine, site } = call;
      const trace = machine.realm.traceAt(site);
      const list = items.list.map((_, index): Val => {
        if (name === 'keys') return prim(index, trace);
        const item = itemAt(call, items, index);
        return name === 'values' ? item : made(call, [prim(index, trace), item]);
      });
      const iterator = machine.heap.make('Iterator', machine.realm.prototype('Object'));
      iterator.slots.queue = { items: { kind: 'items', list, rest: null }, at: 0 };
      return { kind: 'ref', obj: iterator, trace };
    }),
  );

const toReversed = method('toReversed', 0, (call) =>
  onItems(call, 'toReversed', 'array', ({ items }) =>
    made(
      call,
      items.list.map((_, index) => itemAt(call, items, items.list.length - 1 - index)),
    ),
  ),
);

const withItem = method('with', 2, (call) =>
  onItems(call, 'with', 'array', ({ items }) =>
    withIndices(call, 'with', [0], ([index]) => {
      const { length } = items.list;
      const place = index! < 0 ? length + index! : index!;
      if (place < 0 || place >= length)
        return call.machine.throwError('RangeError', 'Invalid index', call.site);
      return made(
        call,
        items.list.map((_, i) => (i === place ? argument(call, 1) : itemAt(call, items, i))),
      );
    }),
  ),
);

const text = method('toString', 0, (call) =>
  onItems(call, 'toString', 'string', ({ items }) =>
    joined(call, items, prim(',', call.machine.realm.traceAt(call.site))),
  ),
);

export const ARRAY_READS: readonly Builtin[] = [
  at,
  slice,
  concat,
  search('includes'),
  search('indexOf'),
  search('lastIndexOf'),
  join,
  flat,
  keysOf('keys'),
  keysOf('values'),
  keysOf('entries'),
  toReversed,
  withItem,
  text,
];
