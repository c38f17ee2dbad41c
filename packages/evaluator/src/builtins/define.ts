/** Short ways to write down functions of the platform. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { lift } from '../machine/convert.ts';
import { prim } from '../machine/values.ts';
import type { Primitive, SymType, Val } from '../machine/values.ts';

export type GlobalDefinition =
  | { readonly kind: 'value'; readonly value: Primitive }
  | { readonly kind: 'function'; readonly builtin: Builtin }
  | {
      readonly kind: 'object';
      readonly members: ReadonlyMap<string, Builtin>;
      readonly constants: Readonly<Record<string, Primitive>>;
      /** Whether it has more members than are listed. */
      readonly isOpen: boolean;
    };

export function method(name: string, length: number, call: (call: Call) => Val): Builtin {
  return { name, length, call };
}

export function table(builtins: readonly Builtin[]): ReadonlyMap<string, Builtin> {
  return new Map(builtins.map((builtin) => [builtin.name, builtin]));
}

/** The argument at an index, `undefined` if it was not given. */
export function argument({ args, machine, site }: Call, index: number): Val {
  return args[index] ?? prim(undefined, machine.realm.traceAt(site));
}

export function nothing({ machine, site }: Call): Val {
  return prim(undefined, machine.realm.traceAt(site));
}

/** A function of primitives alone: the platform's own runs on known arguments. */
export function pure(
  name: string,
  length: number,
  type: SymType,
  apply: (args: readonly Primitive[]) => Primitive,
  hint: 'default' | 'string' | 'number' = 'default',
): Builtin {
  return method(name, length, (call) =>
    lift(call.machine, call.args, call.site, {
      name,
      type,
      hint,
      words: (inputs) => `${name}(${inputs.join(', ')})`,
      apply,
    }),
  );
}

/** A method of primitives alone; `this` comes first. */
export function pureMethod(
  name: string,
  length: number,
  type: SymType,
  apply: (self: Primitive, args: readonly Primitive[]) => Primitive,
  hint: 'default' | 'string' | 'number' = 'default',
): Builtin {
  return method(name, length, (call) =>
    lift(call.machine, [call.self, ...call.args], call.site, {
      name: `.${name}`,
      type,
      hint,
      words: ([self, ...inputs]) => `${self}.${name}(${inputs.join(', ')})`,
      apply: ([self, ...args]) => apply(self, args),
    }),
  );
}
