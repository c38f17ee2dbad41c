/** The unknown: made once for each identity, so that the same unknown is recognised wherever it turns up. */
import type { Foreign, ForeignStep } from '@bulwark/model';
import { ALWAYS, NEVER } from '../conditions/conditions.ts';
import type { Cond, Conditions } from '../conditions/conditions.ts';
import { readOf } from '../source/trace.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Trace } from '../source/trace.ts';
import type { Plain, Prim, Primitive, Sym, Symbolic, SymType } from './values.ts';

type Draft = Partial<Omit<Symbolic, 'id' | 'atoms'>> & Pick<Symbolic, 'words' | 'why'>;

const MAX_WORDS = 70;

export class Symbols {
  readonly #conditions: Conditions;
  #interned = new Map<string, Symbolic>();
  #next = 0;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  /** A new unknown, equal to no other. */
  fresh(draft: Draft, trace: Trace): Sym {
    return { kind: 'sym', base: this.#make(draft), trace };
  }

  /** The unknown with this identity. */
  named(key: string, draft: () => Draft, trace: Trace): Sym {
    let base = this.#interned.get(key);
    if (!base) {
      base = this.#make(draft());
      this.#interned.set(key, base);
    }
    return { kind: 'sym', base, trace };
  }

  variable(name: string, file: SourceFile, node: { start: number; end: number }): Sym {
    return this.named(
      `env ${name}`,
      () => ({
        words: name,
        why: `depends on the environment variable ${name}`,
        type: 'string',
        nullish: true,
        env: name,
        variables: [name],
      }),
      readOf(name, file, node),
    );
  }

  foreign(module: string, name: string, trace: Trace, isMissing = false): Sym {
    const why = isMissing
      ? `is imported from ${module}, which is not in the repository`
      : `is imported from the package ${module}`;
    return this.#named(module, name, why, trace);
  }

  #named(module: string, name: string, why: string, trace: Trace): Sym {
    const words = name === '*' || name === 'default' ? module : name;
    return this.named(
      `foreign ${module} ${name}`,
      () => ({ words, why, foreign: { module, name, steps: [] } }),
      trace,
    );
  }

  /** One more step on something foreign or otherwise unknown. */
  step(sym: Sym, step: ForeignStep | null, key: string, words: string, trace: Trace, isPure: boolean): Sym {
    const { foreign } = sym.base;
    // A member of a namespace is that export: `require("x").y` and `import { y } from "x"` are one.
    if (foreign?.name === '*' && foreign.steps.length === 0 && step && 'get' in step)
      return this.#named(foreign.module, step.get, sym.base.why, trace);
    const draft = (): Draft => ({
      words: shorten(words),
      why: sym.base.why,
      variables: sym.base.variables,
      foreign: sym.base.foreign && step ? extend(sym.base.foreign, step) : null,
    });
    return isPure ? this.named(`${key} #${sym.base.id}`, draft, trace) : this.fresh(draft(), trace);
  }

  /** What follows from values some of which are unknown. Equal derivations are one unknown. */
  derive(
    operation: string,
    inputs: readonly Plain[],
    shape: {
      type: SymType;
      words: string;
      nullish?: boolean;
      apply?: (values: readonly Primitive[]) => Primitive;
    },
    trace: Trace,
  ): Sym {
    const simple = inputs.every((input) => input.kind !== 'ref') ? (inputs as (Prim | Sym)[]) : null;
    const draft = (): Draft => ({
      words: shorten(shape.words),
      why: whyOf(inputs),
      type: shape.type,
      nullish: shape.nullish ?? shape.type === 'any',
      variables: variablesOf(inputs),
      formula: simple && shape.apply ? { inputs: simple, apply: shape.apply } : null,
    });
    if (!simple) return this.fresh(draft(), trace);
    return this.named(`${operation}(${simple.map(keyOf).join(',')})`, draft, trace);
  }

  /** Whether the value counts as true. */
  truthy(leaf: Plain): Cond {
    if (leaf.kind === 'prim') return leaf.value ? ALWAYS : NEVER;
    if (leaf.kind === 'ref') return ALWAYS;
    const { base } = leaf;
    if ((base.type === 'object' || base.type === 'array' || base.type === 'function') && !base.nullish)
      return ALWAYS;
    return this.#conditions.atom(base, { kind: 'truthy' });
  }

  /** Whether the value is `undefined` or `null`. */
  nullish(leaf: Plain): Cond {
    if (leaf.kind === 'prim') return leaf.value === undefined || leaf.value === null ? ALWAYS : NEVER;
    if (leaf.kind === 'ref' || !leaf.base.nullish) return NEVER;
    if (leaf.base.env !== null) return this.#conditions.atom(leaf.base, { kind: 'equals', value: undefined });
    return this.#conditions.atom(leaf.base, { kind: 'nullish' });
  }

  /** Whether an unknown is `===` a primitive. */
  equals({ base }: Sym, value: Primitive): Cond {
    const conditions = this.#conditions;
    if (Number.isNaN(value)) return NEVER;
    if (value === undefined || value === null) {
      if (!base.nullish || (base.env !== null && value === null)) return NEVER;
    } else if (base.type !== 'any' && base.type !== typeof value) {
      return NEVER;
    }
    if (typeof value === 'boolean' && base.type === 'boolean' && !base.nullish) {
      const truthy = conditions.atom(base, { kind: 'truthy' });
      return value ? truthy : conditions.not(truthy);
    }
    return conditions.atom(base, { kind: 'equals', value: value === 0 ? 0 : value });
  }

  /** A condition of its own, told in these words. */
  condition(holds: string, fails: string, why: string, variables: readonly string[], trace: Trace): Cond {
    const sym = this.fresh({ words: holds, why, variables, type: 'boolean', phrases: [holds, fails] }, trace);
    return this.#conditions.atom(sym.base, { kind: 'truthy' });
  }

  #make(draft: Draft): Symbolic {
    this.#next += 1;
    return {
      id: this.#next,
      words: draft.words,
      why: draft.why,
      type: draft.type ?? 'any',
      nullish: draft.nullish ?? (draft.type ?? 'any') === 'any',
      env: draft.env ?? null,
      variables: draft.variables ?? [],
      foreign: draft.foreign ?? null,
      formula: draft.formula ?? null,
      phrases: draft.phrases ?? null,
      atoms: [],
    };
  }
}

function extend(foreign: Foreign, step: ForeignStep): Foreign {
  // What `require` gives is called as the default export is.
  if (foreign.name === '*' && foreign.steps.length === 0)
    return { ...foreign, name: 'default', steps: [step] };
  return { ...foreign, steps: [...foreign.steps, step] };
}

function keyOf(input: Prim | Sym): string {
  if (input.kind === 'sym') return `#${input.base.id}`;
  const { value } = input;
  if (typeof value === 'string') return JSON.stringify(value);
  return Object.is(value, -0) ? '-0' : `${typeof value}:${String(value)}`;
}

export function whyOf(inputs: readonly Plain[]): string {
  const unknown = inputs.filter((input) => input.kind === 'sym');
  const names = variablesOf(inputs);
  if (names.length > 0 && unknown.every(({ base }) => base.foreign === null)) {
    return names.length === 1
      ? `depends on the environment variable ${names[0]}`
      : `depends on the environment variables ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  }
  return (unknown.find(({ base }) => base.foreign !== null) ?? unknown[0])?.base.why ?? 'cannot be known';
}

const NONE: readonly string[] = [];

export function variablesOf(inputs: readonly Plain[]): readonly string[] {
  let found = NONE;
  for (const input of inputs) {
    if (input.kind !== 'sym' || input.base.variables === found) continue;
    const { variables } = input.base;
    // Mostly one unknown is all there is.
    found = found.length === 0 ? variables : [...new Set([...found, ...variables])];
  }
  return found;
}

export function shorten(words: string): string {
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS - 1)}…` : words;
}
