/**
 * The state of one evaluation. Where a condition is unknown both ways are followed, one after the other, each
 * under its path condition `pc`: what is written under it becomes a choice, and what leaves (a throw, a return)
 * is set aside with its condition, so the rest goes on under what is left.
 */
import type { Node } from 'oxc-parser';
import { ALWAYS, Conditions, NEVER } from '../conditions/conditions.ts';
import type { Atom, Cond } from '../conditions/conditions.ts';
import { forcedValue } from '../conditions/theory.ts';
import type { Trace } from '../source/trace.ts';
import { Exhausted } from './budget.ts';
import type { Budgets } from './budget.ts';
import type { Site } from './builtin.ts';
import type { Heap } from './heap.ts';
import type { Realm } from './realm.ts';
import type { Obj } from './objects.ts';
import type { Cell, Exit, Scope } from './scope.ts';
import type { Symbols } from './symbols.ts';
import { prim } from './values.ts';
import type { Leaf, Plain, Val } from './values.ts';

/** Thrown to leave the code that is being followed once nothing of its path condition is left. */
export class Unwind extends Error {
  override readonly name = 'Unwind';
}
const UNWIND = new Unwind('left');

export interface Evaluators {
  readonly evaluate: (machine: Machine, node: Node, scope: Scope) => Val;
  readonly invoke: (machine: Machine, callee: Val, self: Val, args: readonly Val[], site: Site) => Val;
  readonly construct: (machine: Machine, callee: Val, args: readonly Val[], site: Site) => Val;
}

export class Machine {
  pc: Cond = ALWAYS;
  readonly conditions = new Conditions();
  readonly exits: Exit[] = [];
  readonly budgets: Budgets;
  heap!: Heap;
  symbols!: Symbols;
  realm!: Realm;
  /** How many `catch` clauses are waiting: inside one, what is unknown may throw. */
  guarded = 0;
  /** Undoes what a trial run wrote; `null` outside one. */
  journal: (() => void)[] | null = null;
  /** What a trial run wrote; `null` outside one. */
  writes: Set<Cell | Obj> | null = null;
  /** Whether what is being evaluated is awaited on the spot. */
  awaited = false;
  #steps = 0;
  #depth = 0;
  readonly #evaluators: Evaluators;

  constructor(budgets: Budgets, evaluators: Evaluators) {
    this.budgets = budgets;
    this.#evaluators = evaluators;
  }

  evaluate(node: Node, scope: Scope): Val {
    this.step();
    this.#depth += 1;
    if (this.#depth > this.budgets.depth) this.#tooDeep();
    const value = this.#evaluators.evaluate(this, node, scope);
    this.#depth -= 1;
    return value;
  }

  call(callee: Val, self: Val, args: readonly Val[], site: Site): Val {
    return this.#evaluators.invoke(this, callee, self, args, site);
  }

  construct(callee: Val, args: readonly Val[], site: Site): Val {
    return this.#evaluators.construct(this, callee, args, site);
  }

  /** Counts work. @throws Exhausted past the budget. */
  step(cost = 1): void {
    this.#steps += cost;
    if (this.#steps > this.budgets.steps) throw new Exhausted('takes more steps than are followed');
  }

  get steps(): number {
    return this.#steps;
  }

  #tooDeep(): never {
    throw new Exhausted('nests deeper than is followed');
  }

  /** Whether anything is left of the path that is being followed. */
  get isAlive(): boolean {
    return this.pc !== NEVER;
  }

  /** Runs code that may leave; afterwards `isAlive` says whether any of it came to its end. */
  attempt<T>(work: () => T): T | null {
    const depth = this.#depth;
    try {
      return work();
    } catch (error) {
      if (error !== UNWIND) throw error;
      this.#depth = depth;
      return null;
    }
  }

  /** Runs code that may give up by an error of ours; the state is then as it was. */
  restoring<T>(work: () => T): T {
    const depth = this.#depth;
    const { pc, guarded } = this;
    const exits = this.exits.length;
    try {
      return work();
    } catch (error) {
      if (error !== UNWIND) {
        this.#depth = depth;
        this.pc = pc;
        this.guarded = guarded;
        this.exits.length = exits;
      }
      throw error;
    }
  }

  /** Leaves the path that is being followed. */
  leave(): never {
    this.pc = NEVER;
    throw UNWIND;
  }

  /** Runs one of two ways, or both and joins them, as the condition allows. */
  branch(cond: Cond, then: () => Val, otherwise: () => Val): Val {
    const { conditions } = this;
    if (cond === ALWAYS) return then();
    if (cond === NEVER) return otherwise();
    const before = this.pc;
    const yes = conditions.and(before, cond);
    const no = conditions.and(before, conditions.not(cond));
    if (!conditions.possible(yes)) return otherwise();
    if (!conditions.possible(no)) return then();
    this.pc = yes;
    const a = this.attempt(then);
    const afterA = this.pc;
    this.pc = no;
    const b = this.attempt(otherwise);
    const afterB = this.pc;
    this.pc = conditions.or(afterA, afterB);
    if (a === null && b === null) throw UNWIND;
    if (a === null || afterA === NEVER) return b ?? a!;
    if (b === null || afterB === NEVER) return a;
    return conditions.choose(cond, a, b);
  }

  /** Every leaf the value can be under the path that is being followed, with its condition. */
  cases(val: Val): { pc: Cond; leaf: Leaf }[] {
    if (val.kind !== 'choice') return [{ pc: this.pc, leaf: this.settle(val) }];
    const found: { pc: Cond; leaf: Leaf }[] = [];
    const { conditions } = this;
    const visit = (at: Val, pc: Cond): void => {
      if (at.kind !== 'choice') {
        found.push({ pc, leaf: at });
        return;
      }
      const is = conditions.atom(at.atom.about, at.atom.test);
      for (const [cond, next] of [
        [is, at.hi],
        [conditions.not(is), at.lo],
      ] as const) {
        const under = conditions.and(pc, cond);
        if (conditions.possible(under)) visit(next, under);
      }
    };
    visit(val, this.pc);
    if (found.length > MAX_CASES) throw new Exhausted('has more outcomes than are followed');
    return found;
  }

  /** Runs `use` on each case of a value, each under its condition, and joins the results. */
  each(val: Val, use: (leaf: Leaf) => Val): Val {
    if (val.kind !== 'choice') return use(this.settle(val));
    const cases = this.cases(val);
    if (cases.length === 1) return use(this.settle(cases[0]!.leaf));
    const { conditions } = this;
    let joined: Val | null = null;
    let after: Cond = NEVER;
    for (const { pc, leaf } of cases) {
      this.pc = pc;
      this.step();
      const result = this.attempt(() => use(this.settle(leaf)));
      if (result === null || this.pc === NEVER) continue;
      joined = joined === null ? result : conditions.choose(this.pc, result, joined);
      after = conditions.or(after, this.pc);
    }
    this.pc = after;
    if (joined === null) throw UNWIND;
    return joined;
  }

  /** Like {@link each} for a value that stands for something: neither a hole nor an accessor. */
  eachPlain(val: Val, use: (leaf: Plain) => Val): Val {
    return this.each(val, (leaf) => {
      if (leaf.kind === 'prim' || leaf.kind === 'ref' || leaf.kind === 'sym') return use(leaf);
      throw new TypeError(`a ${leaf.kind} is no value`);
    });
  }

  /** Runs `use` on every combination of cases. */
  eachOf(vals: readonly Val[], use: (leaves: readonly Plain[]) => Val, done: readonly Plain[] = []): Val {
    const [first, ...rest] = vals;
    if (first === undefined) return use(done);
    return this.eachPlain(first, (leaf) => this.eachOf(rest, use, [...done, leaf]));
  }

  /** What is unknown may be known under the path that is being followed. */
  settle(leaf: Leaf): Leaf {
    if (leaf.kind !== 'sym' || this.pc === ALWAYS) return leaf;
    const forced = this.#forced(leaf.base);
    return forced && forced.value !== 0 ? prim(forced.value, leaf.trace) : leaf;
  }

  #forced(
    about: Parameters<typeof forcedValue>[0],
  ): { value: string | number | boolean | null | undefined | bigint } | null {
    const answers = this.#answers();
    return answers.size === 0 ? null : forcedValue(about, answers);
  }

  #answersOf: { pc: Cond; answers: Map<Atom, boolean> } | null = null;

  /** What the path condition settles: the answers that are the same wherever it holds. */
  #answers(): Map<Atom, boolean> {
    if (this.#answersOf?.pc === this.pc) return this.#answersOf.answers;
    const answers = new Map<Atom, boolean>();
    let at = this.pc;
    const { conditions } = this;
    // A path is mostly a conjunction; where it is not, each of its atoms is asked by itself.
    while (at.atom && (at.hi === NEVER || at.lo === NEVER)) {
      answers.set(at.atom, at.lo === NEVER);
      at = at.lo === NEVER ? at.hi! : at.lo!;
    }
    const asked = new Set<Cond>();
    const visit = (node: Cond): void => {
      if (!node.atom || asked.has(node)) return;
      asked.add(node);
      const is = conditions.atom(node.atom.about, node.atom.test);
      if (conditions.implies(this.pc, is)) answers.set(node.atom, true);
      else if (conditions.implies(this.pc, conditions.not(is))) answers.set(node.atom, false);
      visit(node.hi!);
      visit(node.lo!);
    };
    visit(at);
    this.#answersOf = { pc: this.pc, answers };
    return answers;
  }

  /** Throws a value of the program, under the path that is being followed. */
  throwValue(value: Val, site: Trace | null): never {
    const exit = this.exits.findLast(({ kind }) => kind === 'throw');
    exit?.records.push({ pc: this.pc, value, site });
    return this.leave();
  }

  throwError(
    name: 'TypeError' | 'ReferenceError' | 'RangeError' | 'SyntaxError' | 'DataCloneError' | 'Error',
    message: string,
    site: Site,
  ): never {
    return this.throwValue(this.realm.makeError(name, message, site), this.realm.traceAt(site));
  }

  /** Notes how to undo a write, during a trial run. */
  undo(what: Cell | Obj, how: () => void): void {
    this.journal?.push(how);
    this.writes?.add(what);
  }

  /**
   * Runs code and takes back everything it wrote; `writes` gets what that was. `null` if it throws, or may throw
   * and `mayThrow` is false.
   */
  trial<T>(work: () => T, writes: Set<Cell | Obj> | null = null, mayThrow = true): T | null {
    const outer = this.journal;
    const outerWrites = this.writes;
    const { guarded } = this;
    this.writes = writes ?? outerWrites;
    const before = this.pc;
    const own: (() => void)[] = [];
    this.journal = own;
    const exit: Exit = { kind: 'throw', labels: [], records: [], frame: null };
    this.exits.push(exit);
    try {
      const result = this.attempt(work);
      return !mayThrow && exit.records.length > 0 ? null : result;
    } finally {
      while (this.exits.at(-1) !== exit) this.exits.pop();
      this.exits.pop();
      for (const how of own.toReversed()) how();
      this.journal = outer;
      this.writes = outerWrites;
      this.guarded = guarded;
      this.pc = before;
    }
  }
}

const MAX_CASES = 128;
