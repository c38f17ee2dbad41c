/** `defu(object, ...defaults)`: fills in what is missing; lists are joined, the object's items first. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import type { Plain, Ref, Val } from '../machine/values.ts';
import { method } from '../builtins/define.ts';
import { eachEntry, isList, isOpen, isPlainObject, unknownMerge } from './merge-parts.ts';

export const DEFU: Builtin = method('defu', 0, (call) => {
  const { machine, args, site } = call;
  let result: Val = machine.heap.object(machine.realm.traceAt(site));
  for (const arg of args) {
    result = machine.eachOf([result, arg], ([base, defaults]) => fill(call, base!, defaults!));
  }
  return result;
});

function fill(call: Call, base: Plain, defaults: Plain): Val {
  const { machine, site } = call;
  if (isOpen(base) || isOpen(defaults)) return unknownMerge(call, 'defu', [base, defaults]);
  const made = machine.heap.object(machine.realm.traceAt(site));
  if (isPlainObject(call, defaults)) machine.realm.spreadInto(made.obj, defaults, site);
  if (base.kind === 'ref') eachEntry(call, base, (key, value, place) => put(call, made, key, value, place));
  return made;
}

function put(
  call: Call,
  made: Ref,
  key: string,
  value: Val,
  place: Parameters<Parameters<typeof eachEntry>[2]>[2],
): void {
  if (key === '__proto__' || key === 'constructor') return;
  const { machine, site } = call;
  machine.eachPlain(value, (leaf) =>
    machine.branch(
      machine.symbols.nullish(leaf),
      () => leaf,
      () =>
        machine.eachPlain(getMember(machine, made, key, site), (existing) => {
          const merged = mergeOne(call, leaf, existing);
          machine.heap.define(made.obj, key, merged, {
            place: place ?? made.obj.props.get(key)?.place ?? null,
          });
          return merged;
        }),
    ),
  );
}

function mergeOne(call: Call, value: Plain, existing: Plain): Val {
  const { machine, site } = call;
  if (isList(value) && isList(existing)) {
    return machine.eachOf([value, existing], () =>
      machine.each(value.obj.items!, (first) =>
        machine.each(existing.obj.items!, (second) =>
          first.kind === 'items' && second.kind === 'items'
            ? machine.heap.array(
                [...first.list, ...second.list],
                machine.realm.traceAt(site),
                first.rest ?? second.rest,
              )
            : first,
        ),
      ),
    );
  }
  if (isPlainObject(call, value) && isPlainObject(call, existing)) return fill(call, value, existing);
  // Merged or replaced: that rests on what neither side tells.
  const mayMerge =
    (value.kind === 'sym' && existing.kind === 'ref') || (existing.kind === 'sym' && value.kind === 'ref');
  return mayMerge ? unknownMerge(call, 'defu', [value, existing]) : value;
}
