import type { Builtin, Call, Site } from '../machine/builtin.ts';
import { eachKey } from '../machine/convert.ts';
import { getMember, lookUp, setMember } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';
import type { Obj, Prop } from '../machine/objects.ts';
import { HOLE, prim, ref } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { iterate } from '../syntax/iteration.ts';
import { truth } from '../syntax/operators.ts';
import { argument, method, nothing, table } from './define.ts';

function unknown(
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
function eachOwnKey(
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

function listing(name: 'keys' | 'values' | 'entries'): Builtin {
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

const fromEntries = method('fromEntries', 1, (call) => {
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

const assign = method('assign', 2, (call) => {
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

/** `Object.freeze` and its like; what the path decides is left open. */
function closing(name: 'freeze' | 'seal' | 'preventExtensions'): Builtin {
  return method(name, 1, (call) =>
    call.machine.eachPlain(argument(call, 0), (leaf) => {
      if (leaf.kind !== 'ref') return leaf;
      const { obj } = leaf;
      const { heap, conditions, pc } = call.machine;
      if (name === 'freeze' && obj.slots.namespace && obj.slots.namespace.names().length > 0)
        return call.machine.throwError('TypeError', 'Cannot redefine property', call.site);
      if (obj.cls === 'Env') return call.machine.throwError('TypeError', 'Cannot freeze', call.site);
      if (!conditions.implies(obj.birth, pc)) {
        heap.havoc(obj, 'is frozen under a condition');
        return leaf;
      }
      heap.set(obj, 'extensible', false);
      if (name === 'preventExtensions') return leaf;
      if (name === 'freeze') heap.set(obj, 'frozen', true);
      for (const [key, prop] of obj.props) {
        const closed: Prop = {
          ...prop,
          configurable: false,
          writable: name === 'freeze' ? false : prop.writable,
        };
        if (call.machine.journal) call.machine.undo(obj, () => void obj.props.set(key, prop));
        heap.touch(obj);
        obj.props.set(key, closed);
      }
      return leaf;
    }),
  );
}

function asking(name: 'isFrozen' | 'isSealed' | 'isExtensible'): Builtin {
  return method(name, 1, (call) =>
    call.machine.eachPlain(argument(call, 0), (leaf) => {
      const trace = call.machine.realm.traceAt(call.site);
      if (leaf.kind === 'prim') return prim(name !== 'isExtensible', trace);
      if (leaf.kind === 'sym' || leaf.obj.volatile) return unknown(call, leaf, `Object.${name}()`, 'boolean');
      const { obj } = leaf;
      if (name === 'isExtensible') return prim(obj.extensible, trace);
      if (obj.extensible) return prim(false, trace);
      if (obj.slots.namespace)
        return prim(name === 'isSealed' || obj.slots.namespace.names().length === 0, trace);
      if (obj.items && !obj.frozen) return unknown(call, leaf, `Object.${name}()`, 'boolean');
      const props = [...obj.props.values()].filter(({ value }) => value.kind !== 'hole');
      const isClosed = props.every(
        ({ configurable, writable, value }) =>
          !configurable && (name === 'isSealed' || !writable || value.kind === 'accessor'),
      );
      return prim(isClosed, trace);
    }),
  );
}

const is = method('is', 2, (call) =>
  call.machine.eachOf([argument(call, 0), argument(call, 1)], ([a, b]) => {
    const trace = call.machine.realm.traceAt(call.site);
    if (a!.kind === 'sym' || b!.kind === 'sym')
      return unknown(call, a!.kind === 'sym' ? a! : b!, 'Object.is()', 'boolean');
    if (a!.kind === 'ref' || b!.kind === 'ref')
      return prim(a!.kind === 'ref' && b!.kind === 'ref' && a!.obj === b!.obj, trace);
    return prim(Object.is(a!.value, b!.value), trace);
  }),
);

function hasOwn(call: Call, self: Val, key: Val): Val {
  const { machine, site } = call;
  return machine.eachPlain(self, (leaf) =>
    eachKey(machine, key, site, (name) => {
      if (leaf.kind === 'sym' || name === null) return unknown(call, leaf, 'hasOwn()', 'boolean');
      if (leaf.kind === 'prim') {
        if (leaf.value === undefined || leaf.value === null)
          return machine.throwError('TypeError', 'Cannot convert undefined or null to object', site);
        const isUnit =
          typeof leaf.value === 'string' &&
          (name === 'length' || (/^(?:0|[1-9]\d*)$/.test(name) && Number(name) < leaf.value.length));
        return prim(isUnit, machine.realm.traceAt(site));
      }
      if (leaf.obj.volatile || leaf.obj.rest || leaf.obj.cls === 'Env') {
        const isThere = !leaf.obj.volatile && leaf.obj.props.get(name)?.value.kind === 'prim';
        return isThere
          ? prim(true, machine.realm.traceAt(site))
          : unknown(call, leaf, `${name} in an object`, 'boolean');
      }
      return truth(machine, machine.heap.hasOwn(leaf.obj, name), false, site);
    }),
  );
}

const create = method('create', 2, (call) => {
  const { machine, site } = call;
  return machine.eachPlain(argument(call, 0), (proto) => {
    if (proto.kind === 'sym') return unknown(call, proto, 'Object.create()', 'object');
    if (proto.kind === 'prim' && proto.value !== null)
      return machine.throwError('TypeError', 'Object prototype may only be an Object or null', site);
    const made = ref(
      machine.heap.make('Object', proto.kind === 'ref' ? proto.obj : null),
      machine.realm.traceAt(site),
    );
    const props = call.args[1];
    if (props) defineAll(call, made.obj, props);
    return made;
  });
});

function defineAll(call: Call, obj: Obj, props: Val): void {
  const { machine, site } = call;
  machine.eachPlain(props, (leaf) => {
    if (leaf.kind === 'sym') machine.heap.havoc(obj, 'has properties that are not known');
    if (leaf.kind !== 'ref') return HOLE;
    return machine.heap.eachKeys(leaf.obj, (keys) => {
      if (keys === null) machine.heap.havoc(obj, 'has properties that are not known');
      for (const key of keys ?? []) defineFrom(call, obj, key, getMember(machine, leaf, key, site));
      return HOLE;
    });
  });
}

function defineFrom(call: Call, obj: Obj, key: string, descriptor: Val): void {
  const { machine, site } = call;
  const at = (leaf: Plain, name: string): Val =>
    lookUp(machine, (leaf as Extract<Plain, { kind: 'ref' }>).obj, name, leaf, site);
  machine.eachPlain(descriptor, (leaf) => {
    if (leaf.kind === 'prim')
      return machine.throwError('TypeError', 'Property description must be an object', site);
    if (leaf.kind === 'sym' || leaf.obj.volatile || leaf.obj.rest) {
      machine.heap.havoc(obj, 'has a property that is not known');
      return HOLE;
    }
    const old = obj.props.get(key);
    const isThere = old !== undefined && old.value.kind !== 'hole';
    if (isThere ? !old.configurable : !obj.extensible)
      return machine.throwError('TypeError', `Cannot redefine property: ${key}`, site);
    const flags = flagsOf(call, leaf, isThere ? old : undefined);
    if (!flags) {
      machine.heap.havoc(obj, 'has a property whose attributes are not known');
      return HOLE;
    }
    const isAccessor = leaf.obj.props.has('get') || leaf.obj.props.has('set');
    const half = (name: 'get' | 'set'): Val | null => {
      const fn = leaf.obj.props.has(name) ? at(leaf, name) : null;
      return fn && !(fn.kind === 'prim') ? fn : null;
    };
    const value: Val = isAccessor
      ? { kind: 'accessor', get: half('get'), set: half('set') }
      : leaf.obj.props.has('value')
        ? at(leaf, 'value')
        : (old?.value ?? prim(undefined, machine.realm.traceAt(site)));
    machine.heap.define(obj, key, value, { ...flags, place: machine.realm.traceAt(site) });
    return HOLE;
  });
}

function flagsOf(
  call: Call,
  leaf: Extract<Plain, { kind: 'ref' }>,
  old: Prop | undefined,
): Omit<Prop, 'value' | 'place'> | null {
  const flags = {
    enumerable: old?.enumerable ?? false,
    writable: old?.writable ?? false,
    configurable: old?.configurable ?? false,
  };
  for (const name of ['enumerable', 'writable', 'configurable'] as const) {
    if (!leaf.obj.props.has(name)) continue;
    const flag = lookUp(call.machine, leaf.obj, name, leaf, call.site);
    if (flag.kind === 'choice' || flag.kind === 'sym') return null;
    flags[name] = flag.kind === 'ref' || (flag.kind === 'prim' && Boolean(flag.value));
  }
  return flags;
}

const defineProperty = method('defineProperty', 3, (call) =>
  call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind === 'prim')
      return call.machine.throwError('TypeError', 'Object.defineProperty called on non-object', call.site);
    if (leaf.kind === 'sym') return leaf;
    return eachKey(call.machine, argument(call, 1), call.site, (key) => {
      if (key === null) call.machine.heap.havoc(leaf.obj, 'has a key that is not known');
      else defineFrom(call, leaf.obj, key, argument(call, 2));
      return leaf;
    });
  }),
);

const defineProperties = method('defineProperties', 2, (call) =>
  call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind === 'ref') defineAll(call, leaf.obj, argument(call, 1));
    return leaf;
  }),
);

const getPrototypeOf = method('getPrototypeOf', 1, (call) =>
  call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind !== 'ref') return unknown(call, leaf, 'Object.getPrototypeOf()');
    const trace = call.machine.realm.traceAt(call.site);
    return leaf.obj.proto ? ref(leaf.obj.proto, trace) : prim(null, trace);
  }),
);

const setPrototypeOf = method('setPrototypeOf', 2, (call) =>
  call.machine.eachOf([argument(call, 0), argument(call, 1)], ([leaf, proto]) => {
    if (leaf!.kind !== 'ref') return leaf!;
    if (proto!.kind === 'ref') call.machine.heap.set(leaf!.obj, 'proto', proto!.obj);
    else if (proto!.kind === 'prim') call.machine.heap.set(leaf!.obj, 'proto', null);
    else call.machine.heap.havoc(leaf!.obj, 'has a prototype that is not known');
    return leaf!;
  }),
);

const getOwnPropertyNames = method('getOwnPropertyNames', 1, (call) =>
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

export const OBJECT: Builtin = {
  name: 'Object',
  length: 1,
  call: (call) => toObject(call),
  construct: (call) => toObject(call),
  prototype: 'Object',
  statics: table([
    listing('keys'),
    listing('values'),
    listing('entries'),
    fromEntries,
    assign,
    closing('freeze'),
    closing('seal'),
    closing('preventExtensions'),
    asking('isFrozen'),
    asking('isSealed'),
    asking('isExtensible'),
    is,
    method('hasOwn', 2, (call) => hasOwn(call, argument(call, 0), argument(call, 1))),
    create,
    defineProperty,
    defineProperties,
    getPrototypeOf,
    setPrototypeOf,
    getOwnPropertyNames,
  ]),
};

function toObject(call: Call): Val {
  return call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind === 'ref') return leaf;
    if (leaf.kind === 'prim' && (leaf.value === undefined || leaf.value === null))
      return call.machine.heap.object(call.machine.realm.traceAt(call.site));
    return unknown(call, leaf, 'Object()', 'object');
  });
}

const TAGS: Readonly<Record<string, string>> = {
  Array: 'Array',
  Function: 'Function',
  RegExp: 'RegExp',
  Error: 'Error',
  Date: 'Date',
};

export const OBJECT_PROTOTYPE = table([
  method('hasOwnProperty', 1, (call) => hasOwn(call, call.self, argument(call, 0))),
  method('isPrototypeOf', 1, (call) =>
    call.machine.eachOf([call.self, argument(call, 0)], ([self, other]) => {
      let isFound = false;
      if (self!.kind === 'ref' && other!.kind === 'ref')
        for (let at = other!.obj.proto; at; at = at.proto) isFound ||= at === self!.obj;
      return prim(isFound, call.machine.realm.traceAt(call.site));
    }),
  ),
  method('propertyIsEnumerable', 1, (call) => hasOwn(call, call.self, argument(call, 0))),
  method('toString', 0, (call) =>
    call.machine.eachPlain(call.self, (leaf) => {
      if (leaf.kind === 'sym') return unknown(call, leaf, 'toString()');
      const names: Record<string, string> = {
        string: 'String',
        number: 'Number',
        boolean: 'Boolean',
        undefined: 'Undefined',
        object: 'Null',
        bigint: 'BigInt',
      };
      const name =
        leaf.kind === 'prim'
          ? names[typeof leaf.value]!
          : (TAGS[leaf.obj.cls] ??
            (leaf.obj.cls === 'Object' || leaf.obj.cls === 'Env' ? 'Object' : leaf.obj.cls));
      return prim(`[object ${name}]`, call.machine.realm.traceAt(call.site));
    }),
  ),
  method('toLocaleString', 0, (call) => unknown(call, call.self as Plain, 'toLocaleString()')),
  method('valueOf', 0, (call) => call.self),
]);

const ownKeys = method('ownKeys', 1, (call) => getOwnPropertyNames.call(call));

export const REFLECT = {
  kind: 'object' as const,
  members: table([
    ownKeys,
    method('has', 2, (call) => hasIn(call)),
    method('get', 2, (call) =>
      call.machine.eachPlain(argument(call, 0), (leaf) =>
        eachKey(call.machine, argument(call, 1), call.site, (key) =>
          key === null ? unknown(call, leaf, 'Reflect.get()') : getMember(call.machine, leaf, key, call.site),
        ),
      ),
    ),
    getPrototypeOf,
  ]),
  constants: {},
  isOpen: true,
};

function hasIn(call: Call): Val {
  return call.machine.eachPlain(argument(call, 0), (leaf) =>
    eachKey(call.machine, argument(call, 1), call.site, (key) => {
      if (leaf.kind !== 'ref' || key === null) return unknown(call, leaf, 'Reflect.has()', 'boolean');
      let obj: Obj | null = leaf.obj;
      let cond = call.machine.heap.hasOwn(obj, key);
      for (; obj; obj = obj.proto) {
        if (obj.volatile || obj.rest || obj.cls === 'Env')
          return unknown(call, leaf, 'Reflect.has()', 'boolean');
        cond = call.machine.conditions.or(cond, call.machine.heap.hasOwn(obj, key));
      }
      return truth(call.machine, cond, false, call.site);
    }),
  );
}
