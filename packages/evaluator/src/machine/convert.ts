/** Conversions between types (ECMA-262, "Type Conversion"), on values that may be unknown. */
import { types } from 'node:util';
import type { Site } from './builtin.ts';
import { getMember } from './members.ts';
import type { Machine } from './machine.ts';
import type { Plain, Prim, Primitive, Sym, SymType, Val } from './values.ts';
import { prim } from './values.ts';

/** The value as a primitive: an object is asked by `valueOf` and `toString`. */
export function toPrimitive(
  machine: Machine,
  leaf: Plain,
  hint: 'default' | 'string' | 'number',
  site: Site,
): Val {
  if (leaf.kind !== 'ref') return leaf;
  const { obj } = leaf;
  if (obj.cls === 'Date' || obj.volatile || obj.rest) return unknownText(machine, leaf, site);
  const order = hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
  return tryMethods(machine, leaf, order, site);
}

function unknownText(machine: Machine, leaf: Plain, site: Site): Val {
  const trace = machine.realm.traceAt(site);
  return machine.symbols.fresh(
    {
      words: 'a text',
      why: 'is the text of an object that is not fully known',
      type: 'string',
      nullish: false,
    },
    leaf.kind === 'prim' ? leaf.trace : trace,
  );
}

function tryMethods(machine: Machine, leaf: Plain, names: readonly string[], site: Site): Val {
  const [name, ...others] = names;
  if (name === undefined)
    return machine.throwError('TypeError', 'Cannot convert object to primitive value', site);
  const method = getMember(machine, leaf, name, site);
  return machine.eachPlain(method, (found) => {
    const isMethod = found.kind === 'sym' || (found.kind === 'ref' && found.obj.code !== null);
    if (!isMethod) return tryMethods(machine, leaf, others, site);
    return machine.eachPlain(machine.call(found, leaf, [], site), (result) =>
      result.kind === 'ref' ? tryMethods(machine, leaf, others, site) : result,
    );
  });
}

/** Runs a pure function of primitives on every combination of cases; unknown inputs give an unknown result. */
export function lift(
  machine: Machine,
  vals: readonly Val[],
  site: Site,
  operation: {
    readonly name: string;
    readonly type: SymType;
    readonly hint?: 'default' | 'string' | 'number';
    readonly words: (inputs: readonly string[]) => string;
    readonly apply: (values: readonly Primitive[]) => Primitive;
  },
): Val {
  const { hint = 'default' } = operation;
  return machine.eachOf(vals, (leaves) => {
    if (leaves.some((leaf) => leaf.kind === 'ref')) {
      return machine.eachOf(
        leaves.map((leaf) => (leaf.kind === 'ref' ? toPrimitive(machine, leaf, hint, site) : leaf)),
        (primitives) => applied(machine, primitives, site, operation),
      );
    }
    return applied(machine, leaves, site, operation);
  });
}

function applied(
  machine: Machine,
  leaves: readonly Plain[],
  site: Site,
  operation: Parameters<typeof lift>[3],
): Val {
  const trace = machine.realm.traceAt(site);
  if (leaves.some((leaf) => leaf.kind === 'sym')) {
    return machine.symbols.derive(
      operation.name,
      leaves,
      { type: operation.type, words: operation.words(leaves.map(wordsOf)), apply: operation.apply },
      trace,
    );
  }
  return compute(machine, site, () => operation.apply(leaves.map((leaf) => (leaf as Prim).value)));
}

/** Runs a function of the platform on primitives; what it throws is thrown in the program. */
export function compute(machine: Machine, site: Site, work: () => Primitive): Val {
  let value: Primitive;
  try {
    value = work();
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    const name = error.name as 'TypeError';
    return machine.throwError(name, error.message, site);
  }
  if (typeof value === 'string' && value.length > machine.budgets.size) {
    return machine.symbols.fresh(
      { words: 'a very long text', why: 'is a text longer than is followed', type: 'string', nullish: false },
      machine.realm.traceAt(site),
    );
  }
  if (typeof value === 'string') machine.step(value.length >> 6);
  return prim(value, machine.realm.traceAt(site));
}

/** How a leaf reads in a sentence. */
export function wordsOf(leaf: Plain): string {
  if (leaf.kind === 'sym') return leaf.base.words;
  if (leaf.kind === 'ref') return leaf.obj.code ? 'a function' : leaf.obj.items ? 'an array' : 'an object';
  return typeof leaf.value === 'string' ? JSON.stringify(leaf.value) : String(leaf.value);
}

export function toText(machine: Machine, val: Val, site: Site): Val {
  if (val.kind === 'sym' && val.base.type === 'string' && isPresent(machine, val)) return val;
  return lift(machine, [val], site, {
    name: 'String',
    type: 'string',
    hint: 'string',
    words: ([input]) => `String(${input})`,
    apply: ([value]) => String(value),
  });
}

function isPresent(machine: Machine, sym: Sym): boolean {
  const { conditions, symbols, pc } = machine;
  return conditions.implies(pc, conditions.not(symbols.nullish(sym)));
}

export function toNumber(machine: Machine, val: Val, site: Site): Val {
  return lift(machine, [val], site, {
    name: 'ToNumber',
    type: 'number',
    hint: 'number',
    words: ([input]) => `Number(${input})`,
    // Unlike `Number()`, the conversion refuses a bigint.
    apply: ([value]) => +(value as number),
  });
}

/** A property key: a text, or the name of a symbol. `null` if it is not known. */
export function eachKey(machine: Machine, val: Val, site: Site, use: (key: string | null) => Val): Val {
  return machine.eachPlain(val, (leaf) => {
    if (leaf.kind === 'prim') return use(String(leaf.value));
    if (leaf.kind === 'sym') return use(null);
    if (leaf.obj.cls === 'Symbol') return use(leaf.obj.slots.name!);
    return machine.eachPlain(toPrimitive(machine, leaf, 'string', site), (text) =>
      use(text.kind === 'prim' ? String(text.value) : null),
    );
  });
}
