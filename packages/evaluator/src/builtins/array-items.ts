/** How array methods get at the items they work on. */
import type { Call } from '../machine/builtin.ts';
import { wordsOf } from '../machine/convert.ts';
import type { Obj } from '../machine/objects.ts';
import { prim } from '../machine/values.ts';
import type { Items, Plain, Ref, SymType, Val } from '../machine/values.ts';

export interface Target {
  readonly items: Items;
  readonly obj: Obj;
  readonly self: Ref;
}

/**
 * Runs `use` on each content the array can have. Where `this` is no array whose content is known, the result is
 * unknown, and what was passed may have been changed.
 */
export function onItems(
  call: Call,
  name: string,
  type: SymType,
  use: (target: Target) => Val,
  whole = true,
): Val {
  const { machine } = call;
  return machine.eachPlain(call.self, (self) => {
    if (self.kind !== 'ref' || !self.obj.items || self.obj.volatile)
      return unknownResult(call, self, name, type);
    const { obj } = self;
    return machine.each(obj.items!, (items) => {
      if (items.kind !== 'items') throw new TypeError('an array without items');
      if (items.rest && whole) return unknownResult(call, self, name, type);
      machine.step(1 + (items.list.length >> 2));
      return use({ items, obj, self });
    });
  });
}

export function unknownResult(call: Call, self: Plain, name: string, type: SymType): Val {
  const { machine, args, site } = call;
  const trace = machine.realm.traceAt(site);
  if (self.kind === 'prim' && (self.value === undefined || self.value === null))
    return machine.throwError('TypeError', `Array.prototype.${name} called on null or undefined`, site);
  for (const arg of args)
    if (arg.kind === 'ref' && arg.obj.code) machine.realm.escape(arg, site, `was given to ${name}()`);
  const rest =
    self.kind === 'ref'
      ? (self.obj.volatile ?? (self.obj.items?.kind === 'items' ? self.obj.items.rest : null))
      : null;
  const from = rest ?? (self.kind === 'sym' ? self : null);
  return machine.symbols.fresh(
    {
      words: `${wordsOf(self)}.${name}(${args.length === 0 ? '' : '...'})`,
      why: from?.base.why ?? 'is made of an object that is not followed',
      variables: from?.base.variables ?? [],
      type,
      nullish: type === 'any',
    },
    trace,
  );
}

export function itemAt(call: Call, items: Items, index: number): Val {
  const item = items.list[index];
  return item === undefined || item.kind === 'hole'
    ? prim(undefined, call.machine.realm.traceAt(call.site))
    : item;
}

/** A whole number from an argument, as `slice` and its like read it; `null` if it is not known. */
export function indexFrom(leaf: Plain, fallback: number): number | null {
  if (leaf.kind !== 'prim') return null;
  if (leaf.value === undefined) return fallback;
  const number = Math.trunc(Number(leaf.value));
  return Number.isNaN(number) ? 0 : number;
}
