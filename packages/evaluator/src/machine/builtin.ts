import type { SourceFile } from '../source/source-file.ts';
import type { Machine } from './machine.ts';
import type { Primitive, Val } from './values.ts';

/** Where something happens, for traces and messages. */
export interface Site {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface Call {
  readonly machine: Machine;
  readonly self: Val;
  readonly args: readonly Val[];
  readonly site: Site;
}

/** A function of the platform. */
export interface Builtin {
  readonly name: string;
  readonly length: number;
  readonly call: (call: Call) => Val;
  readonly construct?: (call: Call) => Val;
  /** Properties of the function itself: `Number.isInteger`. */
  readonly statics?: ReadonlyMap<string, Builtin>;
  readonly constants?: Readonly<Record<string, Primitive>>;
  /** Well-known symbols on it: `iterator` of `Symbol`. */
  readonly symbols?: readonly string[];
  /** The class whose prototype it has: `Array`. */
  readonly prototype?: string;
}
