/**
 * What a value is while a module is evaluated. A choice is a decision tree over conditions on what is unknown;
 * its leaves are what the value is under each.
 */
import type { Foreign } from '@bulwark/model';
import type { Atom } from '../conditions/conditions.ts';
import type { Trace } from '../source/trace.ts';
import type { Obj } from './objects.ts';

export type Primitive = string | number | boolean | null | undefined | bigint;

export interface Prim {
  readonly kind: 'prim';
  readonly value: Primitive;
  readonly trace: Trace;
}

export interface Ref {
  readonly kind: 'ref';
  readonly obj: Obj;
  readonly trace: Trace;
}

/** Something that cannot be known here. */
export interface Sym {
  readonly kind: 'sym';
  readonly base: Symbolic;
  readonly trace: Trace;
}

export interface Choice {
  readonly kind: 'choice';
  readonly atom: Atom;
  readonly hi: Val;
  readonly lo: Val;
}

/** No such property, or a binding before its declaration ran. */
export interface Hole {
  readonly kind: 'hole';
}

export interface Accessor {
  readonly kind: 'accessor';
  readonly get: Val | null;
  readonly set: Val | null;
}

/** The content of an array; never changed in place. `rest` says that unknown items may be among them. */
export interface Items {
  readonly kind: 'items';
  readonly list: readonly Val[];
  readonly rest: Sym | null;
}

export type Plain = Prim | Ref | Sym;
export type Leaf = Plain | Hole | Accessor | Items;
export type Val = Leaf | Choice;

export type SymType = 'string' | 'number' | 'boolean' | 'bigint' | 'object' | 'array' | 'function' | 'any';

/** The identity of something unknown; equal ones are the same object. */
export interface Symbolic {
  readonly id: number;
  /** How it reads in a sentence: `STRICT`, `flags()`. */
  readonly words: string;
  /** "depends on the environment variable STRICT". */
  readonly why: string;
  readonly type: SymType;
  /** Whether it may be `undefined` (or `null`, unless it is an environment variable). */
  readonly nullish: boolean;
  /** The environment variable it is, unchanged. */
  readonly env: string | null;
  readonly variables: readonly string[];
  readonly foreign: Foreign | null;
  /** How it follows from other values, where those may become known under a condition. */
  readonly formula: Formula | null;
  /** For a condition that is no expression: its words when it holds and when it does not. */
  readonly phrases: readonly [string, string] | null;
  /** Conditions on it so far. */
  readonly atoms: Atom[];
}

export interface Formula {
  readonly inputs: readonly (Prim | Sym)[];
  /** Pure; `undefined` result is a value like any other. Throws if there is no result. */
  readonly apply: (values: readonly Primitive[]) => Primitive;
}

export const HOLE: Hole = { kind: 'hole' };

export function prim(value: Primitive, trace: Trace): Prim {
  return { kind: 'prim', value, trace };
}

export function ref(obj: Obj, trace: Trace): Ref {
  return { kind: 'ref', obj, trace };
}

export function traceOf(val: Val): Trace | null {
  switch (val.kind) {
    case 'choice':
      return traceOf(val.hi) ?? traceOf(val.lo);
    case 'prim':
    case 'ref':
    case 'sym':
      return val.trace;
    default:
      return null;
  }
}

/** The same value with another trace. */
export function retrace(val: Val, change: (trace: Trace) => Trace): Val {
  switch (val.kind) {
    case 'choice': {
      const hi = retrace(val.hi, change);
      const lo = retrace(val.lo, change);
      return { ...val, hi, lo };
    }
    case 'prim':
      return { kind: 'prim', value: val.value, trace: change(val.trace) };
    case 'ref':
      return { kind: 'ref', obj: val.obj, trace: change(val.trace) };
    case 'sym':
      return { kind: 'sym', base: val.base, trace: change(val.trace) };
    default:
      return val;
  }
}
