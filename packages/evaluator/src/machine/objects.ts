import type { Data } from '@bulwark/model';
import type { Class, Function as FunctionNode, ArrowFunctionExpression } from 'oxc-parser';
import type { Cond } from '../conditions/conditions.ts';
import type { Trace } from '../source/trace.ts';
import type { Builtin } from './builtin.ts';
import type { Scope } from './scope.ts';
import type { Items, Ref, Sym, Val } from './values.ts';

export type ObjClass =
  | 'Object'
  | 'Array'
  | 'Function'
  | 'RegExp'
  | 'Error'
  | 'Map'
  | 'Set'
  | 'URL'
  | 'URLSearchParams'
  | 'Promise'
  | 'Date'
  | 'Symbol'
  | 'Namespace'
  | 'Env'
  | 'Boxed'
  | 'Iterator';

/**
 * An object of the evaluated program. Its properties live in a `Map`, so no key of foreign input can reach
 * a prototype of ours.
 */
export interface Obj {
  readonly cls: ObjClass;
  readonly props: Map<string, Prop>;
  proto: Obj | null;
  /** The condition under which it was made: a write under it replaces, a write under less makes a choice. */
  readonly birth: Cond;
  extensible: boolean;
  frozen: boolean;
  /** Set once unknown properties may be among the known ones. */
  rest: Sym | null;
  /** Set once anything may have changed it: nothing read from it is known. */
  volatile: Sym | null;
  /** Set once the order of its keys is not certain. */
  unordered: boolean;
  /** Content of an array. */
  items: Val | null;
  code: Code | null;
  slots: Slots;
  /** What it was as plain data, while nothing that was so converted has been written to since. */
  converted: Converted | null;
}

export interface Converted {
  readonly data: Data;
  readonly pc: Cond;
  readonly epoch: number;
}

export interface Prop {
  /** A value, an accessor, a hole, or a choice of these. */
  value: Val;
  enumerable: boolean;
  writable: boolean;
  configurable: boolean;
  /** The whole property as it was written. */
  place: Trace | null;
}

/** What a function does. */
export type Code = Closure | BuiltinCode | BoundCode;

export interface Closure {
  readonly kind: 'closure';
  readonly node: FunctionNode | ArrowFunctionExpression | ConstructorStub;
  readonly scope: Scope;
  readonly isArrow: boolean;
  readonly strict: boolean;
  /** Where `super` looks. */
  readonly home: Obj | null;
  /** For a class: how its instances get their fields. */
  readonly of: ClassCode | null;
}

/** A class without a constructor of its own. */
export interface ConstructorStub {
  readonly type: 'ConstructorStub';
  readonly node: Class;
  readonly start: number;
  readonly end: number;
}

export interface ClassCode {
  readonly node: Class;
  readonly isDerived: boolean;
  readonly initialize: (instance: Ref) => void;
}

export interface BuiltinCode {
  readonly kind: 'builtin';
  readonly builtin: Builtin;
}

export interface BoundCode {
  readonly kind: 'bound';
  readonly target: Val;
  readonly self: Val;
  readonly args: readonly Val[];
}

/** What objects of some classes keep inside. */
export interface Slots {
  /** RegExp. */
  pattern?: { readonly source: string; readonly flags: string };
  /** Map and Set: entries by identity of their key. */
  entries?: Map<unknown, { readonly key: Val; readonly value: Val }>;
  url?: URL;
  search?: URLSearchParams;
  /** Promise: what it is settled with. */
  settled?: { readonly value: Val; readonly rejected: boolean };
  /** Error: its class and, for Boxed, its primitive. */
  name?: string;
  boxed?: Val;
  /** Namespace: reads a name live. */
  namespace?: { readonly names: () => readonly string[]; readonly get: (name: string) => Val | undefined };
  /** Built-in methods found when no property is. */
  table?: ReadonlyMap<string, Builtin> | null;
  constructorName?: string;
  /** Iterator: what is left, in order. */
  queue?: { items: Items; at: number };
}
