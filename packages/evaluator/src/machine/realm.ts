/** What the platform gives a program: prototypes, globals, errors, the environment, and the way to the outside. */
import type { Foreign, Place, Value } from '@bulwark/model';
import { ALWAYS, NEVER } from '../conditions/conditions.ts';
import { CONSTRUCTORS, GLOBALS, PROTOTYPES } from '../builtins/index.ts';
import type { GlobalDefinition } from '../builtins/define.ts';
import { readOf, written } from '../source/trace.ts';
import type { Trace } from '../source/trace.ts';
import type { Builtin, Site } from './builtin.ts';
import { eachKey, toText } from './convert.ts';
import { escape } from './escape.ts';
import type { Machine } from './machine.ts';
import { getMember, lookUp } from './members.ts';
import type { Code, Obj } from './objects.ts';
import { findCell } from './scope.ts';
import type { Exit, Scope } from './scope.ts';
import { HOLE, prim, ref } from './values.ts';
import type { Items, Leaf, Plain, Ref, Sym, Val } from './values.ts';

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
    return written(site.file, site);
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

  /** Own properties that are only made when asked for. */
  lazyOwn(obj: Obj, key: string): Val | null {
    if (obj.code) return this.#ofFunction(obj, obj.code, key);
    if (obj.cls === 'RegExp') return this.#ofRegExp(obj, key);
    if (obj.slots.entries && key === 'size') return prim(obj.slots.entries.size, this.nowhere);
    if (obj.slots.url) return this.#ofUrl(obj.slots.url, key);
    const { table, constructorName } = obj.slots;
    if (constructorName === undefined) return null;
    const builtin = table?.get(key);
    if (builtin) return this.#keep(obj, key, ref(this.functionFor(builtin), this.nowhere));
    if (key === 'constructor') {
      const made = this.#constructorOf(constructorName);
      return made && this.#keep(obj, key, made);
    }
    if (obj === this.prototype('Object') && key === '__proto__') return this.#protoAccessor();
    if (constructorName === 'Error' || PARENTS[constructorName] === 'Error') {
      if (key === 'name') return prim(constructorName, this.nowhere);
      if (key === 'message') return prim('', this.nowhere);
    }
    return null;
  }

  #keep(obj: Obj, key: string, value: Val): Val {
    obj.props.set(key, { value, enumerable: false, writable: true, configurable: true, place: null });
    return value;
  }

  #constructorOf(name: string): Val | null {
    const builtin = CONSTRUCTORS.get(name);
    return builtin ? ref(this.functionFor(builtin), this.nowhere) : null;
  }

  #protoAccessor(): Leaf {
    const get: Builtin = {
      name: 'get __proto__',
      length: 0,
      call: ({ machine, self, site }) =>
        machine.eachPlain(self, (leaf) => {
          const proto = leaf.kind === 'ref' ? leaf.obj.proto : this.#prototypeOf(leaf);
          return proto
            ? ref(proto, this.traceAt(site))
            : prim(leaf.kind === 'ref' ? null : undefined, this.traceAt(site));
        }),
    };
    return { kind: 'accessor', get: ref(this.functionFor(get), this.nowhere), set: null };
  }

  #prototypeOf(leaf: Plain): Obj | null {
    if (leaf.kind !== 'prim') return null;
    const kinds: Record<string, string> = {
      string: 'String',
      number: 'Number',
      boolean: 'Boolean',
      bigint: 'BigInt',
    };
    const kind = kinds[typeof leaf.value];
    return kind === undefined ? null : this.prototype(kind);
  }

  #ofRegExp(obj: Obj, key: string): Val | null {
    const { pattern } = obj.slots;
    if (!pattern) return null;
    if (key === 'source') return prim(pattern.source, this.nowhere);
    if (key === 'flags') return prim(pattern.flags, this.nowhere);
    const flags: Record<string, string> = {
      global: 'g',
      ignoreCase: 'i',
      multiline: 'm',
      sticky: 'y',
      unicode: 'u',
      dotAll: 's',
    };
    return Object.hasOwn(flags, key) ? prim(pattern.flags.includes(flags[key]!), this.nowhere) : null;
  }

  #ofUrl(url: URL, key: string): Val | null {
    if (key === 'searchParams') {
      const search = this.#machine.heap.make('URLSearchParams', this.prototype('URLSearchParams'));
      search.slots.search = url.searchParams;
      return ref(search, this.nowhere);
    }
    return URL_PARTS.has(key) ? prim(url[key as 'href'], this.nowhere) : null;
  }

  #ofFunction(obj: Obj, code: Code, key: string): Val | null {
    if (code.kind === 'builtin') {
      const { builtin } = code;
      const own = builtin.statics?.get(key);
      if (own) return this.#keep(obj, key, ref(this.functionFor(own), this.nowhere));
      if (key === 'prototype' && builtin.prototype)
        return ref(this.prototype(builtin.prototype), this.nowhere);
      if (builtin.symbols?.includes(key)) return this.#symbol(key);
      const constant =
        builtin.constants && Object.hasOwn(builtin.constants, key) ? builtin.constants[key] : undefined;
      if (constant !== undefined) return prim(constant, this.nowhere);
    }
    if (key === 'name') return prim(obj.slots.name ?? '', this.nowhere);
    if (key === 'length') return prim(lengthOfFunction(code), this.nowhere);
    if (key === 'prototype' && code.kind === 'closure' && !code.of && hasPrototype(code)) {
      const made = this.#machine.heap.make('Object', this.prototype('Object'));
      this.#machine.heap.define(made, 'constructor', ref(obj, this.nowhere), { enumerable: false });
      return this.#keep(obj, key, ref(made, this.nowhere));
    }
    return null;
  }

  #symbol(name: string): Val {
    const made = this.#machine.heap.make('Symbol', null);
    made.slots.name = `\0@@${name}`;
    made.frozen = true;
    return ref(made, this.nowhere);
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

  /** What spreading a value into an object literal does. */
  spreadInto(target: Obj, source: Val, site: Site): void {
    const machine = this.#machine;
    machine.eachPlain(source, (leaf) => {
      this.#spreadLeaf(target, leaf, site);
      return HOLE;
    });
  }

  #spreadLeaf(target: Obj, leaf: Plain, site: Site): void {
    const machine = this.#machine;
    if (leaf.kind === 'prim') {
      if (typeof leaf.value === 'string') {
        for (const [index, unit] of [...Array(leaf.value.length).keys()].entries())
          machine.heap.define(target, String(index), prim(leaf.value[unit], leaf.trace));
      }
      return;
    }
    if (leaf.kind === 'sym') {
      // Nothing falsy has keys.
      const { conditions, symbols, pc } = machine;
      if (conditions.implies(pc, conditions.not(symbols.truthy(leaf)))) return;
      if (leaf.base.type === 'boolean' || leaf.base.type === 'number' || leaf.base.type === 'function')
        return;
      this.addUnknownKeys(target, leaf, site);
      return;
    }
    const { obj } = leaf;
    if (obj.cls === 'Env') {
      this.#spreadEnvironment(target, obj, site);
      return;
    }
    machine.heap.eachKeys(obj, (keys) => {
      if (keys === null) {
        this.#spreadPartly(target, leaf, site);
        return HOLE;
      }
      for (const key of keys) {
        const value = getMember(machine, leaf, key, site);
        machine.heap.define(target, key, value, { place: obj.props.get(key)?.place ?? null });
      }
      return HOLE;
    });
  }

  /** Of an object with unknown keys, those that are known for sure are still copied. */
  #spreadPartly(target: Obj, leaf: Ref, site: Site): void {
    const machine = this.#machine;
    const { obj } = leaf;
    const unknown = machine.heap.uncertain(obj);
    if (unknown) this.addUnknownKeys(target, unknown, site);
    else machine.heap.set(target, 'unordered', true);
    if (obj.volatile) return;
    for (const [key, prop] of obj.props) {
      if (!prop.enumerable || key.startsWith('\0')) continue;
      machine.each(prop.value, (one) => {
        // Where the object does not have the key, what is unknown of it may.
        if (one.kind !== 'hole')
          machine.heap.define(target, key, getMember(machine, leaf, key, site), { place: prop.place });
        return HOLE;
      });
    }
  }

  #spreadEnvironment(target: Obj, env: Obj, site: Site): void {
    const { variables, others } = this.#environment;
    const { heap, symbols } = this.#machine;
    if (others === 'unknown') {
      const rest = symbols.named(
        'environment',
        () => ({ words: 'process.env', why: 'depends on the environment', type: 'any', nullish: false }),
        this.traceAt(site),
      );
      this.addUnknownKeys(target, rest, site);
    }
    for (const [name, value] of Object.entries(variables)) {
      if (value !== null) heap.define(target, name, prim(value, readOf(name, site.file, site)));
      else if (others === 'unknown')
        heap.havoc(target, 'is made of the environment, where some variables are unset');
    }
    for (const [name, prop] of env.props) heap.define(target, name, prop.value);
    heap.set(target, 'unordered', true);
  }

  /** Keys that cannot be listed were added: what was there before may be overwritten. */
  addUnknownKeys(target: Obj, source: Sym | null, site: Site): void {
    const { heap, symbols } = this.#machine;
    const rest =
      source ?? symbols.fresh({ words: 'an object', why: 'has a key that is not known' }, this.traceAt(site));
    for (const [key, prop] of target.props) {
      if (prop.value.kind === 'hole' || key.startsWith('\0')) continue;
      const unsure = symbols.fresh(
        {
          words: key,
          why: `may be overwritten by what is spread in after it: ${rest.base.why}`,
          variables: rest.base.variables,
        },
        this.traceAt(site),
      );
      // Where it is absent, what is spread in is asked when it is read.
      const value = this.#machine.each(prop.value, (leaf) => (leaf.kind === 'hole' ? HOLE : unsure));
      heap.assign(target, key, value, prop.place);
    }
    heap.set(
      target,
      'rest',
      target.rest
        ? symbols.fresh(
            { words: 'an object', why: rest.base.why, variables: rest.base.variables },
            rest.trace,
          )
        : rest,
    );
  }

  /** A copy without some keys, as `{ a, ...rest }` makes it. */
  copyWithout(value: Val, taken: readonly Val[], site: Site): Val {
    const machine = this.#machine;
    const copy = machine.heap.object(this.traceAt(site));
    this.spreadInto(copy.obj, value, site);
    for (const key of taken) {
      eachKey(machine, key, site, (name) => {
        if (name === null) machine.heap.havoc(copy.obj, 'lost a key that is not known');
        else if (copy.obj.rest) {
          machine.heap.havoc(copy.obj, copy.obj.rest.base.why, copy.obj.rest.base.variables);
        } else machine.heap.remove(copy.obj, name);
        return HOLE;
      });
    }
    return copy;
  }

  /** A stand-in for a function, to find out what calling it may change. */
  standIn(code: Code): Obj {
    const obj = this.#machine.heap.make('Function', this.prototype('Function'));
    obj.code = code;
    return obj;
  }

  /** The promise an async function gives, from what it returned and what it threw. */
  settledPromise(value: Val | null, rejected: Exit, site: Site): Val {
    const { conditions } = this.#machine;
    const records = rejected.records.filter(({ pc }) => pc !== NEVER);
    let result: Val | null = this.#machine.isAlive && value ? this.promise(value, false, site) : null;
    for (const { pc, value: thrown } of records) {
      const outer = this.#machine.pc;
      this.#machine.pc = pc;
      const made = this.promise(thrown!, true, site);
      result = result === null ? made : conditions.choose(pc, made, result);
      this.#machine.pc = conditions.or(outer, pc);
    }
    return result ?? this.#machine.leave();
  }

  promise(value: Val, rejected: boolean, site: Site): Ref {
    const obj = this.#machine.heap.make('Promise', this.prototype('Promise'));
    obj.slots.settled = { value, rejected };
    return ref(obj, this.traceAt(site));
  }

  /** What `await` gives. */
  awaited(leaf: Plain, site: Site): Val {
    const machine = this.#machine;
    if (leaf.kind === 'prim') return leaf;
    if (leaf.kind === 'sym') {
      if (leaf.base.type !== 'any') return leaf;
      return machine.symbols.step(leaf, null, 'await', `await ${leaf.base.words}`, this.traceAt(site), true);
    }
    const { settled } = leaf.obj.slots;
    if (settled) {
      if (settled.rejected) return machine.throwValue(settled.value, this.traceAt(site));
      return machine.eachPlain(settled.value, (inner) =>
        inner === leaf ? inner : this.awaited(inner, site),
      );
    }
    if (leaf.obj.volatile || leaf.obj.rest)
      return machine.symbols.fresh(
        { words: 'the result', why: 'comes from an object that is not fully known' },
        this.traceAt(site),
      );
    const then = lookUp(machine, leaf.obj, 'then', leaf, site);
    return machine.eachPlain(then, (method) => {
      if (method.kind === 'prim' || (method.kind === 'ref' && !method.obj.code)) return leaf;
      return machine.symbols.fresh(
        { words: 'the result', why: 'comes from a promise that is not followed' },
        this.traceAt(site),
      );
    });
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

  itemsOf(obj: Obj): Items | null {
    return obj.items?.kind === 'items' ? obj.items : null;
  }
}

const REQUIRE: Builtin = {
  name: 'require',
  length: 1,
  call: ({ machine, args, site }) =>
    machine.realm.require(args[0] ?? prim(undefined, machine.realm.traceAt(site)), site),
};

const URL_PARTS: ReadonlySet<string> = new Set([
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
]);

const PARENTS: Readonly<Record<string, string>> = {
  TypeError: 'Error',
  RangeError: 'Error',
  SyntaxError: 'Error',
  ReferenceError: 'Error',
  EvalError: 'Error',
  URIError: 'Error',
  DataCloneError: 'Error',
};

/** Globals that are there in Node but depend on the run, or are not followed. */
const UNFOLLOWED: ReadonlySet<string> = new Set([
  'AbortController',
  'AbortSignal',
  'Atomics',
  'Blob',
  'Buffer',
  'DataView',
  'Event',
  'EventTarget',
  'FinalizationRegistry',
  'FormData',
  'Headers',
  'Intl',
  'MessageChannel',
  'Proxy',
  'Request',
  'Response',
  'SharedArrayBuffer',
  'TextDecoder',
  'TextEncoder',
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Uint8ClampedArray',
  'ArrayBuffer',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  'WebAssembly',
  'WebSocket',
  '__dirname',
  '__filename',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'crypto',
  'eval',
  'fetch',
  'global',
  'globalThis',
  'navigator',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'Iterator',
  'AggregateError',
  'escape',
  'unescape',
  'Deno',
  'Bun',
]);

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

function lengthOfFunction(code: Code): number {
  switch (code.kind) {
    case 'builtin':
      return code.builtin.length;
    case 'bound': {
      const target = code.target.kind === 'ref' ? code.target.obj.code : null;
      return Math.max(0, (target ? lengthOfFunction(target) : 0) - code.args.length);
    }
    default: {
      if (code.node.type === 'ConstructorStub') return 0;
      const { params } = code.node;
      const first = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
      return first === -1 ? params.length : first;
    }
  }
}

function hasPrototype(code: Extract<Code, { kind: 'closure' }>): boolean {
  const { node } = code;
  return (
    !code.isArrow &&
    code.home === null &&
    node.type !== 'ConstructorStub' &&
    node.type !== 'ArrowFunctionExpression' &&
    !node.async
  );
}
