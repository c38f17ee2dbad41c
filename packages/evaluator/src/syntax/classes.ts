/** Classes: constructors, methods, accessors, fields, static members and blocks, private names. */
import type { Class, Node } from 'oxc-parser';
import { eachKey } from '../machine/convert.ts';
import { lookUp } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';
import type { Obj } from '../machine/objects.ts';
import { childScope } from '../machine/scope.ts';
import type { Frame, Scope } from '../machine/scope.ts';
import { HOLE, prim, ref } from '../machine/values.ts';
import type { Ref, Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { declare, hoist, hoistVars, siteOf } from './bindings.ts';
import { defineAccessor, keyText, propertyKey } from './literals.ts';
import { evaluateNamed, makeFunction } from './make-function.ts';
import { executeAll } from './statements.ts';

type Element = Class['body']['body'][number];
type Method = Extract<Element, { type: 'MethodDefinition' | 'TSAbstractMethodDefinition' }>;
type Field = Extract<
  Element,
  {
    type:
      | 'PropertyDefinition'
      | 'TSAbstractPropertyDefinition'
      | 'AccessorProperty'
      | 'TSAbstractAccessorProperty';
  }
>;

let nextClass = 0;

export function evaluateClass(machine: Machine, node: Class, outer: Scope): Val {
  const scope: Scope = { ...childScope(outer), frame: strictly(outer.frame) };
  const trace = written(outer.frame.file, node);
  if (node.id) declare(machine, scope, node.id.name, 'const', HOLE, node.id);
  nextClass += 1;
  for (const element of node.body.body) declarePrivate(machine, scope, element, nextClass);
  const { constructorParent, prototypeParent } = parents(machine, node, scope);
  const constructorNode = node.body.body.find(
    (element) =>
      element.type === 'MethodDefinition' && element.kind === 'constructor' && element.value.body !== null,
  ) as Method | undefined;
  const prototype = machine.heap.make('Object', prototypeParent);
  const obj = machine.heap.make('Function', constructorParent);
  const self = ref(obj, trace);
  obj.slots.name = node.id?.name ?? '';
  const fields: { key: Val; node: Field }[] = [];
  obj.code = {
    kind: 'closure',
    node: constructorNode?.value ?? { type: 'ConstructorStub', node, start: node.start, end: node.end },
    scope,
    isArrow: false,
    strict: true,
    home: prototype,
    of: {
      node,
      isDerived: node.superClass !== null,
      initialize: (instance) => {
        for (const { key, node: field } of fields)
          defineField(machine, instance, key, field, scope, prototype);
      },
    },
  };
  machine.heap.define(obj, 'prototype', ref(prototype, trace), {
    enumerable: false,
    writable: false,
    configurable: false,
  });
  machine.heap.define(prototype, 'constructor', self, { enumerable: false });
  const later: (() => void)[] = [];
  for (const element of node.body.body) {
    if (element === constructorNode || element.type === 'TSIndexSignature') continue;
    if (element.type === 'StaticBlock') {
      later.push(() => runStaticBlock(machine, element, scope, self));
    } else if (element.type === 'MethodDefinition') {
      defineMethod(machine, element, scope, element.static ? obj : prototype);
    } else if (element.type === 'PropertyDefinition' || element.type === 'AccessorProperty') {
      if (element.declare) continue;
      const key = propertyKey(machine, element.key, element.computed, scope);
      if (element.static) later.push(() => defineField(machine, self, key, element, scope, obj));
      else fields.push({ key, node: element });
    }
  }
  const own = node.id && scope.cells.get(node.id.name);
  if (own) own.value = self;
  for (const run of later) run();
  return node.decorators.length > 0 ? decorated(machine, node, scope, self) : self;
}

function strictly(frame: Frame): Frame {
  return frame.strict ? frame : { ...frame, strict: true };
}

function declarePrivate(machine: Machine, scope: Scope, element: Element, id: number): void {
  if (!('key' in element) || element.key.type !== 'PrivateIdentifier') return;
  const { name } = element.key;
  declare(
    machine,
    scope,
    `#${name}`,
    'const',
    prim(`\0#${id}.${name}`, written(scope.frame.file, element)),
    null,
  );
}

function parents(
  machine: Machine,
  node: Class,
  scope: Scope,
): { constructorParent: Obj | null; prototypeParent: Obj | null } {
  const { realm } = machine;
  if (!node.superClass)
    return { constructorParent: realm.prototype('Function'), prototypeParent: realm.prototype('Object') };
  const site = siteOf(scope, node.superClass);
  const parent = machine.evaluate(node.superClass, scope);
  if (parent.kind === 'prim' && parent.value === null)
    return { constructorParent: realm.prototype('Function'), prototypeParent: null };
  if (parent.kind === 'ref' && parent.obj.code) {
    const prototype = lookUp(machine, parent.obj, 'prototype', parent, site);
    return {
      constructorParent: parent.obj,
      prototypeParent: prototype.kind === 'ref' ? prototype.obj : null,
    };
  }
  if (parent.kind === 'prim' || parent.kind === 'ref')
    return machine.throwError('TypeError', 'Class extends value is not a constructor or null', site);
  // What an unknown class gives its heirs is not known.
  const unknown = machine.realm.unknownClass(parent, site);
  return { constructorParent: unknown.constructor, prototypeParent: unknown.prototype };
}

function defineMethod(machine: Machine, element: Method, scope: Scope, home: Obj): void {
  if (!element.value.body) return;
  const key = propertyKey(machine, element.key, element.computed, scope);
  const name = keyText(key).replace(/^\0#\d+\./, '#');
  const fn = makeFunction(machine, element.value, scope, name, home);
  if (element.kind === 'get' || element.kind === 'set') {
    defineAccessor(machine, home, key, element.kind, fn, element, scope, false);
    return;
  }
  eachKey(machine, key, siteOf(scope, element), (text) => {
    if (text === null) machine.heap.havoc(home, 'has a method whose name is not known');
    else
      machine.heap.define(home, text, fn, { enumerable: false, place: written(scope.frame.file, element) });
    return HOLE;
  });
}

/** A scope in which `this` is the class or the instance. */
function fieldScope(scope: Scope, self: Ref, home: Obj): Scope {
  const frame: Frame = {
    file: scope.frame.file,
    self: { value: self },
    newTarget: null,
    home,
    strict: true,
    returns: null,
    callee: null,
    isAsync: false,
  };
  return { cells: new Map(), parent: scope, frame };
}

function defineField(machine: Machine, self: Ref, key: Val, node: Field, scope: Scope, home: Obj): void {
  const inner = fieldScope(scope, self, home);
  const value = node.value
    ? evaluateNamed(machine, node.value, inner, keyText(key))
    : prim(undefined, written(scope.frame.file, node));
  eachKey(machine, key, siteOf(scope, node), (name) => {
    if (name === null) machine.heap.havoc(self.obj, 'has a field whose name is not known');
    else machine.heap.define(self.obj, name, value, { place: written(scope.frame.file, node) });
    return HOLE;
  });
}

function runStaticBlock(
  machine: Machine,
  node: Extract<Node, { type: 'StaticBlock' }>,
  scope: Scope,
  self: Ref,
): void {
  const inner = fieldScope(scope, self, self.obj);
  hoistVars(machine, inner, node, node.body, scope.frame.file);
  hoist(machine, inner, node, node.body);
  executeAll(machine, node.body, inner);
}

function decorated(machine: Machine, node: Class, scope: Scope, self: Ref): Val {
  let value: Val = self;
  for (const { expression } of node.decorators.toReversed()) {
    const decorator = machine.evaluate(expression, scope);
    const result = machine.call(decorator, prim(undefined, self.trace), [value], siteOf(scope, expression));
    value = result.kind === 'prim' && result.value === undefined ? value : result;
  }
  return value;
}
