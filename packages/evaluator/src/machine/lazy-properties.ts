/** Properties that the platform's objects have, made when they are first asked for. */

import { CONSTRUCTORS } from '../builtins/index.ts';

import type { Builtin } from './builtin.ts';

import type { Machine } from './machine.ts';

import type { Code, Obj } from './objects.ts';

import { prim, ref } from './values.ts';
import type { Leaf, Plain, Val } from './values.ts';
import { PARENTS } from './error-classes.ts';

/** Own properties that are only made when asked for. */
export function lazyOwn(machine: Machine, obj: Obj, key: string): Val | null {
  if (obj.code) return ofFunction(machine, obj, obj.code, key);
  if (obj.cls === 'RegExp') return ofRegExp(machine, obj, key);
  if (obj.slots.entries && key === 'size') return prim(obj.slots.entries.size, machine.realm.nowhere);
  if (obj.slots.url) return ofUrl(machine, obj.slots.url, key);
  const { table, constructorName } = obj.slots;
  if (constructorName === undefined) return null;
  const builtin = table?.get(key);
  if (builtin) return keep(obj, key, ref(machine.realm.functionFor(builtin), machine.realm.nowhere));
  if (key === 'constructor') {
    const made = constructorOf(machine, constructorName);
    return made && keep(obj, key, made);
  }
  if (obj === machine.realm.prototype('Object') && key === '__proto__') return protoAccessor(machine);
  if (constructorName === 'Error' || PARENTS[constructorName] === 'Error') {
    if (key === 'name') return prim(constructorName, machine.realm.nowhere);
    if (key === 'message') return prim('', machine.realm.nowhere);
  }
  return null;
}

function constructorOf(machine: Machine, name: string): Val | null {
  const builtin = CONSTRUCTORS.get(name);
  return builtin ? ref(machine.realm.functionFor(builtin), machine.realm.nowhere) : null;
}

function protoAccessor(machine: Machine): Leaf {
  const get: Builtin = {
    name: 'get __proto__',
    length: 0,
    call: ({ machine, self, site }) =>
      machine.eachPlain(self, (leaf) => {
        const proto = leaf.kind === 'ref' ? leaf.obj.proto : prototypeOf(machine, leaf);
        return proto
          ? ref(proto, machine.realm.traceAt(site))
          : prim(leaf.kind === 'ref' ? null : undefined, machine.realm.traceAt(site));
      }),
  };
  return { kind: 'accessor', get: ref(machine.realm.functionFor(get), machine.realm.nowhere), set: null };
}

function prototypeOf(machine: Machine, leaf: Plain): Obj | null {
  if (leaf.kind !== 'prim') return null;
  const kinds: Record<string, string> = {
    string: 'String',
    number: 'Number',
    boolean: 'Boolean',
    bigint: 'BigInt',
  };
  const kind = kinds[typeof leaf.value];
  return kind === undefined ? null : machine.realm.prototype(kind);
}

function ofRegExp(machine: Machine, obj: Obj, key: string): Val | null {
  const { pattern } = obj.slots;
  if (!pattern) return null;
  if (key === 'source') return prim(pattern.source, machine.realm.nowhere);
  if (key === 'flags') return prim(pattern.flags, machine.realm.nowhere);
  const flags: Record<string, string> = {
    global: 'g',
    ignoreCase: 'i',
    multiline: 'm',
    sticky: 'y',
    unicode: 'u',
    dotAll: 's',
  };
  return Object.hasOwn(flags, key) ? prim(pattern.flags.includes(flags[key]!), machine.realm.nowhere) : null;
}

function ofUrl(machine: Machine, url: URL, key: string): Val | null {
  if (key === 'searchParams') {
    const search = machine.heap.make('URLSearchParams', machine.realm.prototype('URLSearchParams'));
    search.slots.search = url.searchParams;
    return ref(search, machine.realm.nowhere);
  }
  return URL_PARTS.has(key) ? prim(url[key as 'href'], machine.realm.nowhere) : null;
}

function ofFunction(machine: Machine, obj: Obj, code: Code, key: string): Val | null {
  if (code.kind === 'builtin') {
    const { builtin } = code;
    const own = builtin.statics?.get(key);
    if (own) return keep(obj, key, ref(machine.realm.functionFor(own), machine.realm.nowhere));
    if (key === 'prototype' && builtin.prototype)
      return ref(machine.realm.prototype(builtin.prototype), machine.realm.nowhere);
    if (builtin.symbols?.includes(key)) return symbol(machine, key);
    const constant =
      builtin.constants && Object.hasOwn(builtin.constants, key) ? builtin.constants[key] : undefined;
    if (constant !== undefined) return prim(constant, machine.realm.nowhere);
  }
  if (key === 'name') return prim(obj.slots.name ?? '', machine.realm.nowhere);
  if (key === 'length') return prim(lengthOfFunction(code), machine.realm.nowhere);
  if (key === 'prototype' && code.kind === 'closure' && !code.of && hasPrototype(code)) {
    const made = machine.heap.make('Object', machine.realm.prototype('Object'));
    machine.heap.define(made, 'constructor', ref(obj, machine.realm.nowhere), { enumerable: false });
    return keep(obj, key, ref(made, machine.realm.nowhere));
  }
  return null;
}

function symbol(machine: Machine, name: string): Val {
  const made = machine.heap.make('Symbol', null);
  made.slots.name = `\0@@${name}`;
  made.frozen = true;
  return ref(made, machine.realm.nowhere);
}

function keep(obj: Obj, key: string, value: Val): Val {
  obj.props.set(key, { value, enumerable: false, writable: true, configurable: true, place: null });
  return value;
}

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
