import type { Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import type { Obj } from '../machine/objects.ts';
import { HOLE } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';

/** A deep copy of plain data; what `structuredClone` would refuse throws. */
export function structuredCopy(call: Call, value: Val): Val {
  const { machine, site } = call;
  const byPath = new Map<object, Map<Obj, Val>>();
  const copiesHere = (): Map<Obj, Val> => {
    const found = byPath.get(machine.pc) ?? new Map<Obj, Val>();
    byPath.set(machine.pc, found);
    return found;
  };
  const copy = (leaf: Plain): Val => {
    if (leaf.kind !== 'ref') return leaf;
    const { obj } = leaf;
    const copies = copiesHere();
    const known = copies.get(obj);
    if (known) return known;
    machine.step();
    if (obj.code || obj.cls === 'Symbol' || obj.cls === 'Promise')
      return machine.throwError('DataCloneError', 'could not be cloned.', site);
    const isPlain = (obj.cls === 'Object' || obj.cls === 'Array') && !obj.volatile && !obj.rest;
    if (!isPlain)
      return machine.symbols.fresh(
        {
          words: 'a copy',
          why: 'is a copy of an object that is not fully known',
          type: 'object',
          nullish: false,
        },
        machine.realm.traceAt(site),
      );
    const made = obj.items ? machine.heap.array([], leaf.trace) : machine.heap.object(leaf.trace);
    copies.set(obj, made);
    machine.heap.eachKeys(obj, (keys) => {
      for (const key of keys ?? []) {
        const inner = machine.eachPlain(getMember(machine, leaf, key, site), copy);
        machine.heap.define(made.obj, key, inner, { place: obj.props.get(key)?.place ?? null });
      }
      return HOLE;
    });
    return made;
  };
  return machine.eachPlain(value, copy);
}
