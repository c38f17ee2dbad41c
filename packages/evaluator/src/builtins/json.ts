import { types } from 'node:util';
import type { Call, Site } from '../machine/builtin.ts';
import { toText } from '../machine/convert.ts';
import { getMember } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';
import type { Obj } from '../machine/objects.ts';
import { prim } from '../machine/values.ts';
import type { Plain, Primitive, Val } from '../machine/values.ts';
import { argument, method, table } from './define.ts';
import type { GlobalDefinition } from './define.ts';

/** Plain data as values of the program. */
export function fromPlain(machine: Machine, data: unknown, site: Site): Val {
  const trace = machine.realm.traceAt(site);
  machine.step();
  if (Array.isArray(data))
    return machine.heap.array(
      data.map((item) => fromPlain(machine, item, site)),
      trace,
    );
  if (typeof data !== 'object' || data === null) return prim(data as Primitive, trace);
  const object = machine.heap.object(trace);
  for (const [key, value] of Object.entries(data))
    machine.heap.define(object.obj, key, fromPlain(machine, value, site), { place: trace });
  return object;
}

const parse = method('parse', 2, (call) => {
  const { machine, site } = call;
  const trace = machine.realm.traceAt(site);
  return machine.eachPlain(toText(machine, argument(call, 0), site), (text) => {
    if (text.kind !== 'prim') {
      if (call.args[1]) machine.realm.escape(call.args[1], site, 'was given to JSON.parse()');
      return mayThrow(call, text, () =>
        machine.symbols.derive('JSON.parse', [text], { type: 'any', words: 'JSON.parse()' }, trace),
      );
    }
    if (call.args[1])
      return machine.symbols.fresh(
        { words: 'JSON.parse()', why: 'is parsed with a function, which is not followed' },
        trace,
      );
    machine.step(String(text.value).length >> 4);
    let data: unknown;
    try {
      data = JSON.parse(String(text.value));
    } catch (error) {
      return machine.throwError(
        'SyntaxError',
        types.isNativeError(error) ? error.message : 'Unexpected token',
        site,
      );
    }
    return fromPlain(machine, data, site);
  });
});

/** Text that is not known may be no JSON. */
function mayThrow(call: Call, text: Plain, work: () => Val): Val {
  const { machine, site } = call;
  if (text.kind !== 'sym') return work();
  const fails = machine.symbols.condition(
    `${text.base.words} is not JSON`,
    `${text.base.words} is JSON`,
    text.base.why,
    text.base.variables,
    text.trace,
  );
  return machine.branch(fails, () => machine.throwError('SyntaxError', 'is not JSON', site), work);
}

/** Thrown when a part is not known, so neither is the text. */
class NotKnown extends Error {
  readonly leaf: Plain | null;

  constructor(leaf: Plain | null) {
    super('not known');
    this.leaf = leaf;
  }
}

/** The value as plain data. @throws NotKnown if a part is not known. */
function toPlain(machine: Machine, val: Val, site: Site, seen: readonly Obj[], key: string): unknown {
  machine.step();
  if (val.kind === 'choice') throw new NotKnown(null);
  if (val.kind === 'prim') return val.value;
  if (val.kind !== 'ref') throw new NotKnown(val.kind === 'sym' ? val : null);
  const { obj } = val;
  if (obj.volatile || obj.rest || obj.unordered) throw new NotKnown(machine.heap.uncertain(obj));
  if (obj.code || obj.cls === 'Symbol') return undefined;
  if (
    obj.cls !== 'Object' &&
    obj.cls !== 'Array' &&
    obj.cls !== 'Error' &&
    obj.cls !== 'Namespace' &&
    obj.cls !== 'Map' &&
    obj.cls !== 'Set' &&
    obj.cls !== 'RegExp'
  )
    throw new NotKnown(null);
  const own = getMember(machine, val, 'toJSON', site);
  if (own.kind === 'choice' || own.kind === 'sym') throw new NotKnown(null);
  if (own.kind === 'ref' && own.obj.code) {
    const made = machine.call(own, val, [prim(key, machine.realm.traceAt(site))], site);
    return toPlainInner(machine, made, site, seen);
  }
  return toPlainInner(machine, val, site, seen);
}

function toPlainInner(machine: Machine, val: Val, site: Site, seen: readonly Obj[]): unknown {
  if (val.kind !== 'ref') return val.kind === 'prim' ? val.value : toPlain(machine, val, site, seen, '');
  const { obj } = val;
  if (seen.includes(obj))
    return machine.throwError('TypeError', 'Converting circular structure to JSON', site);
  const inside = [...seen, obj];
  if (obj.items) {
    if (obj.items.kind !== 'items' || obj.items.rest) throw new NotKnown(null);
    return obj.items.list.map((item, index) =>
      item.kind === 'hole' ? null : toPlain(machine, item, site, inside, String(index)),
    );
  }
  const plain: Record<string, unknown> = {};
  const { pc } = machine;
  machine.heap.eachKeys(obj, (keys) => {
    if (keys === null || machine.pc !== pc) throw new NotKnown(machine.heap.uncertain(obj));
    for (const key of keys) {
      const value = toPlain(machine, getMember(machine, val, key, site), site, inside, key);
      Object.defineProperty(plain, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return val;
  });
  return plain;
}

const stringify = method('stringify', 3, (call) => {
  const { machine, site } = call;
  const trace = machine.realm.traceAt(site);
  return machine.eachOf(
    [argument(call, 0), argument(call, 1), argument(call, 2)],
    ([value, replacer, space]) => {
      const unknown = (leaf: Plain | null): Val =>
        machine.symbols.fresh(
          {
            words: 'JSON.stringify()',
            why: leaf?.kind === 'sym' ? leaf.base.why : 'is made of something that is not fully known',
            variables: leaf?.kind === 'sym' ? leaf.base.variables : [],
            type: 'string',
            nullish: false,
          },
          trace,
        );
      const hasReplacer = replacer!.kind !== 'prim' || typeof replacer!.value === 'function';
      if (hasReplacer || space!.kind !== 'prim') {
        machine.realm.escape(replacer!, site, 'was given to JSON.stringify()');
        return unknown(null);
      }
      const before = machine.pc;
      try {
        const plain = machine.restoring(() => toPlain(machine, value!, site, [], ''));
        if (machine.pc !== before) return unknown(null);
        return prim(JSON.stringify(plain, null, space!.value as string | number | undefined), trace);
      } catch (error) {
        if (error instanceof NotKnown) return unknown(error.leaf);
        if (types.isNativeError(error) && error.name === 'TypeError')
          return machine.throwError('TypeError', error.message, site);
        throw error;
      }
    },
  );
});

export const JSON_OBJECT: GlobalDefinition = {
  kind: 'object',
  members: table([parse, stringify]),
  constants: {},
  isOpen: false,
};
