/**
 * Conditions on what is unknown, as reduced ordered binary decision diagrams: equal conditions are the same
 * object, so a condition that was met before is recognised, and a path that contradicts itself is seen.
 */
import type { Primitive, Symbolic, Val } from '../machine/values.ts';
import { contradicts } from './theory.ts';

/** A question about something unknown. */
export interface Atom {
  readonly id: number;
  readonly about: Symbolic;
  readonly test: Test;
}

export type Test =
  | { readonly kind: 'equals'; readonly value: Primitive }
  | { readonly kind: 'truthy' }
  | { readonly kind: 'nullish' };

export interface Cond {
  readonly id: number;
  /** `null` for the two constants. */
  readonly atom: Atom | null;
  readonly hi: Cond | null;
  readonly lo: Cond | null;
  /** Whether any assignment that makes sense satisfies it; worked out when first asked. */
  possible: boolean | null;
}

export const ALWAYS: Cond = { id: 1, atom: null, hi: null, lo: null, possible: true };
export const NEVER: Cond = { id: 0, atom: null, hi: null, lo: null, possible: false };

/** Thrown when conditions become too many to follow. */
export class TooManyConditions extends Error {
  override readonly name = 'TooManyConditions';
}

const MAX_NODES = 20_000;
const MAX_PATHS = 4_096;

export type Assignment = ReadonlyMap<Atom, boolean>;

export class Conditions {
  #nodes = new Map<string, Cond>();
  #ands = new Map<string, Cond>();
  #nots = new Map<Cond, Cond>();
  #nextNode = 2;
  #nextAtom = 0;

  atom(about: Symbolic, test: Test): Cond {
    const found = about.atoms.find((atom) => sameTest(atom.test, test));
    if (found) return this.#node(found, ALWAYS, NEVER);
    const atom: Atom = { id: this.#nextAtom, about, test };
    this.#nextAtom += 1;
    about.atoms.push(atom);
    return this.#node(atom, ALWAYS, NEVER);
  }

  not(cond: Cond): Cond {
    if (cond === ALWAYS) return NEVER;
    if (cond === NEVER) return ALWAYS;
    const known = this.#nots.get(cond);
    if (known) return known;
    const made = this.#node(cond.atom!, this.not(cond.hi!), this.not(cond.lo!));
    this.#nots.set(cond, made);
    this.#nots.set(made, cond);
    return made;
  }

  and(a: Cond, b: Cond): Cond {
    if (a === b || b === ALWAYS) return a;
    if (a === ALWAYS) return b;
    if (a === NEVER || b === NEVER) return NEVER;
    const key = a.id < b.id ? `${a.id},${b.id}` : `${b.id},${a.id}`;
    const known = this.#ands.get(key);
    if (known) return known;
    const atom = a.atom!.id <= b.atom!.id ? a.atom! : b.atom!;
    const [aHi, aLo] = split(a, atom);
    const [bHi, bLo] = split(b, atom);
    const made = this.#node(atom, this.and(aHi, bHi), this.and(aLo, bLo));
    this.#ands.set(key, made);
    return made;
  }

  or(a: Cond, b: Cond): Cond {
    if (a === NEVER) return b;
    if (b === NEVER || a === b) return a;
    return this.not(this.and(this.not(a), this.not(b)));
  }

  /** Whether `a` can hold only where `b` does. */
  implies(a: Cond, b: Cond): boolean {
    return a === b || b === ALWAYS || !this.possible(this.and(a, this.not(b)));
  }

  /** Whether any assignment that makes sense satisfies the condition. */
  possible(cond: Cond): boolean {
    if (cond.possible === null) {
      let paths = 0;
      const satisfiable = (at: Cond, assigned: Map<Atom, boolean>): boolean => {
        if (at === NEVER) return false;
        paths += 1;
        if (paths > MAX_PATHS) throw new TooManyConditions();
        if (at === ALWAYS) return !contradicts(assigned);
        for (const [side, next] of [
          [true, at.hi!],
          [false, at.lo!],
        ] as const) {
          if (next === NEVER) continue;
          assigned.set(at.atom!, side);
          if (!contradicts(assigned, at.atom!.about) && satisfiable(next, assigned)) return true;
          assigned.delete(at.atom!);
        }
        return false;
      };
      cond.possible = satisfiable(cond, new Map());
    }
    return cond.possible;
  }

  /** The value that is `a` where the condition holds and `b` elsewhere. */
  choose(cond: Cond, a: Val, b: Val): Val {
    if (cond === ALWAYS || a === b) return a;
    if (cond === NEVER) return b;
    let atom = cond.atom!;
    if (a.kind === 'choice' && a.atom.id < atom.id) atom = a.atom;
    if (b.kind === 'choice' && b.atom.id < atom.id) atom = b.atom;
    const [condHi, condLo] = split(cond, atom);
    const [aHi, aLo] = splitValue(a, atom);
    const [bHi, bLo] = splitValue(b, atom);
    this.#tick();
    const hi = this.choose(condHi, aHi, bHi);
    const lo = this.choose(condLo, aLo, bLo);
    return sameLeaf(hi, lo) ? hi : { kind: 'choice', atom, hi, lo };
  }

  #chosen = 0;
  #tick(): void {
    this.#chosen += 1;
    if (this.#chosen > 200_000) throw new TooManyConditions();
  }

  #node(atom: Atom, hi: Cond, lo: Cond): Cond {
    if (hi === lo) return hi;
    const key = `${atom.id},${hi.id},${lo.id}`;
    const known = this.#nodes.get(key);
    if (known) return known;
    if (this.#nextNode > MAX_NODES) throw new TooManyConditions();
    const made: Cond = { id: this.#nextNode, atom, hi, lo, possible: null };
    this.#nextNode += 1;
    this.#nodes.set(key, made);
    return made;
  }
}

function split(cond: Cond, atom: Atom): [Cond, Cond] {
  return cond.atom === atom ? [cond.hi!, cond.lo!] : [cond, cond];
}

function splitValue(val: Val, atom: Atom): [Val, Val] {
  return val.kind === 'choice' && val.atom === atom ? [val.hi, val.lo] : [val, val];
}

function sameTest(a: Test, b: Test): boolean {
  return a.kind === b.kind && (a.kind !== 'equals' || b.kind !== 'equals' || Object.is(a.value, b.value));
}

/** Whether two values are one: the same object, or equal primitives. */
export function sameLeaf(a: Val, b: Val): boolean {
  if (a === b) return true;
  if (a.kind === 'prim' && b.kind === 'prim') return Object.is(a.value, b.value);
  if (a.kind === 'ref' && b.kind === 'ref') return a.obj === b.obj;
  if (a.kind === 'sym' && b.kind === 'sym') return a.base === b.base;
  return a.kind === 'hole' && b.kind === 'hole';
}
