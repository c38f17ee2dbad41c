/** Reading and writing members, with prototypes, accessors and what is unknown. */
import { NEVER } from '../conditions/conditions.ts';
import type { Site } from './builtin.ts';
import type { Machine } from './machine.ts';
import type { Obj } from './objects.ts';
import { HOLE, prim } from './values.ts';
import type { Plain, Ref, Sym, Val } from './values.ts';

export function getMember(machine: Machine, base: Plain, key: string, site: Site): Val {
  switch (base.kind) {
    case 'prim':
      return memberOfPrimitive(machine, base, key, site);
    case 'sym':
      return memberOfUnknown(machine, base, key, site);
    default:
      return lookUp(machine, base.obj, key, base, site);
  }
}

/** A property found along the prototypes; `self` is what an accessor gets as `this`. */
export function lookUp(machine: Machine, start: Obj, key: string, self: Plain, site: Site): Val {
  const trace = machine.realm.traceAt(site);
  for (let obj: Obj | null = start; obj; obj = obj.proto) {
    if (obj.volatile) return machine.symbols.step(obj.volatile, null, `.${key}`, `.${key}`, trace, true);
    if (obj.cls === 'Env') {
      const found = machine.heap.own(obj, key);
      return found.kind === 'hole'
        ? machine.realm.readVariable(key, site)
        : readSlot(machine, found, self, site, () => machine.realm.readVariable(key, site));
    }
    const slot = machine.heap.own(obj, key);
    if (slot.kind !== 'hole') {
      const here: Obj = obj;
      return readSlot(machine, slot, self, site, () => beyond(machine, here, key, self, site));
    }
    if (obj.rest) return beyond(machine, obj, key, self, site);
  }
  return prim(undefined, trace);
}

/** What a property is where the object itself does not have it. */
function beyond(machine: Machine, obj: Obj, key: string, self: Plain, site: Site): Val {
  if (obj.rest) return memberOfUnknown(machine, obj.rest, key, site, true);
  if (obj.proto) return lookUp(machine, obj.proto, key, self, site);
  return prim(undefined, machine.realm.traceAt(site));
}

function readSlot(machine: Machine, slot: Val, self: Plain, site: Site, missing: () => Val): Val {
  if (slot.kind === 'prim' || slot.kind === 'ref') return slot;
  return machine.each(slot, (leaf) => {
    if (leaf.kind === 'hole') return missing();
    if (leaf.kind === 'accessor')
      return leaf.get ? machine.call(leaf.get, self, [], site) : prim(undefined, machine.realm.traceAt(site));
    return leaf;
  });
}

function memberOfPrimitive(
  machine: Machine,
  base: Extract<Plain, { kind: 'prim' }>,
  key: string,
  site: Site,
): Val {
  const { value } = base;
  if (value === undefined || value === null) {
    return machine.throwError(
      'TypeError',
      `Cannot read properties of ${value} (reading '${key.replace(/^\0@@/, '')}')`,
      site,
    );
  }
  if (typeof value === 'string') {
    if (key === 'length') return prim(value.length, machine.realm.traceAt(site));
    if (/^(?:0|[1-9]\d*)$/.test(key) && Number(key) < value.length)
      return prim(value[Number(key)], machine.realm.traceAt(site));
  }
  const kinds = { string: 'String', number: 'Number', boolean: 'Boolean', bigint: 'BigInt' } as const;
  const kind = kinds[typeof value as keyof typeof kinds];
  return lookUp(machine, machine.realm.prototype(kind), key, base, site);
}

function memberOfUnknown(machine: Machine, base: Sym, key: string, site: Site, isRest = false): Val {
  const { symbols, realm } = machine;
  const { type } = base.base;
  const trace = realm.traceAt(site);
  if (isRest) return symbols.step(base, { get: key }, `.${key}`, `${base.base.words}.${key}`, trace, true);
  const mayFail = base.base.env !== null || (base.base.nullish && type !== 'any') || machine.guarded > 0;
  if (mayFail && symbols.nullish(base) !== NEVER) {
    machine.branch(
      symbols.nullish(base),
      () => machine.throwError('TypeError', `Cannot read properties of undefined (reading '${key}')`, site),
      () => HOLE,
    );
    const settled = machine.settle(base);
    if (settled.kind === 'prim') return memberOfPrimitive(machine, settled, key, site);
  }
  const shape = { words: `${base.base.words}.${key}` };
  if (type === 'string') {
    if (key === 'length')
      return symbols.derive(
        'length',
        [base],
        { ...shape, type: 'number', apply: ([text]) => String(text).length },
        trace,
      );
    const method = realm.prototypeMember('String', key);
    if (method) return method;
  }
  if (type === 'number' || type === 'boolean') {
    const method = realm.prototypeMember(type === 'number' ? 'Number' : 'Boolean', key);
    if (method) return method;
  }
  if (type === 'array') {
    if (key === 'length') return symbols.derive('.length', [base], { ...shape, type: 'number' }, trace);
    const method = realm.prototypeMember('Array', key);
    if (method) return method;
  }
  return symbols.step(base, { get: key }, `.${key}`, shape.words, trace, true);
}

/** Assigns a member as `base.key = value` does. */
export function setMember(
  machine: Machine,
  base: Plain,
  key: string,
  value: Val,
  site: Site,
  strict: boolean,
): void {
  if (base.kind === 'prim') {
    if (base.value === undefined || base.value === null)
      machine.throwError('TypeError', `Cannot set properties of ${base.value} (setting '${key}')`, site);
    if (strict)
      machine.throwError('TypeError', `Cannot create property '${key}' on ${typeof base.value}`, site);
    return;
  }
  if (base.kind === 'sym') {
    machine.realm.escape(value, site, 'was stored in something unknown');
    return;
  }
  setOn(machine, base, key, value, site, strict);
}

function setOn(machine: Machine, base: Ref, key: string, value: Val, site: Site, strict: boolean): void {
  const { obj } = base;
  const { heap } = machine;
  const refuse = (why: string): void => {
    if (strict) machine.throwError('TypeError', why, site);
  };
  if (obj.volatile) {
    if (strict && machine.guarded > 0) mayRefuse(machine, obj.volatile, key, site);
    machine.realm.escape(value, site, 'was stored in something that may change at any time');
    return;
  }
  if (obj.slots.namespace) {
    machine.throwError(
      'TypeError',
      `Cannot assign to read only property '${key}' of object '[object Module]'`,
      site,
    );
  }
  if (obj.cls === 'Env') {
    heap.assign(obj, key, machine.realm.environmentText(value, site), machine.realm.traceAt(site));
    return;
  }
  if (obj.slots.url) {
    heap.havoc(obj, 'is a URL whose parts were changed');
    return;
  }
  const setter = accessorFor(obj, key);
  if (setter === 'none') {
    refuse(`Cannot set property ${key} of #<Object> which has only a getter`);
    return;
  }
  if (setter) {
    machine.call(setter, base, [value], site);
    return;
  }
  if (key === '__proto__' && !hasOwnValue(obj, key) && machine.realm.hasProtoAccessor(obj)) {
    setPrototype(machine, obj, value);
    return;
  }
  if (obj.items && key === 'length') {
    setLength(machine, obj, value, site);
    return;
  }
  const exists = heap.own(obj, key).kind !== 'hole';
  const prop = obj.props.get(key);
  if (obj.frozen || (prop && !prop.writable && prop.value.kind !== 'hole')) {
    refuse(`Cannot assign to read only property '${key}' of object`);
    return;
  }
  if (!exists && !obj.extensible) {
    refuse(`Cannot add property ${key}, object is not extensible`);
    return;
  }
  if (!exists && inheritsReadOnly(obj, key)) {
    refuse(`Cannot assign to read only property '${key}' of object`);
    return;
  }
  if (obj.items && /^\d+$/.test(key)) heap.define(obj, key, value);
  else heap.assign(obj, key, value, machine.realm.traceAt(site));
}

/** Whether an object that is not known takes a write is not known either; a `catch` would see it. */
export function mayRefuse(machine: Machine, unknown: Sym, key: string, site: Site): void {
  const { why, variables } = unknown.base;
  const trace = machine.realm.traceAt(site);
  const refuses = machine.symbols.condition(
    `writing ${key} throws`,
    `writing ${key} does not throw`,
    why,
    variables,
    trace,
  );
  machine.branch(
    refuses,
    () => machine.throwError('TypeError', `Cannot assign to read only property '${key}' of object`, site),
    () => HOLE,
  );
}

function hasOwnValue(obj: Obj, key: string): boolean {
  const prop = obj.props.get(key);
  return prop !== undefined && prop.value.kind !== 'hole';
}

function inheritsReadOnly(obj: Obj, key: string): boolean {
  for (let at = obj.proto; at; at = at.proto) {
    const prop = at.props.get(key);
    if (prop) return !prop.writable && prop.value.kind !== 'accessor' && prop.value.kind !== 'hole';
  }
  return false;
}

/** The setter that an assignment would call; `none` if there is an accessor without one. */
function accessorFor(obj: Obj, key: string): Val | 'none' | null {
  for (let at: Obj | null = obj; at; at = at.proto) {
    const prop = at.props.get(key);
    if (!prop || prop.value.kind === 'hole') continue;
    const { value } = prop;
    if (value.kind === 'accessor') return value.set ?? 'none';
    return null;
  }
  return null;
}

function setPrototype(machine: Machine, obj: Obj, value: Val): void {
  if (value.kind === 'ref') machine.heap.set(obj, 'proto', value.obj);
  else if (value.kind === 'prim') {
    if (value.value === null) machine.heap.set(obj, 'proto', null);
  } else {
    machine.heap.havoc(obj, 'has a prototype that is not known');
  }
}

function setLength(machine: Machine, obj: Obj, value: Val, site: Site): void {
  machine.eachPlain(value, (leaf) => {
    if (leaf.kind !== 'prim' || typeof leaf.value !== 'number' || leaf.value > machine.budgets.size) {
      machine.heap.havoc(obj, 'is an array whose length was set to something unknown');
      return HOLE;
    }
    const length = leaf.value;
    if (length < 0 || !Number.isInteger(length))
      return machine.throwError('RangeError', 'Invalid array length', site);
    return machine.each(obj.items!, (items) => {
      if (items.kind !== 'items') return HOLE;
      const list = items.list.slice(0, length);
      while (list.length < length) list.push(HOLE);
      machine.heap.writeItems(obj, { ...items, list });
      return HOLE;
    });
  });
}

/** Deletes a member; `false` where it may not be deleted. */
export function deleteMember(machine: Machine, base: Plain, key: string, site: Site, strict: boolean): Val {
  const done = (success: boolean): Val => prim(success, machine.realm.traceAt(site));
  if (base.kind !== 'ref') {
    if (base.kind === 'prim' && (base.value === undefined || base.value === null))
      return machine.throwError('TypeError', 'Cannot convert undefined or null to object', site);
    return done(true);
  }
  const { obj } = base;
  if (obj.volatile) return done(true);
  const prop = obj.props.get(key);
  const refused = obj.slots.namespace
    ? obj.slots.namespace.names().includes(key)
    : (obj.frozen && machine.heap.own(obj, key).kind !== 'hole') ||
      (prop !== undefined && !prop.configurable);
  if (refused) {
    if (strict) return machine.throwError('TypeError', `Cannot delete property '${key}' of object`, site);
    return done(false);
  }
  if (obj.cls === 'Env') {
    machine.heap.assign(obj, key, prim(undefined, machine.realm.traceAt(site)), null);
    return done(true);
  }
  if (obj.items && /^(?:0|[1-9]\d*)$/.test(key)) {
    if (machine.heap.own(obj, key).kind !== 'hole') machine.heap.define(obj, key, HOLE);
    return done(true);
  }
  if (obj.rest) {
    machine.heap.havoc(obj, 'has keys that are not known, one of which was deleted');
    return done(true);
  }
  machine.heap.remove(obj, key);
  return done(true);
}
