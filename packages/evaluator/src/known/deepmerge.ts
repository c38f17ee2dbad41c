/** `deepmerge(target, source)`: a new object; the source wins, lists are joined. Options are not followed. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import { HOLE } from '../machine/values.ts';
import type { Plain, Ref, Val } from '../machine/values.ts';
import { argument, method, table } from '../builtins/define.ts';
import { iterate } from '../syntax/iteration.ts';
import { eachEntry, isList, isOpen, unknownMerge } from './merge-parts.ts';

/** Any object but a RegExp or Date, functions apart. */
function isMergeable(leaf: Plain): leaf is Ref {
  return (
    leaf.kind === 'ref' &&
    !leaf.obj.code &&
    leaf.obj.cls !== 'RegExp' &&
    leaf.obj.cls !== 'Date' &&
    leaf.obj.cls !== 'Symbol'
  );
}

function merge(call: Call, target: Plain, source: Plain): Val {
  const { machine } = call;
  if (isOpen(target) || isOpen(source)) return unknownMerge(call, 'deepmerge', [target, source]);
  if (isList(target) !== isList(source)) return clone(call, source);
  if (isList(target) && isList(source)) return joined(call, [target, source]);
  const made = machine.heap.object(machine.realm.traceAt(call.site));
  if (isMergeable(target))
    eachEntry(call, target, (key, value, place) =>
      machine.heap.define(made.obj, key, cloneAll(call, value), { place }),
    );
  if (source.kind === 'ref')
    eachEntry(call, source, (key, value, place) => put(call, made, target, key, value, place));
  return made;
}

function put(
  call: Call,
  made: Ref,
  target: Plain,
  key: string,
  value: Val,
  place: Parameters<Parameters<typeof eachEntry>[2]>[2],
): void {
  const { machine, site } = call;
  const own = target.kind === 'ref' ? target.obj.props.get(key) : undefined;
  const inherited = target.kind === 'ref' ? getMember(machine, target, key, site) : HOLE;
  const isPresent = own !== undefined && own.value.kind !== 'hole';
  // A key that the target only inherits is left alone, as the library does against poisoned prototypes.
  if (
    !isPresent &&
    !(inherited.kind === 'hole' || (inherited.kind === 'prim' && inherited.value === undefined))
  )
    return;
  if (isPresent && !own.enumerable) return;
  const merged = machine.eachPlain(value, (leaf) => {
    if (!isPresent || !isMergeable(leaf)) return clone(call, leaf);
    return machine.eachPlain(inherited.kind === 'hole' ? leaf : inherited, (existing) =>
      mergeInner(call, existing, leaf),
    );
  });
  machine.heap.define(made.obj, key, merged, { place });
}

function mergeInner(call: Call, existing: Plain, leaf: Plain): Val {
  return merge(call, existing, leaf);
}

function cloneAll(call: Call, value: Val): Val {
  return call.machine.eachPlain(value, (leaf) => clone(call, leaf));
}

function clone(call: Call, leaf: Plain): Val {
  if (!isMergeable(leaf)) return leaf;
  const { trace } = leaf;
  if (isOpen(leaf)) return unknownMerge(call, 'deepmerge', [leaf]);
  if (isList(leaf)) return joined(call, [leaf]);
  // A copy is a merge into an empty object.
  const empty = call.machine.heap.object(trace);
  const made = call.machine.heap.object(trace);
  eachEntry(call, leaf, (key, value, place) => put(call, made, empty, key, value, place));
  return made;
}

function joined(call: Call, lists: readonly Ref[], done: readonly Val[] = []): Val {
  const [first, ...others] = lists;
  const { machine, site } = call;
  if (!first) return machine.heap.array(done, machine.realm.traceAt(site));
  return iterate(machine, first, site, (items) =>
    joined(call, others, [...done, ...items.list.map((item) => cloneAll(call, item))]),
  );
}

const all = method('all', 2, (call) => {
  const { machine, site } = call;
  if (call.args.length > 1) return withOptions(call);
  return iterate(machine, argument(call, 0), site, (items) => {
    let result: Val = machine.heap.object(machine.realm.traceAt(site));
    for (const item of items.list)
      result = machine.eachOf([result, item], ([target, source]) => merge(call, target!, source!));
    return items.rest ? unknownMerge(call, 'deepmerge.all', [items.rest]) : result;
  });
});

function withOptions(call: Call): Val {
  for (const arg of call.args)
    call.machine.realm.escape(arg, call.site, 'may have been changed by deepmerge()');
  return unknownMerge(call, 'deepmerge', []);
}

export const DEEPMERGE: Builtin = {
  ...method('deepmerge', 3, (call) => {
    if (call.args.length > 2) return withOptions(call);
    return call.machine.eachOf([argument(call, 0), argument(call, 1)], ([target, source]) =>
      merge(call, target!, source!),
    );
  }),
  statics: table([all]),
};
