import type { Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Items, Plain, Val } from '../machine/values.ts';
import { iterate } from '../syntax/iteration.ts';
import { argument } from './define.ts';

/** `Array(3)` has three holes, `Array(1, 2)` two items. */
export function constructArray({ machine, args, site }: Call): Val {
  const trace = machine.realm.traceAt(site);
  const [only] = args;
  if (args.length !== 1 || !only) return machine.heap.array(args, trace);
  return machine.eachPlain(only, (leaf) => {
    if (leaf.kind === 'sym' && leaf.base.type !== 'string' && leaf.base.type !== 'boolean')
      return machine.symbols.derive(
        'Array',
        [leaf],
        { type: 'array', nullish: false, words: 'an array' },
        trace,
      );
    if (leaf.kind !== 'prim' || typeof leaf.value !== 'number') return machine.heap.array([leaf], trace);
    if (!Number.isInteger(leaf.value) || leaf.value < 0 || leaf.value > 4_294_967_295)
      return machine.throwError('RangeError', 'Invalid array length', site);
    if (leaf.value > machine.budgets.size)
      return machine.symbols.fresh(
        { words: 'an array', why: 'is an array with very many items', type: 'array', nullish: false },
        trace,
      );
    return machine.heap.array(
      Array.from({ length: leaf.value }, () => HOLE),
      trace,
    );
  });
}

/** `Array.from`, of something iterable or with a length. */
export function fromIterable(call: Call): Val {
  const { machine, site } = call;
  const trace = machine.realm.traceAt(site);
  const fn = argument(call, 1);
  const mapped = (items: Items): Val => {
    if (fn.kind === 'prim' && fn.value === undefined)
      return machine.heap.array(items.list, trace, items.rest);
    if (items.rest) machine.realm.escape(fn, site, 'was given to Array.from()');
    const list = items.list.map((item, index) =>
      machine.call(fn, argument(call, 2), [item, prim(index, trace)], site),
    );
    return machine.heap.array(list, trace, items.rest);
  };
  return machine.eachPlain(argument(call, 0), (source) => {
    if (isIterable(source)) return iterate(machine, source, site, mapped);
    return arrayLike(call, source, mapped);
  });
}

function isIterable(leaf: Plain): boolean {
  if (leaf.kind !== 'ref')
    return (
      leaf.kind === 'sym' || typeof leaf.value === 'string' || leaf.value === undefined || leaf.value === null
    );
  const { obj } = leaf;
  return obj.cls !== 'Object' || obj.volatile !== null || obj.rest !== null || obj.props.has('\0@@iterator');
}

function arrayLike(call: Call, source: Plain, use: (items: Items) => Val): Val {
  const { machine, site } = call;
  return machine.eachPlain(getMember(machine, source, 'length', site), (length) => {
    if (length.kind !== 'prim')
      return machine.symbols.fresh(
        { words: 'an array', why: 'has a length that is not known', type: 'array', nullish: false },
        machine.realm.traceAt(site),
      );
    const count = Math.trunc(Number(length.value)) || 0;
    if (count > machine.budgets.size) return machine.throwError('RangeError', 'Invalid array length', site);
    const list = Array.from({ length: Math.max(0, count) }, (_, index) =>
      getMember(machine, source, String(index), site),
    );
    machine.step(list.length);
    return use({ kind: 'items', list, rest: null });
  });
}
