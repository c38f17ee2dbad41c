/** What the platform gives a program: prototypes, globals, errors, the environment, and the way to the outside. */
import type { Foreign, Place, Value } from '@bulwark/model';
import { ALWAYS } from '../conditions/conditions.ts';
import { GLOBALS, PROTOTYPES } from '../builtins/index.ts';
import type { GlobalDefinition } from '../builtins/define.ts';
import { readOf, written } from '../source/trace.ts';
import type { Trace } from '../source/trace.ts';
import type { Builtin, Site } from './builtin.ts';
import { toText } from './convert.ts';
import { escape } from './escape.ts';
import { lazyOwn } from './lazy-properties.ts';
import { PARENTS } from './error-classes.ts';
import { awaited, promise, settledPromise } from './promises.ts';
import { addUnknownKeys, copyWithout, spreadInto } from './spread.ts';
import { UNFOLLOWED } from './unfollowed.ts';
import type { Machine } from './machine.ts';

import type { Code, Obj } from './objects.ts';
import { findCell } from './scope.ts';
import type { Exit, Scope } from './scope.ts';
import { prim, ref } from './values.ts';
import type { Leaf, Plain, Ref, Sym, Val } from './values.ts';

/** Which environment variables are known. */
export interface Environment {
  /** `null`: known to be unset. */
  readonly variables: Readonly<Record<string, string | null>>;
  readonly others: 'unknown' | 'unset';
}

/** What a call is taught to give: as it was told, and as a value of the program. */
export interface Taught {
  readonly told: Value;
  readonly value: Val;
}

/** What modules and calls to the outside need from above. */
export interface Host {
  require(machine: Machine, specifier: Val, site: Site): Val;
  importDynamic(machine: Machine, specifier: Val, site: Site): Val;
  importMeta(machine: Machine, site: Site): Val;
  assignExports(machine: Machine, value: Val, scope: Scope): void;
  valuesOf(machine: Machine, vals: readonly Val[]): readonly Value[];
  taught(machine: Machine, foreign: Foreign, args: readonly Value[], place: Place, site: Site): Taught | null;
  noteForeignCall(
    machine: Machine,
    foreign: Foreign,
    args: readonly Value[],
    place: Place,
    result: Val,
    told: Value | null,
  ): void;
}

export class Realm {
  readonly nowhere: Trace;
  readonly #machine: Machine;
  readonly #environment: Environment;
  readonly #host: Host;
  #prototypes = new Map<string, Obj>();
  #globals = new Map<string, Val>();
  #functions = new Map<Builtin, Obj>();
  #env: Obj | null = null;

  constructor(machine: Machine, environment: Environment, host: Host, nowhere: Trace) {
    this.#machine = machine;
    this.#environment = environment;
    this.#host = host;
    this.nowhere = nowhere;
  }

  traceAt(site: Site): Trace {
    // Most sites are traces already.
    return 'depth' in site ? (site as Trace) : written(site.file, site);
  }

  /** The prototype of a built-in class; its methods are made when they are first read. */
  prototype(kind: string): Obj {
    let found = this.#prototypes.get(kind);
    if (!found) {
      const parent = kind === 'Object' ? null : this.prototype(PARENTS[kind] ?? 'Object');
      found = this.#platform(this.#machine.heap.make('Object', parent));
      found.slots.table = PROTOTYPES.get(kind) ?? null;
      found.slots.constructorName = kind;
      this.#prototypes.set(kind, found);
    }
    return found;
  }

  /** What the platform made was there from the start, whatever path first asked for it. */
  #platform(obj: Obj): Obj {
    return { ...obj, birth: ALWAYS };
  }

  prototypeMember(kind: string, key: string): Val | null {
    const builtin = PROTOTYPES.get(kind)?.get(key);
    return builtin ? ref(this.functionFor(builtin), this.nowhere) : null;
  }

  functionFor(builtin: Builtin): Obj {
    let found = this.#functions.get(builtin);
    if (!found) {
      found = this.#machine.heap.make('Function', this.prototype('Function'));
      found.code = { kind: 'builtin', builtin };
      found.slots.name = builtin.name;
      this.#functions.set(builtin, found);
    }
    return found;
  }

  #keep(obj: Obj, key: string, value: Val): Val {
    obj.props.set(key, { value, enumerable: false, writable: true, configurable: true, place: null });
    return value;
  }

  lengthOf(items: Leaf): Val {
    if (items.kind !== 'items') throw new TypeError('an array without items');
    if (!items.rest) return prim(items.list.length, this.nowhere);
    return this.#machine.symbols.derive(
      '.length',
      [items.rest],
      { type: 'number', words: 'the length of an array' },
      items.rest.trace,
    );
  }

  makeError(name: string, message: string, site: Site): Ref {
    const obj = this.#machine.heap.make('Error', this.prototype(name));
    obj.slots.name = name;
    this.#machine.heap.define(obj, 'message', prim(message, this.traceAt(site)), { enumerable: false });
    return ref(obj, this.traceAt(site));
  }

  makeRegExp(source: string, flags: string, site: Site): Ref {
    const obj = this.#machine.heap.make('RegExp', this.prototype('RegExp'));
    obj.slots.pattern = { source, flags };
    this.#machine.heap.define(obj, 'lastIndex', prim(0, this.traceAt(site)), { enumerable: false });
    return ref(obj, this.traceAt(site));
  }

  /** The environment variable, as `process.env` has it. */
  readVariable(name: string, site: Site): Val {
    const { variables, others } = this.#environment;
    const trace = readOf(name, site.file, site);
    const known = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (known !== undefined) return prim(known === null ? undefined : known, trace);
    if (others === 'unset') return prim(undefined, trace);
    return this.#machine.symbols.variable(name, site.file, site);
  }

  /** What is assigned to `process.env.X` becomes a text. */
  environmentText(value: Val, site: Site): Val {
    return toText(this.#machine, value, site);
  }

  env(site: Site): Ref {
    if (!this.#env) {
      this.#env = this.#platform(this.#machine.heap.make('Env', this.prototype('Object')));
    }
    return ref(this.#env, this.traceAt(site));
  }

  get environment(): Environment {
    return this.#environment;
  }

  /** A global, or whatever a name means that nobody declared. */
  readGlobal(name: string, site: Site): Val {
    const own = this.#globals.get(name);
    if (own) return own;
    const definition = GLOBALS.get(name);
    if (!definition) {
      if (UNFOLLOWED.has(name)) return this.#unknownGlobal(name, site);
      return this.#machine.throwError('ReferenceError', `${name} is not defined`, site);
    }
    const made = this.#makeGlobal(name, definition, site);
    this.#globals.set(name, made);
    return made;
  }

  #unknownGlobal(name: string, site: Site): Val {
    return this.#machine.symbols.named(
      `global ${name}`,
      () => ({
        words: name,
        why: `depends on ${name}, which is known only when the program runs`,
        type: 'any',
        nullish: false,
      }),
      this.traceAt(site),
    );
  }

  #makeGlobal(name: string, definition: GlobalDefinition, site: Site): Val {
    if (name === 'process') return this.processObject(site);
    switch (definition.kind) {
      case 'value':
        return prim(definition.value, this.traceAt(site));
      case 'function':
        return ref(this.functionFor(definition.builtin), this.nowhere);
      default: {
        const obj = this.#platform(this.#machine.heap.make('Object', this.prototype('Object')));
        for (const [key, builtin] of definition.members)
          this.#keep(obj, key, ref(this.functionFor(builtin), this.nowhere));
        for (const [key, value] of Object.entries(definition.constants))
          this.#keep(obj, key, prim(value, this.nowhere));
        if (definition.isOpen) obj.rest = this.#unknownGlobal(name, site) as Sym;
        return ref(obj, this.nowhere);
      }
    }
  }

  /** `process`, from the global or from `node:process`. */
  processObject(site: Site): Ref {
    const known = this.#globals.get('process');
    if (known?.kind === 'ref') return known;
    const obj = this.#platform(this.#machine.heap.make('Object', this.prototype('Object')));
    this.#keep(obj, 'env', this.env(site));
    for (const [key, builtin] of PROTOTYPES.get('process') ?? [])
      this.#keep(obj, key, ref(this.functionFor(builtin), this.nowhere));
    obj.rest = this.#unknownGlobal('process', site) as Sym;
    const made = ref(obj, this.nowhere);
    this.#globals.set('process', made);
    return made;
  }

  writeGlobal(name: string, value: Val, _site: Site): void {
    const old = this.#globals.get(name);
    if (this.#machine.journal) {
      this.#machine.undo(this.prototype('Object'), () => {
        if (old) this.#globals.set(name, old);
        else this.#globals.delete(name);
      });
    }
    this.#globals.set(name, value);
  }

  isUndeclared(scope: Scope, name: string): boolean {
    return !findCell(scope, name) && !this.#globals.has(name) && !GLOBALS.has(name) && !UNFOLLOWED.has(name);
  }

  globalObject(site: Site): Val {
    return this.#unknownGlobal('globalThis', site);
  }

  hasProtoAccessor(obj: Obj): boolean {
    const root = this.prototype('Object');
    for (let at: Obj | null = obj; at; at = at.proto) if (at === root) return true;
    return false;
  }

  escape(value: Val, site: Site, why: string): void {
    escape(this.#machine, value, site, why);
  }

  /** A stand-in for a function, to find out what calling it may change. */
  standIn(code: Code): Obj {
    const obj = this.#machine.heap.make('Function', this.prototype('Function'));
    obj.code = code;
    return obj;
  }

  /** Own properties that are only made when asked for. */
  lazyOwn(obj: Obj, key: string): Val | null {
    return lazyOwn(this.#machine, obj, key);
  }

  spreadInto(target: Obj, source: Val, site: Site): void {
    spreadInto(this.#machine, target, source, site);
  }

  addUnknownKeys(target: Obj, source: Sym | null, site: Site): void {
    addUnknownKeys(this.#machine, target, source, site);
  }

  copyWithout(value: Val, taken: readonly Val[], site: Site): Val {
    return copyWithout(this.#machine, value, taken, site);
  }

  settledPromise(value: Val | null, rejected: Exit, site: Site): Val {
    return settledPromise(this.#machine, value, rejected, site);
  }

  promise(value: Val, rejected: boolean, site: Site): Ref {
    return promise(this.#machine, value, rejected, site);
  }

  awaited(leaf: Plain, site: Site): Val {
    return awaited(this.#machine, leaf, site);
  }

  require(specifier: Val, site: Site): Val {
    return this.#host.require(this.#machine, specifier, site);
  }

  /** The `require` of a CommonJS module. */
  requireFunction(): Ref {
    return ref(this.functionFor(REQUIRE), this.nowhere);
  }

  importDynamic(specifier: Val, site: Site): Val {
    return this.#host.importDynamic(this.#machine, specifier, site);
  }

  importMeta(site: Site): Val {
    return this.#host.importMeta(this.#machine, site);
  }

  assignExports(value: Val, scope: Scope): void {
    this.#host.assignExports(this.#machine, value, scope);
  }

  valuesOf(vals: readonly Val[]): readonly Value[] {
    return this.#host.valuesOf(this.#machine, vals);
  }

  taught(foreign: Foreign, args: readonly Value[], place: Place, site: Site): Taught | null {
    return this.#host.taught(this.#machine, foreign, args, place, site);
  }

  noteForeignCall(
    foreign: Foreign,
    args: readonly Value[],
    place: Place,
    result: Val,
    told: Value | null,
  ): void {
    this.#host.noteForeignCall(this.#machine, foreign, args, place, result, told);
  }

  /** A class that extends something unknown inherits what cannot be known. */
  unknownClass(parent: Val, site: Site): { constructor: Obj; prototype: Obj } {
    const { heap, symbols } = this.#machine;
    const base =
      parent.kind === 'sym'
        ? parent
        : symbols.fresh({ words: 'a class', why: 'extends a class that is not known' }, this.traceAt(site));
    const constructor = heap.make('Function', this.prototype('Function'));
    const prototype = heap.make('Object', this.prototype('Object'));
    constructor.rest = base;
    prototype.rest = base;
    constructor.code = { kind: 'builtin', builtin: unknownConstructor(base) };
    heap.define(constructor, 'prototype', ref(prototype, this.traceAt(site)), { enumerable: false });
    return { constructor, prototype };
  }

  /** The keys `for…in` visits: enumerable ones, inherited ones last. */
  eachInheritedKey(leaf: Plain, site: Site, use: (keys: readonly string[] | null) => Val): Val {
    if (leaf.kind === 'sym') return use(null);
    if (leaf.kind === 'prim') {
      return use(typeof leaf.value === 'string' ? [...Array(leaf.value.length).keys()].map(String) : []);
    }
    const next = (obj: Obj | null, found: readonly string[]): Val => {
      if (!obj || obj.slots.constructorName !== undefined) return use(found);
      return this.#machine.heap.eachKeys(obj, (keys) =>
        keys === null
          ? use(null)
          : next(obj.proto, [...found, ...keys.filter((key) => !found.includes(key))]),
      );
    };
    void site;
    return next(leaf.obj, []);
  }
}

const REQUIRE: Builtin = {
  name: 'require',
  length: 1,
  call: ({ machine, args, site }) =>
    machine.realm.require(args[0] ?? prim(undefined, machine.realm.traceAt(site)), site),
};

function unknownConstructor(base: Sym): Builtin {
  return {
    name: base.base.words,
    length: 0,
    call: ({ machine, site }) =>
      machine.throwError(
        'TypeError',
        `Class constructor ${base.base.words} cannot be invoked without 'new'`,
        site,
      ),
    construct: ({ machine, args, site }) => {
      for (const arg of args) machine.realm.escape(arg, site, `was given to ${base.base.words}`);
      const made = machine.heap.object(machine.realm.traceAt(site));
      made.obj.rest = base;
      return made;
    },
  };
}
