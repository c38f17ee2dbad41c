import { startOf } from '@bulwark/model';
import type { Foreign, Place, Unknown, Value } from '@bulwark/model';
import { ALWAYS, NEVER, TooManyConditions } from './conditions/conditions.ts';
import type { Atom, Cond } from './conditions/conditions.ts';
import { describe } from './conditions/words.ts';
import { fromValue } from './from-value.ts';
import type { ModuleGraph, Trace } from './loader.ts';
import { DEFAULT_BUDGETS, Exhausted } from './machine/budget.ts';
import type { Budgets } from './machine/budget.ts';
import { Heap } from './machine/heap.ts';
import { Machine } from './machine/machine.ts';
import { Realm } from './machine/realm.ts';
import type { Environment, Host } from './machine/realm.ts';
import type { Exit } from './machine/scope.ts';
import { Symbols } from './machine/symbols.ts';

import type { Val } from './machine/values.ts';
import { Modules } from './modules.ts';
import { placeIn, positionOf } from './source/source-file.ts';
import type { SourceFile } from './source/source-file.ts';
import { originOf, written } from './source/trace.ts';
import { call, construct } from './syntax/call.ts';
import { evaluate as evaluateNode } from './syntax/expressions.ts';
import { Converter } from './to-value.ts';
import type { Origins } from './to-value.ts';

/**
 * What calls of imported functions give, by `module#export`. Only the binding counts: a local function of the
 * same name is just a function.
 */
export type Teachings = Readonly<
  Record<`${string}#${string}`, (call: { readonly args: readonly Value[]; readonly place: Place }) => Value>
>;

export interface EvaluateOptions {
  readonly env: Environment;
  readonly teach?: Teachings;
  readonly budgets?: Partial<Budgets>;
}

/** What a module is worth. */
export interface Evaluation {
  /** The namespace of the entry: default and named exports as properties. */
  readonly exports: Value;
  /** An error that leaves the module, if one does. */
  readonly threw: Threw | null;
  /** Calls of what is imported from outside the snapshot, in the order they are made. */
  readonly foreignCalls: readonly ForeignCall[];
  readonly problems: readonly FileProblem[];
  readonly trace: Trace;
}

export interface Threw {
  readonly because: string;
  readonly place: Place;
  /** The condition under which it is thrown, in words that fit after "if"; `null` if it always is. */
  readonly when: string | null;
  readonly variables: readonly string[];
}

export interface ForeignCall {
  readonly foreign: Foreign;
  readonly args: readonly Value[];
  readonly place: Place;
  readonly result: Value;
}

export interface FileProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Evaluates the entry of a graph under an environment. Runs nothing of it, and never throws for what it holds. */
export function evaluate(graph: ModuleGraph, options: EvaluateOptions): Evaluation {
  const problems = problemsOf(graph);
  const entry = graph.modules.get(graph.entry);
  if (!entry || !entry.file.parsed.program) {
    const why = entry ? 'cannot be parsed' : 'is not there';
    return {
      exports: unknown(`${graph.entry} ${why}`, graph.entry),
      threw: null,
      foreignCalls: [],
      problems,
      trace: graph.trace,
    };
  }
  return { ...new Run(graph, entry.file, options).run(), problems, trace: graph.trace };
}

function unknown(why: string, path: string): Unknown {
  return { kind: 'unknown', why, from: { kind: 'place', place: startOf(path) } };
}

function problemsOf(graph: ModuleGraph): FileProblem[] {
  return [...graph.modules.values()].flatMap(({ file }) =>
    file.parsed.problems.map(({ message, start }) => ({
      path: file.path,
      ...positionOf(file.parsed.lines, start),
      message,
    })),
  );
}

/** One evaluation. */
class Run {
  readonly #graph: ModuleGraph;
  readonly #options: EvaluateOptions;
  readonly #machine: Machine;
  readonly #modules: Modules;
  readonly #origins: Origins = new Map();
  readonly #calls: {
    foreign: Foreign;
    args: readonly Value[];
    place: Place;
    result: Val;
    told: Value | null;
  }[] = [];

  constructor(graph: ModuleGraph, entry: SourceFile, options: EvaluateOptions) {
    this.#graph = graph;
    this.#options = options;
    const machine = new Machine(
      { ...DEFAULT_BUDGETS, ...options.budgets },
      { evaluate: evaluateNode, invoke: call, construct },
    );
    machine.heap = new Heap(machine);
    machine.symbols = new Symbols(machine.conditions);
    machine.realm = new Realm(machine, options.env, this.#host(), written(entry, { start: 0, end: 0 }));
    this.#machine = machine;
    this.#modules = new Modules(machine, graph);
  }

  run(): Pick<Evaluation, 'exports' | 'threw' | 'foreignCalls'> {
    try {
      return this.#run();
    } catch (error) {
      const why = overrun(error);
      if (why === null) throw error;
      return { exports: unknown(why, this.#graph.entry), threw: null, foreignCalls: [] };
    }
  }

  #run(): Pick<Evaluation, 'exports' | 'threw' | 'foreignCalls'> {
    const machine = this.#machine;
    const exit: Exit = { kind: 'throw', labels: [], records: [], frame: null };
    machine.exits.push(exit);
    const namespace = machine.attempt(() => this.#modules.run(this.#graph.entry));
    const threw = this.#threw(exit);
    const path = this.#graph.entry;
    const isDead = namespace === null || machine.pc === NEVER;
    const exports = isDead
      ? unknown('the module throws', path)
      : new Converter(machine, this.#origins).convert(namespace);
    const foreignCalls = this.#calls.map(({ result, told, ...rest }) => ({
      ...rest,
      result: told ?? new Converter(machine, this.#origins).convert(result),
    }));
    return { exports, threw, foreignCalls };
  }

  #threw(exit: Exit): Threw | null {
    const { conditions } = this.#machine;
    const records = exit.records.filter(({ pc }) => conditions.possible(pc));
    const [first] = records;
    if (!first) return null;
    let pc: Cond = NEVER;
    for (const record of records) pc = conditions.or(pc, record.pc);
    const { because, place } = this.#describe(
      first.value!,
      first.site && placeIn(first.site.file, first.site.start, first.site.end),
    );
    const isCertain = pc === ALWAYS || !conditions.possible(conditions.not(pc));
    return { because, place, when: isCertain ? null : describeCondition(pc), variables: variablesIn(pc) };
  }

  #describe(value: Val, place: Place | null): { because: string; place: Place } {
    const leaf = value.kind === 'choice' ? value.hi : value;
    const at = place ?? startOf(this.#graph.entry);
    if (leaf.kind === 'ref') {
      const message = leaf.obj.props.get('message')?.value;
      const name = leaf.obj.slots.name ?? leaf.obj.cls;
      const text = message?.kind === 'prim' ? String(message.value) : '';
      return { because: text === '' ? name : `${name}: ${text}`, place: at };
    }
    if (leaf.kind === 'prim') return { because: String(leaf.value), place: at };
    if (leaf.kind === 'sym') {
      const origin = originOf(leaf.trace);
      return {
        because: leaf.base.why,
        place: place ?? ('place' in origin && origin.place ? origin.place : at),
      };
    }
    return { because: 'an error', place: at };
  }

  #host(): Host {
    return {
      require: (machine, specifier, site) =>
        machine.eachPlain(specifier, (leaf) =>
          leaf.kind === 'prim'
            ? this.#modules.require(site.file, String(leaf.value), site)
            : this.#unknownModule(site),
        ),
      importDynamic: (machine, specifier, site) => {
        machine.awaited = false;
        return machine.eachPlain(specifier, (leaf) =>
          leaf.kind === 'prim'
            ? machine.realm.promise(
                this.#modules.importDynamic(site.file, String(leaf.value), site),
                false,
                site,
              )
            : this.#unknownModule(site),
        );
      },
      importMeta: (machine, site) => this.#importMeta(machine, site),
      assignExports: (_machine, value, scope) => this.#modules.assignExports(scope, value),
      valuesOf: (machine, vals) => vals.map((val) => new Converter(machine, this.#origins).convert(val)),
      taught: (machine, foreign, args, place, site) => {
        if (foreign.steps.length > 0) return null;
        const key = `${foreign.module}#${foreign.name}` as const;
        const { teach } = this.#options;
        const lesson = teach && Object.hasOwn(teach, key) ? teach[key] : undefined;
        if (!lesson) return null;
        const told = lesson({ args, place });
        return { told, value: fromValue(machine, told, site, this.#origins) };
      },
      noteForeignCall: (machine, foreign, args, place, result, told) => {
        if (machine.journal) return;
        this.#calls.push({ foreign, args, place, result, told });
      },
    };
  }

  #unknownModule(site: Parameters<Host['importMeta']>[1]): Val {
    return this.#machine.symbols.fresh(
      { words: 'a module', why: 'is a module whose name is not known' },
      written(site.file, site),
    );
  }

  #importMeta(machine: Machine, site: Parameters<Host['importMeta']>[1]): Val {
    return machine.symbols.named(
      `import.meta ${site.file.path}`,
      () => ({
        words: 'import.meta',
        why: 'depends on import.meta, which is known only when the program runs',
        nullish: false,
      }),
      written(site.file, site),
    );
  }
}

/** What stopped an evaluation that was too much; `null` for a fault of ours. */
function overrun(error: unknown): string | null {
  if (error instanceof Exhausted) return error.message;
  if (error instanceof TooManyConditions) return 'depends on more conditions than are followed';
  if (error instanceof RangeError && error.message.includes('call stack'))
    return 'nests deeper than is followed';
  return null;
}

/** A condition in words, path by path. */
function describeCondition(cond: Cond): string {
  const paths: string[] = [];
  const visit = (at: Cond, answers: ReadonlyMap<Atom, boolean>): void => {
    if (at === NEVER || paths.length >= 8) return;
    if (at === ALWAYS) paths.push(describe(answers));
    else {
      visit(at.hi!, new Map([...answers, [at.atom!, true]]));
      visit(at.lo!, new Map([...answers, [at.atom!, false]]));
    }
  };
  visit(cond, new Map());
  return [...new Set(paths)].join(' or ');
}

function variablesIn(cond: Cond): string[] {
  const names = new Set<string>();
  const seen = new Set<Cond>();
  const visit = (at: Cond): void => {
    if (!at.atom || seen.has(at)) return;
    seen.add(at);
    for (const name of at.atom.about.variables) names.add(name);
    visit(at.hi!);
    visit(at.lo!);
  };
  visit(cond);
  return [...names];
}
