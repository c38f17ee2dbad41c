/** Object literals: computed keys, accessors, methods, spread. */
import type { Node } from 'oxc-parser';
import { eachKey } from '../machine/convert.ts';
import type { Machine } from '../machine/machine.ts';
import type { Obj } from '../machine/objects.ts';
import type { Scope } from '../machine/scope.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Accessor, Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { privateKey, siteOf } from './bindings.ts';
import { evaluateNamed, makeFunction } from './make-function.ts';

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;
type PropertyNode = Exclude<ObjectNode['properties'][number], { type: 'SpreadElement' }>;

export function evaluateObject(machine: Machine, node: ObjectNode, scope: Scope): Val {
  const object = machine.heap.object(written(scope.frame.file, node));
  const { properties } = node;
  // After a spread at the very start, V8 stores accessors after other properties, and of a repeated key only the last.
  let delayed: PropertyNode[] | null = properties[0]?.type === 'SpreadElement' ? [] : null;
  const flush = (accessors: readonly PropertyNode[]): void => {
    for (const accessor of accessors) defineProperty(machine, object.obj, accessor, scope);
    delayed = null;
  };
  for (let index = 0; index < properties.length; index += 1) {
    const property = properties[index]!;
    if (index > 0 && delayed && (property.type === 'SpreadElement' || property.computed)) flush(delayed);
    if (property.type === 'SpreadElement') {
      const spread = machine.evaluate(property.argument, scope);
      machine.realm.spreadInto(object.obj, spread, siteOf(scope, property));
    } else if (delayed && property.kind !== 'init') {
      const isLast = !properties
        .slice(index + 1)
        .some(
          (later) =>
            later.type === 'Property' &&
            !later.computed &&
            later.kind === 'init' &&
            staticKey(later.key) === staticKey(property.key),
        );
      if (isLast) delayed.push(property);
    } else if (delayed && isRepeated(properties, index)) {
      machine.evaluate(property.value, scope);
    } else {
      defineProperty(machine, object.obj, property, scope);
    }
  }
  if (delayed) flush(delayed);
  return object;
}

function isRepeated(properties: ObjectNode['properties'], index: number): boolean {
  const own = properties[index] as PropertyNode;
  return properties
    .slice(index + 1)
    .some(
      (later) => later.type === 'Property' && !later.computed && staticKey(later.key) === staticKey(own.key),
    );
}

function staticKey(key: Node): string {
  return key.type === 'Identifier' ? key.name : String((key as { value?: unknown }).value);
}

function defineProperty(machine: Machine, obj: Obj, property: PropertyNode, scope: Scope): void {
  // The plain form, which most properties have, needs no key that may be a choice.
  if (property.kind === 'init' && !property.computed && !property.method) {
    const name = staticKey(property.key);
    if (name !== '__proto__') {
      const value = evaluateNamed(machine, property.value, scope, name);
      machine.heap.define(obj, name, value, { place: written(scope.frame.file, property) });
      return;
    }
  }
  const key = propertyKey(machine, property.key, property.computed, scope);
  const asFunction = (): Val =>
    makeFunction(
      machine,
      property.value as Extract<Node, { type: 'FunctionExpression' }>,
      scope,
      keyText(key),
      obj,
    );
  if (property.kind !== 'init') {
    defineAccessor(machine, obj, key, property.kind, asFunction(), property, scope);
  } else if (isPrototypeSetter(property, scope.frame.file.parsed.language)) {
    setPrototype(machine, obj, machine.evaluate(property.value, scope));
  } else {
    const value = property.method
      ? asFunction()
      : evaluateNamed(machine, property.value, scope, keyText(key));
    defineKey(machine, obj, key, value, property, scope);
  }
}

/** `__proto__: x` in a literal sets the prototype; in JSON, shorthand or computed form it is a key like others. */
function isPrototypeSetter(property: PropertyNode, language: string): boolean {
  if (property.computed || property.shorthand || property.method || language === 'json') return false;
  const { key } = property;
  return key.type === 'Identifier'
    ? key.name === '__proto__'
    : key.type === 'Literal' && key.value === '__proto__';
}

function setPrototype(machine: Machine, obj: Obj, value: Val): void {
  machine.eachPlain(value, (leaf) => {
    if (leaf.kind === 'ref') machine.heap.set(obj, 'proto', leaf.obj);
    else if (leaf.kind === 'sym')
      machine.heap.havoc(obj, 'has a prototype that is not known', leaf.base.variables);
    else if (leaf.value === null) machine.heap.set(obj, 'proto', null);
    return HOLE;
  });
}

export function propertyKey(machine: Machine, key: Node, isComputed: boolean, scope: Scope): Val {
  const trace = written(scope.frame.file, key);
  if (isComputed) {
    // The key is converted once, before the value is evaluated.
    return machine.eachPlain(machine.evaluate(key, scope), (leaf) =>
      leaf.kind === 'ref' && leaf.obj.cls !== 'Symbol'
        ? eachKey(machine, leaf, siteOf(scope, key), (name) =>
            name === null ? unknownKey(machine, scope, key) : prim(name, trace),
          )
        : leaf,
    );
  }
  if (key.type === 'Identifier') return prim(key.name, trace);
  if (key.type === 'PrivateIdentifier') return prim(privateKey(scope, key.name), trace);
  return prim(String((key as { value: unknown }).value), trace);
}

function unknownKey(machine: Machine, scope: Scope, key: Node): Val {
  return machine.symbols.fresh(
    { words: 'a key', why: 'is a key that is not known', type: 'string' },
    written(scope.frame.file, key),
  );
}

export function keyText(key: Val): string {
  return key.kind === 'prim' ? String(key.value) : '';
}

function defineKey(machine: Machine, obj: Obj, key: Val, value: Val, node: Node, scope: Scope): void {
  const site = siteOf(scope, node);
  const place = written(scope.frame.file, node);
  eachKey(machine, key, site, (name) => {
    if (name === null) machine.realm.addUnknownKeys(obj, key.kind === 'sym' ? key : null, site);
    else machine.heap.define(obj, name, value, { place });
    return HOLE;
  });
}

/** Adds a getter or a setter, keeping the other half that may be there. */
export function defineAccessor(
  machine: Machine,
  obj: Obj,
  key: Val,
  kind: 'get' | 'set',
  fn: Val,
  node: Node,
  scope: Scope,
  enumerable = true,
): void {
  const site = siteOf(scope, node);
  eachKey(machine, key, site, (name) => {
    if (name === null) {
      machine.realm.addUnknownKeys(obj, key.kind === 'sym' ? key : null, site);
      return HOLE;
    }
    const old = obj.props.get(name)?.value;
    const other: Accessor = old?.kind === 'accessor' ? old : { kind: 'accessor', get: null, set: null };
    machine.heap.define(
      obj,
      name,
      { ...other, [kind]: fn },
      { place: written(scope.frame.file, node), enumerable },
    );
    return HOLE;
  });
}
