/** What `Object` says and sets of attributes, extensibility and prototypes. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { eachKey } from '../machine/convert.ts';
import { getMember, lookUp } from '../machine/members.ts';
import type { Obj, Prop } from '../machine/objects.ts';
import { HOLE, prim, ref } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { argument, method } from './define.ts';
import { unknown } from './object-keys.ts';

/** `Object.freeze` and its like; what the path decides is left open. */
export function closing(name: 'freeze' | 'seal' | 'preventExtensions'): Builtin {
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

export function asking(name: 'isFrozen' | 'isSealed' | 'isExtensible'): Builtin {
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

export const create = method('create', 2, (call) => {
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

export const defineProperty = method('defineProperty', 3, (call) =>
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

export const defineProperties = method('defineProperties', 2, (call) =>
  call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind === 'ref') defineAll(call, leaf.obj, argument(call, 1));
    return leaf;
  }),
);

export const getPrototypeOf = method('getPrototypeOf', 1, (call) =>
  call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind !== 'ref') return unknown(call, leaf, 'Object.getPrototypeOf()');
    const trace = call.machine.realm.traceAt(call.site);
    return leaf.obj.proto ? ref(leaf.obj.proto, trace) : prim(null, trace);
  }),
);

export const setPrototypeOf = method('setPrototypeOf', 2, (call) =>
  call.machine.eachOf([argument(call, 0), argument(call, 1)], ([leaf, proto]) => {
    if (leaf!.kind !== 'ref') return leaf!;
    if (proto!.kind === 'ref') call.machine.heap.set(leaf!.obj, 'proto', proto!.obj);
    else if (proto!.kind === 'prim') call.machine.heap.set(leaf!.obj, 'proto', null);
    else call.machine.heap.havoc(leaf!.obj, 'has a prototype that is not known');
    return leaf!;
  }),
);
