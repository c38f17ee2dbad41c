/** `merge` of lodash: changes its first argument; lists are merged by position, `undefined` is passed over. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Plain, Ref, Val } from '../machine/values.ts';
import { argument, method } from '../builtins/define.ts';
import { eachEntry, isList, isOpen, isPlainObject, unknownMerge } from './merge-parts.ts';

export const LODASH_MERGE: Builtin = method('merge', 1, (call) => {
  const { machine, args } = call;
  return machine.eachPlain(argument(call, 0), (target) => {
    if (target.kind !== 'ref')
      return target.kind === 'sym'
        ? unknownMerge(call, 'merge', [target])
        : machine.heap.object(target.trace);
    for (const source of args.slice(1)) {
      machine.eachPlain(source, (leaf) => {
        mergeInto(call, target, leaf);
        return HOLE;
      });
    }
    return target;
  });
});

function mergeInto(call: Call, target: Ref, source: Plain): void {
  const { machine } = call;
  if (source.kind === 'prim' || target.obj === (source.kind === 'ref' ? source.obj : null)) return;
  if (isOpen(source) || isOpen(target)) {
    machine.heap.havoc(
      target.obj,
      source.kind === 'sym' ? source.base.why : 'is merged with an object that is not fully known',
      source.kind === 'sym' ? source.base.variables : [],
    );
    return;
  }
  if (source.kind === 'ref')
    eachEntry(call, source, (key, value, place) => put(call, target, key, value, place));
}

function put(
  call: Call,
  target: Ref,
  key: string,
  value: Val,
  place: Parameters<Parameters<typeof eachEntry>[2]>[2],
): void {
  if (key === '__proto__') return;
  const { machine, site } = call;
  const { heap } = machine;
  machine.eachPlain(value, (leaf) =>
    machine.eachPlain(getMember(machine, target, key, site), (existing) => {
      if (leaf.kind === 'sym') {
        heap.define(
          target.obj,
          key,
          existing.kind === 'ref' ? unknownMerge(call, 'merge', [leaf]) : orExisting(call, leaf, existing),
          { place },
        );
        return HOLE;
      }
      if (leaf.kind === 'prim') {
        const isKept = leaf.value === undefined && isThere(target, key);
        if (!isKept) heap.define(target.obj, key, leaf, { place });
        return HOLE;
      }
      heap.define(target.obj, key, mergedReference(call, leaf, existing), {
        place: place ?? target.obj.props.get(key)?.place ?? null,
      });
      return HOLE;
    }),
  );
}

function isThere(target: Ref, key: string): boolean {
  if (/^\d+$/.test(key) && target.obj.items?.kind === 'items')
    return Number(key) < target.obj.items.list.length;
  return target.obj.props.has(key);
}

/** An `undefined` in the source keeps what is there. */
function orExisting(call: Call, leaf: Extract<Plain, { kind: 'sym' }>, existing: Plain): Val {
  if (existing.kind === 'prim' && existing.value === undefined) return leaf;
  const { machine } = call;
  return machine.branch(
    machine.symbols.equals(leaf, undefined),
    () => existing,
    () => leaf,
  );
}

function mergedReference(call: Call, source: Ref, existing: Plain): Val {
  const { machine } = call;
  if (isList(source)) {
    const made = isList(existing) ? existing : machine.heap.array([], source.trace);
    mergeItems(call, made, source);
    return made;
  }
  const { trace } = source;
  if (!isPlainObject(call, source)) return source;
  if (existing.kind === 'sym') return unknownMerge(call, 'merge', [existing]);
  const made = existing.kind === 'ref' && !existing.obj.code ? existing : machine.heap.object(trace);
  mergeInto(call, made, source);
  return made;
}

function mergeItems(call: Call, target: Ref, source: Ref): void {
  const { machine } = call;
  machine.each(source.obj.items!, (items) => {
    if (items.kind !== 'items' || items.rest || target.obj.items === null) {
      machine.heap.havoc(target.obj, 'is merged with a list that is not fully known');
      return HOLE;
    }
    for (const [index, item] of items.list.entries()) {
      const value = item.kind === 'hole' ? prim(undefined, machine.realm.traceAt(call.site)) : item;
      put(call, target, String(index), value, null);
    }
    return HOLE;
  });
}
