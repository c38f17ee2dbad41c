import { property } from '@bulwark/model';
import type { Foreign, Place, Value } from '@bulwark/model';

/** A call on something from an outside package, made while a module is loaded: `app.use(…)`. */
export interface OutsideCall {
  /** What is called, receiver and method: `ArkosRouter({…}).post`. */
  readonly foreign: Foreign;
  readonly args: readonly Value[];
  readonly place: Place;
}

/** What a module is worth under one mode's environment. */
export interface ModuleValue {
  /** Its named exports, and `default`, as one object. */
  readonly exports: Value;
  /** Calls made by it and by what it imports, in their order. */
  readonly calls: readonly OutsideCall[];
}

/** Evaluates modules of the snapshot under one mode's environment; never runs them. */
export interface Evaluating {
  /** @throws ReadError */
  evaluate(path: string): Promise<ModuleValue>;
}

/** The default export; for a CommonJS module what `module.exports` is. @throws ReadError */
export async function evaluateExport(path: string, evaluating: Evaluating): Promise<Value> {
  const { exports } = await evaluating.evaluate(path);
  return defaultOf(exports);
}

export function defaultOf(exports: Value): Value {
  const value = property(exports, 'default');
  return value.kind === 'absent' ? exports : value;
}
