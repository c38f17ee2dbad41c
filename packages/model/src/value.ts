/**
 * What a static evaluation can say of a value: it is known, it is absent, or it is unknown and we say
 * why. All plain JSON, so a value can be remembered, compared and printed.
 */
import type { Place } from './place.ts';

export type Value = Known | Absent | Unknown;

/** Where a value comes from. */
export type Origin =
  | { readonly kind: 'place'; readonly place: Place }
  /**
   * The environment variable, and where the code reads it; where the framework reads it by itself, the line
   * of the tracked env file that sets it, or no place if none does.
   */
  | { readonly kind: 'env'; readonly variable: string; readonly place?: Place }
  /** The default of that version, in words ("Arkos 1.6"). */
  | { readonly kind: 'default'; readonly of: string };

/** One step of how a value came about, innermost first, for `explain`. */
export interface Step {
  readonly what: string;
  readonly place: Place;
}

export interface Known {
  readonly kind: 'known';
  readonly value: Data;
  readonly from: Origin;
  readonly via?: readonly Step[];
}

/** No such key. Not the same as a key that is present with the value `undefined`. */
export interface Absent {
  readonly kind: 'absent';
  /** The nearest object that could have held the key. */
  readonly from: Origin;
}

export interface Unknown {
  readonly kind: 'unknown';
  /** "depends on the environment variable STRICT", "is imported from the package express". */
  readonly why: string;
  readonly from: Origin;
  /** Environment variables that decide it, where they are what is missing. */
  readonly variables?: readonly string[];
  /**
   * Every value it can have and the condition of each, where they can be listed. They are exhaustive;
   * an outcome may itself be unknown.
   */
  readonly outcomes?: readonly Outcome[];
  /** The literal used if what is unknown turns out empty: `"x"` in `process.env.A || "x"`. */
  readonly fallback?: Known;
  /** What it is in terms of an imported package: `z.object({…}).strict()`. */
  readonly foreign?: Foreign;
  readonly via?: readonly Step[];
}

export interface Outcome {
  /** In words that fit after "if": `STRICT is unset`. */
  readonly when: string;
  readonly value: Value;
}

/** An expression over something imported from outside the snapshot. */
export interface Foreign {
  /** The package as it was imported: `zod`, `arkos/config`. */
  readonly module: string;
  /** The export: a name, `default`, or `*` for the namespace. */
  readonly name: string;
  readonly steps: readonly ForeignStep[];
}

export type ForeignStep =
  | { readonly get: string }
  | { readonly call: readonly Value[]; readonly place: Place }
  | { readonly construct: readonly Value[]; readonly place: Place };

/** A primitive as it is, or a tagged composite. */
export type Data =
  | string
  | number
  | boolean
  | null
  | UndefinedData
  | NumberData
  | BigintData
  | ObjectData
  | ArrayData
  | FunctionData
  | RegExpData
  | InstanceData;

export interface UndefinedData {
  readonly type: 'undefined';
}
/** A number JSON cannot write. */
export interface NumberData {
  readonly type: 'number';
  readonly text: 'NaN' | 'Infinity' | '-Infinity' | '-0';
}
export interface BigintData {
  readonly type: 'bigint';
  readonly text: string;
}
export interface ObjectData {
  readonly type: 'object';
  /** Own enumerable properties in their order. */
  readonly entries: Readonly<Record<string, Property>>;
  /** Something unknown was spread into it: any other key may exist, and keys written before the spread are unknown. */
  readonly rest?: Unknown;
}
export interface Property {
  readonly value: Value;
  /** The whole property, key and value, where it was written. */
  readonly place?: Place;
}
export interface ArrayData {
  readonly type: 'array';
  readonly items: readonly Value[];
  /** Something unknown was spread into it: the items are those known, in order, but there may be more between. */
  readonly rest?: Unknown;
}
export interface FunctionData {
  readonly type: 'function';
  readonly name: string;
  /** Number of declared parameters (`Function.length` but counting those with defaults). */
  readonly parameters: number;
  readonly isAsync: boolean;
  /** The source text of the function, at most 2,000 UTF-16 units. */
  readonly source: string;
  /** What it returns when called with nothing known, if that could be found out. */
  readonly returns?: Value;
}
export interface RegExpData {
  readonly type: 'regexp';
  readonly source: string;
  readonly flags: string;
}
/** An instance of a class, a Date, a Map…: known to be one, not further described. */
export interface InstanceData {
  readonly type: 'instance';
  readonly of: string;
}
