/** `Object.keys` and its like, `fromEntries`, `assign`. */
import type { Builtin, Call, Site } from '../machine/builtin.ts';
import { eachKey } from '../machine/convert.ts';
import { getMember, mayRefuse, setMember } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';

import { HOLE, prim } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { iterate } from '../syntax/iteration.ts';
import { argument, method, nothing } from './define.ts';

export function unknown(
  call: Call,
  leaf: Plain,
  words: string,
  type: 'array' | 'object' | 'any' | 'boolean' = 'any',
): Val {
  const { machine, site } = call;
  const from = leaf.kind === 'sym' ? leaf : leaf.kind === 'ref' ? machine.heap.uncertain(leaf.obj) : null;
  return machine.symbols.fresh(
    {
      words,
      why: from?.base.why ?? 'depends on an object that is not fully known',
      variables: from?.base.variables ?? [],
      type,
      nullish: type === 'any',
    },
    machine.realm.traceAt(site),
  );
}

/** Runs `use` with the enumerable own keys of what `Object.keys` and its like are given. */
export function eachOwnKey(
  call: Call,
  value: Val,
  words: string,
  use: (leaf: Plain, keys: readonly string[]) => Val,
  all = false,
): Val {
  const { machine, site } = call;
  return machine.eachPlain(value, (leaf) => {
    if (leaf.kind === 'sym') return unknown(call, leaf, words, 'array');
    if (leaf.kind === 'prim') {
      if (leaf.value === undefined || leaf.value === null)
        return machine.throwError('TypeError', 'Cannot convert undefined or null to object', site);
      const count = typeof leaf.value === 'string' ? leaf.value.length : 0;
      return use(
        leaf,
        Array.from({ length: count }, (_, index) => String(index)),
      );
    }
    return machine.heap.eachKeys(
      leaf.obj,
      (keys) => (keys === null ? unknown(call, leaf, words, 'array') : use(leaf, keys)),
      all,
    );
  });
}

export function listing(name: 'keys' | 'values' | 'entries'): Builtin {
  return method(name, 1, (call) => {
    const { machine, site } = call;
    const trace = machine.realm.traceAt(site);
    return eachOwnKey(call, argument(call, 0), `Object.${name}()`, (leaf, keys) => {
      const list: Val[] = [];
      for (const key of keys) {
        const text = prim(key, trace);
        if (name === 'keys') list.push(text);
        else {
          const value = getMember(machine, leaf, key, site);
          list.push(name === 'values' ? value : machine.heap.array([text, value], trace));
        }
      }
      return machine.heap.array(list, trace);
    });
  });
}

export const fromEntries = method('fromEntries', 1, (call) => {
  const { machine, site } = call;
  return iterate(machine, argument(call, 0), site, (items) => {
    const object = machine.heap.object(machine.realm.traceAt(site));
    if (items.rest) machine.realm.addUnknownKeys(object.obj, items.rest, site);
    for (const entry of items.list) {
      machine.eachPlain(entry, (leaf) => {
        if (leaf.kind === 'prim')
          return machine.throwError('TypeError', 'Iterator value is not an entry object', site);
        if (leaf.kind === 'sym') {
          machine.realm.addUnknownKeys(object.obj, leaf, site);
          return HOLE;
        }
        const key = getMember(machine, leaf, '0', site);
        const value = getMember(machine, leaf, '1', site);
        return eachKey(machine, key, site, (name) => {
          if (name === null) machine.realm.addUnknownKeys(object.obj, key.kind === 'sym' ? key : null, site);
          else
            machine.heap.define(object.obj, name, value, {
              place: value.kind === 'choice' ? null : 'trace' in value ? value.trace : null,
            });
          return HOLE;
        });
      });
    }
    return object;
  });
});

export const assign = method('assign', 2, (call) => {
  const { machine, args, site } = call;
  const [target = nothing(call), ...sources] = args;
  return machine.eachPlain(target, (leaf) => {
    if (leaf.kind === 'prim') {
      if (leaf.value === undefined || leaf.value === null)
        return machine.throwError('TypeError', 'Cannot convert undefined or null to object', site);
      return unknown(call, leaf, 'Object.assign()', 'object');
    }
    for (const source of sources) assignFrom(machine, leaf, source, site);
    return leaf;
  });
});

function assignFrom(machine: Machine, target: Plain, source: Val, site: Site): void {
  machine.eachPlain(source, (from) => {
    if (from.kind === 'prim' && typeof from.value !== 'string') return HOLE;
    if (target.kind === 'sym') {
      machine.realm.escape(from, site, 'was assigned to something unknown');
      return HOLE;
    }
    if (target.kind !== 'ref') return HOLE;
    if (target.obj.volatile && machine.guarded > 0) mayRefuse(machine, target.obj.volatile, 'a key', site);
    if (from.kind === 'sym') {
      machine.realm.spreadInto(target.obj, from, site);
      return HOLE;
    }
    const obj = from.kind === 'ref' ? from.obj : null;
    if (!obj || obj.cls === 'Env') {
      machine.realm.spreadInto(target.obj, from, site);
      return HOLE;
    }
    return machine.heap.eachKeys(obj, (keys) => {
      if (keys === null) {
        // Assigning this key would set the prototype.
        if (obj.props.has('__proto__')) machine.heap.havoc(target.obj, 'may have another prototype');
        machine.realm.spreadInto(target.obj, from, site);
        return HOLE;
      }
      for (const key of keys) {
        const value = getMember(machine, from, key, site);
        const place = obj.props.get(key)?.place;
        setMember(machine, target, key, value, site, true);
        const made = target.obj.props.get(key);
        if (made && place) {
          machine.heap.touch(target.obj);
          target.obj.props.set(key, { ...made, place });
        }
      }
      return HOLE;
    });
  });
}

export const getOwnPropertyNames = method('getOwnPropertyNames', 1, (call) =>
  eachOwnKey(
    call,
    argument(call, 0),
    'Object.getOwnPropertyNames()',
    (leaf, keys) => {
      const trace = call.machine.realm.traceAt(call.site);
      if (leaf.kind === 'ref' && leaf.obj.code) return unknown(call, leaf, 'the names', 'array');
      const extra = leaf.kind === 'ref' && leaf.obj.items ? ['length'] : [];
      const indices = keys.filter((key) => /^\d+$/.test(key));
      const others = keys.filter((key) => !/^\d+$/.test(key));
      return call.machine.heap.array(
        [...indices, ...extra, ...others].map((key) => prim(key, trace)),
        trace,
      );
    },
    true,
  ),
);
