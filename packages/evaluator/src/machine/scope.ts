import type { Cond } from '../conditions/conditions.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Trace } from '../source/trace.ts';
import type { Obj } from './objects.ts';
import type { Sym, Val } from './values.ts';

export type CellKind =
  | 'const'
  | 'let'
  | 'var'
  | 'parameter'
  | 'function'
  | 'class'
  | 'import'
  | 'enum'
  | 'catch';

/** A binding. */
export interface Cell {
  readonly name: string;
  readonly kind: CellKind;
  value: Val;
  readonly birth: Cond;
  declared: Trace | null;
  /** Set once anything may change it at any time. */
  volatile: Sym | null;
  /** An import reads what it is bound to, live. */
  readonly bound?: () => Val;
}

/** The bindings of a block, and what `this` and `return` mean there. */
export interface Scope {
  readonly cells: Map<string, Cell>;
  readonly parent: Scope | null;
  readonly frame: Frame;
}

/** One call under way, or a module's own code. */
export interface Frame {
  readonly file: SourceFile;
  /** What `this` is; arrow functions share it with what is around them, even before `super()` has run. */
  readonly self: { value: Val };
  readonly newTarget: Val | null;
  readonly home: Obj | null;
  readonly strict: boolean;
  /** Where `return` leads; `null` in a module's own code. */
  readonly returns: Exit | null;
  readonly callee: Obj | null;
  readonly isAsync: boolean;
}

/** Where control may jump to: what arrived there so far, each under its condition. */
export interface Exit {
  readonly kind: 'return' | 'break' | 'continue' | 'throw';
  readonly labels: readonly string[];
  records: { pc: Cond; value: Val | null; site: Trace | null }[];
  readonly frame: object | null;
}

export function childScope(parent: Scope): Scope {
  return { cells: new Map(), parent, frame: parent.frame };
}

export function findCell(scope: Scope, name: string): Cell | null {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const cell = at.cells.get(name);
    if (cell) return cell;
  }
  return null;
}
