/** Array methods that take a function. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Plain, SymType, Val } from '../machine/values.ts';
import { conditionOf } from '../syntax/loops.ts';
import { flatten } from './array-reads.ts';
import { itemAt, onItems, unknownResult } from './array-items.ts';
import type { Target } from './array-items.ts';
import { argument, method } from './define.ts';

/** How many undecided answers may each double the outcomes of one call. */
const MAX_UNDECIDED = 5;

type Ask = (index: number) => Val;

/** A method that asks its function about items; holes are passed over unless `holes`. */
function asking(
  name: string,
  type: SymType,
  run: (call: Call, target: Target, ask: Ask, indices: readonly number[]) => Val,
  options: { holes?: boolean; backwards?: boolean } = {},
): Builtin {
  return method(name, 1, (call) =>
    onItems(call, name, type, (target) => {
      const { machine, site } = call;
      const fn = argument(call, 0);
      if (fn.kind === 'prim' || (fn.kind === 'ref' && !fn.obj.code))
        return machine.throwError(
          'TypeError',
          `${fn.kind === 'prim' ? String(fn.value) : 'object'} is not a function`,
          site,
        );
      const self = argument(call, 1);
      // What the function adds to the array while it runs is not visited; what it changes is seen.
      const ask: Ask = (index) => {
        const now = target.obj.items!;
        const item = now.kind === 'items' ? itemAt(call, now, index) : itemAt(call, target.items, index);
        return machine.call(fn, self, [item, prim(index, machine.realm.traceAt(site)), target.self], site);
      };
      let indices = [...target.items.list.keys()];
      if (!options.holes) indices = indices.filter((index) => target.items.list[index]!.kind !== 'hole');
      if (options.backwards) indices.reverse();
      return run(call, target, ask, indices);
    }),
  );
}

const map = asking('map', 'array', (call, target, ask, indices) => {
  const list: Val[] = target.items.list.map(() => HOLE);
  for (const index of indices) list[index] = ask(index);
  return call.machine.heap.array(list, call.machine.realm.traceAt(call.site));
});

const forEach = asking('forEach', 'any', (call, _target, ask, indices) => {
  for (const index of indices) ask(index);
  return prim(undefined, call.machine.realm.traceAt(call.site));
});

const flatMap = asking('flatMap', 'array', (call, _target, ask, indices) => {
  const results: Val[] = [];
  for (const index of indices) results.push(ask(index));
  return flatten(call, results, 1, (list) =>
    call.machine.heap.array(list, call.machine.realm.traceAt(call.site)),
  );
});

const filter = asking('filter', 'array', (call, target, ask, indices) => {
  const { machine, site } = call;
  const next = (at: number, kept: readonly Val[], undecided: number): Val => {
    const list = [...kept];
    for (let position = at; position < indices.length; position += 1) {
      const index = indices[position]!;
      const item = itemAt(call, target.items, index);
      const answer = conditionOf(machine, ask(index));
      const yes = machine.conditions.and(machine.pc, answer);
      const no = machine.conditions.and(machine.pc, machine.conditions.not(answer));
      if (!machine.conditions.possible(no)) list.push(item);
      else if (machine.conditions.possible(yes)) {
        if (undecided >= MAX_UNDECIDED) {
          const unknown = unknownResult(call, target.self, 'filter', 'array');
          return machine.heap.array([], machine.realm.traceAt(site), unknown.kind === 'sym' ? unknown : null);
        }
        return machine.branch(
          answer,
          () => next(position + 1, [...list, item], undecided + 1),
          () => next(position + 1, list, undecided + 1),
        );
      }
    }
    return machine.heap.array(list, machine.realm.traceAt(site));
  };
  return next(0, [], 0);
});

/** A method that stops at the first item its function answers with yes (or no). */
function first(
  name: string,
  type: SymType,
  found: (call: Call, target: Target, index: number) => Val,
  none: Plain['kind'] | boolean | number | undefined,
  options: { negated?: boolean; backwards?: boolean; holes?: boolean } = {},
): Builtin {
  return asking(
    name,
    type,
    (call, target, ask, indices) => {
      const { machine } = call;
      const next = (at: number): Val => {
        const index = indices[at];
        if (index === undefined) return prim(none, machine.realm.traceAt(call.site));
        const answer = conditionOf(machine, ask(index));
        const stops = options.negated ? machine.conditions.not(answer) : answer;
        return machine.branch(
          stops,
          () => found(call, target, index),
          () => next(at + 1),
        );
      };
      return next(0);
    },
    options,
  );
}

const item = (call: Call, target: Target, index: number): Val => itemAt(call, target.items, index);
const position = (call: Call, _target: Target, index: number): Val =>
  prim(index, call.machine.realm.traceAt(call.site));
const constant =
  (value: boolean) =>
  (call: Call): Val =>
    prim(value, call.machine.realm.traceAt(call.site));

function reducing(name: 'reduce' | 'reduceRight'): Builtin {
  return method(name, 1, (call) =>
    onItems(call, name, 'any', (target) => {
      const { machine, site } = call;
      const indices = [...target.items.list.keys()].filter(
        (index) => target.items.list[index]!.kind !== 'hole',
      );
      if (name === 'reduceRight') indices.reverse();
      let value = call.args[1];
      if (call.args.length < 2) {
        const start = indices.shift();
        if (start === undefined)
          return machine.throwError('TypeError', 'Reduce of empty array with no initial value', site);
        value = itemAt(call, target.items, start);
      }
      const self = prim(undefined, machine.realm.traceAt(site));
      for (const index of indices) {
        const args = [
          value!,
          itemAt(call, target.items, index),
          prim(index, machine.realm.traceAt(site)),
          target.self,
        ];
        value = machine.call(argument(call, 0), self, args, site);
      }
      return value!;
    }),
  );
}

export const ARRAY_CALLBACKS: readonly Builtin[] = [
  map,
  forEach,
  flatMap,
  filter,
  first('find', 'any', item, undefined, { holes: true }),
  first('findLast', 'any', item, undefined, { holes: true, backwards: true }),
  first('findIndex', 'number', position, -1, { holes: true }),
  first('findLastIndex', 'number', position, -1, { holes: true, backwards: true }),
  first('some', 'boolean', constant(true), false),
  first('every', 'boolean', constant(false), true, { negated: true }),
  reducing('reduce'),
  reducing('reduceRight'),
];
