import { property } from '@bulwark/model';
import type { Unknown, Value } from '@bulwark/model';

/** A call on something from an outside package, made while a module is loaded: `app.use(…)`. */
export interface OutsideCall {
  /** The call's result; its `foreign` holds receiver, method and arguments. */
  readonly value: Unknown;
}

/** What a module is worth under one mode's environment. */
export interface ModuleValue {
  /** Its named exports, and `default`, as one object. */
  readonly exports: Value;
  /** In the order they are made. */
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
  const value = property(exports, 'default');
  return value.kind === 'absent' ? exports : value;
}
