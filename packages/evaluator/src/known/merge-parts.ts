/** What the merge helpers have in common. Each keeps the place of every property it copies. */
import type { Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import type { Obj } from '../machine/objects.ts';
import { HOLE } from '../machine/values.ts';
import type { Plain, Ref, Val } from '../machine/values.ts';

/** An object made by a literal (or without a prototype), fully known. */
export function isPlainObject(call: Call, leaf: Plain): leaf is Ref {
  if (leaf.kind !== 'ref' || leaf.obj.code) return false;
  const { cls, proto } = leaf.obj;
  if (cls === 'Namespace') return true;
  return cls === 'Object' && (proto === null || proto === call.machine.realm.prototype('Object'));
}

export function isList(leaf: Plain): leaf is Ref {
  return leaf.kind === 'ref' && leaf.obj.items !== null;
}

/** Whether anything about the value is not known that a merge would have to look at. */
export function isOpen(leaf: Plain): boolean {
  if (leaf.kind === 'sym') return true;
  if (leaf.kind === 'prim') return false;
  const { volatile, rest, unordered, cls, items } = leaf.obj;
  return (
    volatile !== null ||
    rest !== null ||
    unordered ||
    cls === 'Env' ||
    (items?.kind === 'items' && items.rest !== null)
  );
}

/** Runs `use` for every own enumerable key with its value. */
export function eachEntry(
  call: Call,
  leaf: Ref,
  use: (key: string, value: Val, place: PropPlace) => void,
): void {
  const { machine, site } = call;
  machine.heap.eachKeys(leaf.obj, (keys) => {
    for (const key of keys ?? [])
      use(key, getMember(machine, leaf, key, site), leaf.obj.props.get(key)?.place ?? null);
    return HOLE;
  });
}

type PropPlace = NonNullable<ReturnType<Obj['props']['get']>>['place'];

/** The merge as a whole, where a part of it is unknown. */
export function unknownMerge(call: Call, name: string, leaves: readonly Plain[]): Val {
  const { machine, site } = call;
  const open = leaves.find((leaf) => leaf.kind === 'sym');
  return machine.symbols.fresh(
    {
      words: `${name}()`,
      why: open?.kind === 'sym' ? open.base.why : 'is merged from an object that is not fully known',
      variables: open?.kind === 'sym' ? open.base.variables : [],
      nullish: false,
      type: 'object',
    },
    machine.realm.traceAt(site),
  );
}
