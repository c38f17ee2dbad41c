/** Unary and binary operators on values that may be unknown. */
import { ALWAYS, NEVER } from '../conditions/conditions.ts';
import type { Cond } from '../conditions/conditions.ts';
import type { Site } from '../machine/builtin.ts';
import { eachKey, lift, wordsOf } from '../machine/convert.ts';
import { lookUp } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';
import { prim } from '../machine/values.ts';
import type { Plain, Primitive, SymType, Val } from '../machine/values.ts';

type Arithmetic = (a: Primitive, b: Primitive) => Primitive;

/** On primitives the operator is the platform's own, bigint and all. */
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  '+': (a, b) => (a as number) + (b as number),
  '-': (a, b) => (a as number) - (b as number),
  '*': (a, b) => (a as number) * (b as number),
  '/': (a, b) => (a as number) / (b as number),
  '%': (a, b) => (a as number) % (b as number),
  '**': (a, b) => power(a, b),
  '<<': (a, b) => shift(a, b, () => (a as number) << (b as number)),
  '>>': (a, b) => (a as number) >> (b as number),
  '>>>': (a, b) => (a as number) >>> (b as number),
  '&': (a, b) => (a as number) & (b as number),
  '|': (a, b) => (a as number) | (b as number),
  '^': (a, b) => (a as number) ^ (b as number),
  '<': (a, b) => a! < b!,
  '>': (a, b) => a! > b!,
  '<=': (a, b) => a! <= b!,
  '>=': (a, b) => a! >= b!,
};

/** Bits that a bigint may have: one shift or power must not fill the memory. */
const MAX_BITS = 4_096;

function power(a: Primitive, b: Primitive): Primitive {
  if (typeof a === 'bigint' && typeof b === 'bigint' && a.toString(2).length * Number(b) > MAX_BITS)
    throw new RangeError('Maximum BigInt size exceeded');
  return (a as number) ** (b as number);
}

function shift(a: Primitive, b: Primitive, work: () => Primitive): Primitive {
  if (typeof a === 'bigint' && typeof b === 'bigint' && b > MAX_BITS)
    throw new RangeError('Maximum BigInt size exceeded');
  return work();
}

const COMPARISONS = new Set(['<', '>', '<=', '>=']);

export function binary(machine: Machine, operator: string, left: Val, right: Val, site: Site): Val {
  switch (operator) {
    case '===':
    case '!==':
      return machine.eachOf([left, right], ([a, b]) =>
        truth(machine, strictlyEqual(machine, a!, b!, site), operator === '!==', site),
      );
    case '==':
    case '!=':
      return machine.eachOf([left, right], ([a, b]) =>
        looselyEqual(machine, a!, b!, operator === '!=', site),
      );
    case 'in':
      return isIn(machine, left, right, site);
    case 'instanceof':
      return machine.eachOf([left, right], ([a, b]) => isInstance(machine, a!, b!, site));
    default:
      return arithmetic(machine, operator, left, right, site);
  }
}

function arithmetic(machine: Machine, operator: string, left: Val, right: Val, site: Site): Val {
  const apply = ARITHMETIC[operator]!;
  if (
    left.kind === 'prim' &&
    right.kind === 'prim' &&
    typeof left.value === 'number' &&
    typeof right.value === 'number'
  )
    return prim(apply(left.value, right.value), machine.realm.traceAt(site));
  const hint = operator === '+' ? 'default' : 'number';
  return machine.eachOf([left, right], (leaves) => {
    const type = typeOfResult(operator, leaves);
    return lift(machine, leaves, site, {
      name: operator,
      type,
      hint,
      words: ([a, b]) => `${a} ${operator} ${b}`,
      apply: ([a, b]) => apply(a, b),
    });
  });
}

function typeOfResult(operator: string, leaves: readonly Plain[]): SymType {
  if (COMPARISONS.has(operator)) return 'boolean';
  const types = leaves.map((leaf) =>
    leaf.kind === 'sym' ? leaf.base.type : leaf.kind === 'prim' ? typeof leaf.value : 'any',
  );
  if (operator === '+') {
    if (types.includes('string')) return 'string';
    return types.every((type) => type === 'number' || type === 'boolean') ? 'number' : 'any';
  }
  return types.some((type) => type === 'any' || type === 'bigint') ? 'any' : 'number';
}

/** A boolean from a condition. */
export function truth(machine: Machine, cond: Cond, isNegated: boolean, site: Site): Val {
  const trace = machine.realm.traceAt(site);
  return machine.conditions.choose(cond, prim(!isNegated, trace), prim(isNegated, trace));
}

export function strictlyEqual(machine: Machine, a: Plain, b: Plain, site: Site): Cond {
  if (a.kind === 'prim' && b.kind === 'prim') return a.value === b.value ? ALWAYS : NEVER;
  if (a.kind === 'ref' && b.kind === 'ref') return a.obj === b.obj ? ALWAYS : NEVER;
  if (a.kind === 'sym' && b.kind === 'prim') return machine.symbols.equals(a, b.value);
  if (a.kind === 'prim' && b.kind === 'sym') return machine.symbols.equals(b, a.value);
  if (a.kind === 'prim' || b.kind === 'prim') return NEVER;
  if (
    a.kind === 'sym' &&
    b.kind === 'sym' &&
    a.base === b.base &&
    a.base.type !== 'any' &&
    a.base.type !== 'number'
  )
    return ALWAYS;
  const sym = machine.symbols.derive(
    '===',
    [a, b],
    { type: 'boolean', words: `${wordsOf(a)} === ${wordsOf(b)}`, apply: ([x, y]) => x === y },
    machine.realm.traceAt(site),
  );
  return machine.symbols.truthy(sym);
}

function looselyEqual(machine: Machine, a: Plain, b: Plain, isNegated: boolean, site: Site): Val {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one.kind === 'prim' && (one.value === null || one.value === undefined))
      return truth(machine, machine.symbols.nullish(other), isNegated, site);
  }
  if (a.kind === 'ref' && b.kind === 'ref')
    return truth(machine, a.obj === b.obj ? ALWAYS : NEVER, isNegated, site);
  if (a.kind === 'prim' && b.kind === 'sym' && typeof a.value === b.base.type)
    return truth(machine, strictlyEqual(machine, a, b, site), isNegated, site);
  if (b.kind === 'prim' && a.kind === 'sym' && typeof b.value === a.base.type)
    return truth(machine, strictlyEqual(machine, a, b, site), isNegated, site);
  return lift(machine, [a, b], site, {
    name: isNegated ? '!=' : '==',
    type: 'boolean',
    words: ([x, y]) => `${x} ${isNegated ? '!=' : '=='} ${y}`,
    // oxlint-disable-next-line eqeqeq -- the operator of the program that is evaluated
    apply: ([x, y]) => (x == y) !== isNegated,
  });
}

function isIn(machine: Machine, left: Val, right: Val, site: Site): Val {
  return machine.eachPlain(right, (target) => {
    if (target.kind === 'prim')
      return machine.throwError(
        'TypeError',
        `Cannot use 'in' operator to search for a key in ${String(target.value)}`,
        site,
      );
    return eachKey(machine, left, site, (key) => {
      if (target.kind === 'sym' || key === null) return unknownTest(machine, target, key, site);
      let cond: Cond = NEVER;
      for (let obj = target.obj, more = true; more;) {
        if (obj.cls === 'Env')
          return truth(
            machine,
            machine.conditions.not(machine.symbols.nullish(settledVariable(machine, key, site))),
            false,
            site,
          );
        if (obj.volatile) return unknownTest(machine, target, key, site);
        cond = machine.conditions.or(cond, machine.heap.hasOwn(obj, key));
        if (obj.rest && cond !== ALWAYS) return unknownTest(machine, target, key, site);
        more = obj.proto !== null;
        obj = obj.proto ?? obj;
      }
      return truth(machine, cond, false, site);
    });
  });
}

function settledVariable(machine: Machine, key: string, site: Site): Plain {
  const val = machine.realm.readVariable(key, site);
  return val.kind === 'sym' || val.kind === 'prim' ? val : prim(undefined, machine.realm.traceAt(site));
}

function unknownTest(machine: Machine, target: Plain, key: string | null, site: Site): Val {
  const words = `${key === null ? 'a key' : JSON.stringify(key)} in ${wordsOf(target)}`;
  const why = target.kind === 'sym' ? target.base.why : 'depends on keys that are not known';
  return machine.symbols.fresh({ words, why, type: 'boolean' }, machine.realm.traceAt(site));
}

const MAY_BE_OBJECTS: ReadonlySet<SymType> = new Set(['any', 'object', 'array', 'function']);

function isInstance(machine: Machine, value: Plain, target: Plain, site: Site): Val {
  const done = (is: boolean): Val => prim(is, machine.realm.traceAt(site));
  if (target.kind === 'sym' || (value.kind === 'sym' && MAY_BE_OBJECTS.has(value.base.type))) {
    const why = target.kind === 'sym' ? target.base.why : value.kind === 'sym' ? value.base.why : '';
    return machine.symbols.fresh(
      { words: `${wordsOf(value)} instanceof ${wordsOf(target)}`, why, type: 'boolean' },
      machine.realm.traceAt(site),
    );
  }
  if (target.kind !== 'ref' || !target.obj.code)
    return machine.throwError('TypeError', "Right-hand side of 'instanceof' is not callable", site);
  if (value.kind !== 'ref') return done(false);
  return machine.eachPlain(lookUp(machine, target.obj, 'prototype', target, site), (prototype) => {
    if (prototype.kind !== 'ref') return done(false);
    for (let at = value.obj.proto; at; at = at.proto) if (at === prototype.obj) return done(true);
    return done(false);
  });
}

export function unary(machine: Machine, operator: string, value: Val, site: Site): Val {
  switch (operator) {
    case '!':
      return machine.eachPlain(value, (leaf) => truth(machine, machine.symbols.truthy(leaf), true, site));
    case 'void':
      return prim(undefined, machine.realm.traceAt(site));
    case 'typeof':
      return machine.eachPlain(value, (leaf) => typeOf(machine, leaf, site));
    default:
      return lift(machine, [value], site, {
        name: `unary ${operator}`,
        type: 'number',
        hint: 'number',
        words: ([input]) => `${operator}${input}`,
        apply: ([input]) => {
          if (operator === '+') return +(input as number);
          return operator === '-' ? -(input as number) : ~(input as number);
        },
      });
  }
}

function typeOf(machine: Machine, leaf: Plain, site: Site): Val {
  const trace = machine.realm.traceAt(site);
  if (leaf.kind === 'prim') return prim(leaf.value === null ? 'object' : typeof leaf.value, trace);
  if (leaf.kind === 'ref') {
    if (leaf.obj.cls === 'Symbol') return prim('symbol', trace);
    return prim(leaf.obj.code ? 'function' : 'object', trace);
  }
  const { base } = leaf;
  if (base.env !== null) {
    return machine.conditions.choose(
      machine.symbols.nullish(leaf),
      prim('undefined', trace),
      prim('string', trace),
    );
  }
  if (base.type !== 'any' && !base.nullish) return prim(base.type === 'array' ? 'object' : base.type, trace);
  return machine.symbols.derive(
    'typeof',
    [leaf],
    {
      type: 'string',
      words: `typeof ${base.words}`,
      apply: ([value]) => (value === null ? 'object' : typeof value),
    },
    trace,
  );
}
