/** Array methods that change the array. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { prim } from '../machine/values.ts';
import type { Items, Plain, Val } from '../machine/values.ts';
import { indexFrom, itemAt, onItems, unknownResult } from './array-items.ts';
import type { Target } from './array-items.ts';
import { sortItems } from './array-sort.ts';
import { argument, method } from './define.ts';

function change(call: Call, { obj, items }: Target, list: readonly Val[], result: Val): Val {
  const { machine, site } = call;
  if (obj.frozen || (!obj.extensible && list.length > items.list.length))
    return machine.throwError('TypeError', 'Cannot add property, object is not extensible', site);
  if (list.length > machine.budgets.size) {
    machine.heap.havoc(obj, 'is an array with very many items');
    return result;
  }
  machine.step(1 + (list.length >> 3));
  machine.heap.writeItems(obj, { ...items, list });
  return result;
}

function length(call: Call, list: readonly Val[], items: Items): Val {
  if (items.rest) return call.machine.realm.lengthOf(items);
  return prim(list.length, call.machine.realm.traceAt(call.site));
}

const push = method('push', 1, (call) =>
  onItems(
    call,
    'push',
    'number',
    (target) => {
      const list = [...target.items.list, ...call.args];
      return change(call, target, list, length(call, list, target.items));
    },
    false,
  ),
);

const unshift = method('unshift', 1, (call) =>
  onItems(
    call,
    'unshift',
    'number',
    (target) => {
      const list = [...call.args, ...target.items.list];
      return change(call, target, list, length(call, list, target.items));
    },
    false,
  ),
);

/** An unknown item may be any of the items: the array is not known afterwards. */
function changing(name: string, length: number, run: (call: Call, target: Target) => Val): Builtin {
  return method(name, length, (call) =>
    onItems(
      call,
      name,
      'any',
      (target) => {
        if (!target.items.rest) return run(call, target);
        call.machine.heap.havoc(
          target.obj,
          'was changed while some of its items were not known',
          target.items.rest.base.variables,
        );
        return unknownResult(call, target.self, name, 'any');
      },
      false,
    ),
  );
}

const pop = changing('pop', 0, (call, target) => {
  const { list } = target.items;
  return change(call, target, list.slice(0, -1), itemAt(call, target.items, list.length - 1));
});

const shift = changing('shift', 0, (call, target) =>
  change(call, target, target.items.list.slice(1), itemAt(call, target.items, 0)),
);

const reverse = changing('reverse', 0, (call, target) =>
  change(call, target, target.items.list.toReversed(), target.self),
);

function spliced(call: Call, target: Target, args: readonly Plain[]): { list: Val[]; removed: Val[] } | null {
  const { list } = target.items;
  const start = args[0] ? indexFrom(args[0], 0) : 0;
  if (start === null) return null;
  const from = start < 0 ? Math.max(0, list.length + start) : Math.min(start, list.length);
  const count = args.length === 0 ? 0 : args.length === 1 ? list.length - from : indexFrom(args[1]!, 0);
  if (count === null) return null;
  const copy = [...list];
  const removed = copy.splice(from, Math.max(0, count), ...call.args.slice(2));
  return { list: copy, removed };
}

const splice = changing('splice', 2, (call, target) =>
  call.machine.eachOf(call.args.slice(0, 2), (args) => {
    const result = spliced(call, target, args);
    if (!result) {
      call.machine.heap.havoc(target.obj, 'was spliced at a position that is not known');
      return unknownResult(call, target.self, 'splice', 'array');
    }
    return change(
      call,
      target,
      result.list,
      call.machine.heap.array(result.removed, call.machine.realm.traceAt(call.site)),
    );
  }),
);

const toSpliced = method('toSpliced', 2, (call) =>
  onItems(call, 'toSpliced', 'array', (target) =>
    call.machine.eachOf(call.args.slice(0, 2), (args) => {
      const result = spliced(call, target, args);
      if (!result) return unknownResult(call, target.self, 'toSpliced', 'array');
      return call.machine.heap.array(result.list, call.machine.realm.traceAt(call.site));
    }),
  ),
);

const fill = changing('fill', 1, (call, target) =>
  call.machine.eachOf([argument(call, 1), argument(call, 2)], ([from, to]) => {
    const { list } = target.items;
    const start = indexFrom(from!, 0);
    const end = indexFrom(to!, list.length);
    if (start === null || end === null) return unknownResult(call, target.self, 'fill', 'array');
    const filled = [...list].fill(argument(call, 0), start, end);
    return change(call, target, filled, target.self);
  }),
);

const sort = changing('sort', 1, (call, target) => {
  const sorted = sortItems(call, target.items);
  if (sorted) return change(call, target, sorted, target.self);
  call.machine.heap.havoc(target.obj, 'was sorted by something unknown');
  return target.self;
});

const toSorted = method('toSorted', 1, (call) =>
  onItems(call, 'toSorted', 'array', (target) => {
    const sorted = sortItems(call, target.items);
    if (!sorted) return unknownResult(call, target.self, 'toSorted', 'array');
    const { machine, site } = call;
    const list = sorted.map((item) =>
      item.kind === 'hole' ? prim(undefined, machine.realm.traceAt(site)) : item,
    );
    return machine.heap.array(list, machine.realm.traceAt(site));
  }),
);

export const ARRAY_CHANGES: readonly Builtin[] = [
  push,
  unshift,
  pop,
  shift,
  reverse,
  splice,
  toSpliced,
  fill,
  sort,
  toSorted,
];
