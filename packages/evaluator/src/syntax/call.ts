/** Calls and constructions. */
import type { Node } from 'oxc-parser';
import { NEVER } from '../conditions/conditions.ts';
import type { Site } from '../machine/builtin.ts';
import { wordsOf } from '../machine/convert.ts';
import { lookUp } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';
import type { ClassCode, Closure, Obj } from '../machine/objects.ts';
import type { Exit, Frame, Scope } from '../machine/scope.ts';
import { HOLE, prim, ref, retrace } from '../machine/values.ts';
import type { Plain, Ref, Val } from '../machine/values.ts';
import { passed, written } from '../source/trace.ts';
import { bindPattern, declare, hoist, hoistVars, initializer } from './bindings.ts';
import { callUnknown } from './call-unknown.ts';
import { hasAwaitInside } from './await-inside.ts';
import { namesIn } from './declarations.ts';
import { executeAll } from './statements.ts';

export function call(machine: Machine, callee: Val, self: Val, args: readonly Val[], site: Site): Val {
  return machine.eachPlain(callee, (leaf) => {
    machine.step();
    if (leaf.kind === 'sym') return callUnknown(machine, leaf, self, args, site, false);
    const code = leaf.kind === 'ref' ? leaf.obj.code : null;
    if (leaf.kind !== 'ref' || !code)
      return machine.throwError('TypeError', `${describeCallee(leaf, site)} is not a function`, site);
    switch (code.kind) {
      case 'builtin':
        return code.builtin.call({ machine, self, args, site });
      case 'bound':
        return call(machine, code.target, code.self, [...code.args, ...args], site);
      default:
        if (code.of)
          return machine.throwError(
            'TypeError',
            `Class constructor ${leaf.obj.slots.name ?? ''} cannot be invoked without 'new'`,
            site,
          );
        return invoke(machine, leaf.obj, code, self, args, null, site);
    }
  });
}

function describeCallee(leaf: Plain, site: Site): string {
  const text = site.file.parsed.text.slice(site.start, site.end);
  const head = /^[\w$.?!\s]+(?=\()/.exec(text)?.[0];
  return head?.trim() ?? wordsOf(leaf);
}

export function construct(
  machine: Machine,
  callee: Val,
  args: readonly Val[],
  site: Site,
  newTarget?: Ref,
): Val {
  return machine.eachPlain(callee, (leaf) => {
    machine.step();
    if (leaf.kind === 'sym') return callUnknown(machine, leaf, null, args, site, true);
    const code = leaf.kind === 'ref' ? leaf.obj.code : null;
    if (leaf.kind !== 'ref' || !code)
      return machine.throwError('TypeError', `${describeCallee(leaf, site)} is not a constructor`, site);
    switch (code.kind) {
      case 'builtin':
        if (!code.builtin.construct)
          return machine.throwError('TypeError', `${code.builtin.name} is not a constructor`, site);
        return withPrototype(
          machine,
          code.builtin.construct({ machine, self: leaf, args, site }),
          newTarget,
          site,
        );
      case 'bound':
        return construct(machine, code.target, [...code.args, ...args], site, newTarget);
      default:
        if (!isConstructor(code))
          return machine.throwError(
            'TypeError',
            `${leaf.obj.slots.name ?? 'function'} is not a constructor`,
            site,
          );
        return constructClosure(machine, leaf, code, args, newTarget ?? leaf, site);
    }
  });
}

/** A built-in that a class extends makes objects of that class. */
function withPrototype(machine: Machine, made: Val, newTarget: Ref | undefined, site: Site): Val {
  if (!newTarget || made.kind !== 'ref') return made;
  const prototype = lookUp(machine, newTarget.obj, 'prototype', newTarget, site);
  if (prototype.kind === 'ref') made.obj.proto = prototype.obj;
  return made;
}

function isConstructor(code: Closure): boolean {
  if (code.of) return true;
  const { node } = code;
  if (code.isArrow || node.type === 'ConstructorStub' || node.type === 'ArrowFunctionExpression')
    return false;
  return !node.async && !node.generator && code.home === null;
}

function constructClosure(
  machine: Machine,
  callee: Ref,
  code: Closure,
  args: readonly Val[],
  newTarget: Ref,
  site: Site,
): Val {
  const { of } = code;
  if (of?.isDerived) return invoke(machine, callee.obj, code, HOLE, args, newTarget, site);
  const prototype = lookUp(machine, newTarget.obj, 'prototype', newTarget, site);
  const proto = prototype.kind === 'ref' ? prototype.obj : machine.realm.prototype('Object');
  const self = ref(machine.heap.make('Object', proto), written(site.file, site));
  of?.initialize(self);
  const result = invoke(machine, callee.obj, code, self, args, newTarget, site);
  return machine.eachPlain(result, (leaf) => (leaf.kind === 'prim' ? self : leaf));
}

/** Runs the body of a function of the program. */
function invoke(
  machine: Machine,
  callee: Obj,
  code: Closure,
  self: Val,
  args: readonly Val[],
  newTarget: Val | null,
  site: Site,
): Val {
  const { node } = code;
  if (node.type === 'ConstructorStub')
    return constructByDefault(machine, callee, code, self, args, newTarget, site);
  if (node.generator)
    return unfollowed(machine, node, code, 'is a generator, which is not followed', args, site);
  const { frame: outer } = code.scope;
  const returns: Exit = { kind: 'return', labels: [], records: [], frame: null };
  const frame: Frame = {
    file: outer.file,
    self: code.isArrow ? outer.self : { value: thisFor(machine, code, self, newTarget, site) },
    newTarget: code.isArrow ? outer.newTarget : newTarget,
    home: code.isArrow ? outer.home : code.home,
    strict: code.strict,
    returns,
    callee,
    isAsync: node.async,
  };
  const scope: Scope = { cells: new Map(), parent: code.scope, frame };
  const result = node.async
    ? runAsync(machine, node, code, scope, args, site)
    : runBody(machine, node, scope, args, returns, site);
  return finish(machine, result, code.of, frame, newTarget, site);
}

function finish(
  machine: Machine,
  result: Val,
  of: ClassCode | null,
  frame: Frame,
  newTarget: Val | null,
  site: Site,
): Val {
  if (newTarget && of) {
    return machine.eachPlain(result, (leaf) => {
      if (leaf.kind !== 'prim') return leaf;
      if (frame.self.value.kind === 'hole')
        return machine.throwError(
          'ReferenceError',
          "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
          site,
        );
      return frame.self.value;
    });
  }
  return retrace(result, (trace) =>
    passed(trace, `returned by ${frame.callee?.slots.name || 'a function'}()`, site.file, site),
  );
}

function thisFor(machine: Machine, code: Closure, self: Val, newTarget: Val | null, site: Site): Val {
  if (code.strict || newTarget) return self;
  // Sloppy code sees the global object instead of nothing.
  return self.kind === 'prim' && (self.value === undefined || self.value === null)
    ? machine.realm.globalObject(site)
    : self;
}

type Body = Extract<
  Closure['node'],
  { type: 'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration' }
>;

function runBody(
  machine: Machine,
  node: Closure['node'],
  scope: Scope,
  args: readonly Val[],
  returns: Exit,
  site: Site,
): Val {
  const { body, params } = node as Body;
  if (!body) return prim(undefined, written(site.file, site));
  machine.exits.push(returns);
  try {
    const value = machine.attempt(() => {
      bindParameters(machine, scope, node as Body, params, args, site);
      if (body.type !== 'BlockStatement') return machine.evaluate(body, scope);
      // Parameters with expressions have a scope of their own (ECMA-262, FunctionDeclarationInstantiation).
      hoistVars(machine, scope, body, body.body, scope.frame.file);
      hoist(machine, scope, body, body.body);
      executeAll(machine, body.body, scope);
      return prim(undefined, written(site.file, site));
    });
    return settleReturns(machine, value, returns);
  } finally {
    machine.exits.splice(machine.exits.lastIndexOf(returns), 1);
  }
}

/** Joins what came back by `return` with what fell through the end. */
export function settleReturns(machine: Machine, fallen: Val | null, returns: Exit): Val {
  const { conditions } = machine;
  let result: Val | null = machine.isAlive ? fallen : null;
  for (const { pc, value } of returns.records) {
    if (pc === NEVER) continue;
    result = result === null ? value! : conditions.choose(pc, value!, result);
    machine.pc = conditions.or(machine.pc, pc);
  }
  if (result === null || !machine.isAlive) return machine.leave();
  return result;
}

function bindParameters(
  machine: Machine,
  scope: Scope,
  node: Body,
  params: readonly Node[],
  args: readonly Val[],
  site: Site,
): void {
  const nothing = (): Val => prim(undefined, written(site.file, site));
  if (node.type !== 'ArrowFunctionExpression') {
    const list = machine.heap.array(args, written(site.file, site));
    declare(machine, scope, 'arguments', 'var', list, null);
    const { id } = node as { id: { name: string } | null };
    if (node.type === 'FunctionExpression' && id && scope.parent && !scope.parent.cells.has(id.name)) {
      const { callee } = scope.frame;
      if (callee) declare(machine, scope, id.name, 'var', ref(callee, written(scope.frame.file, node)), null);
    }
  }
  for (const param of params) {
    for (const name of namesIn(param)) declare(machine, scope, name, 'parameter', HOLE, param);
  }
  let index = 0;
  for (const param of params) {
    if (isThisParameter(param)) continue;
    const bind = initializer(machine, scope, 'parameter');
    if (param.type === 'RestElement') {
      bindPattern(
        machine,
        scope,
        param.argument,
        machine.heap.array(args.slice(index), written(site.file, site)),
        bind,
      );
    } else {
      bindPattern(machine, scope, param, args[index] ?? nothing(), bind);
      if (param.type === 'TSParameterProperty') assignParameterProperty(machine, scope, param);
    }
    index += 1;
  }
}

/** TypeScript: `constructor(private x: string)` also sets `this.x`. */
function assignParameterProperty(
  machine: Machine,
  scope: Scope,
  param: Extract<Node, { type: 'TSParameterProperty' }>,
): void {
  const [name] = namesIn(param);
  const { value: self } = scope.frame.self;
  if (name === undefined || self.kind !== 'ref') return;
  machine.heap.assign(self.obj, name, scope.cells.get(name)!.value, written(scope.frame.file, param));
}

/** TypeScript: `function f(this: X)`. */
function isThisParameter(param: Node): boolean {
  return param.type === 'Identifier' && param.name === 'this';
}

function constructByDefault(
  machine: Machine,
  callee: Obj,
  code: Closure,
  self: Val,
  args: readonly Val[],
  newTarget: Val | null,
  site: Site,
): Val {
  if (!code.of?.isDerived) return self;
  const parent = callee.proto;
  if (!parent || newTarget?.kind !== 'ref')
    return machine.throwError('TypeError', 'Super constructor is not a constructor', site);
  const made = construct(machine, ref(parent, written(site.file, site)), args, site, newTarget);
  if (made.kind === 'ref') code.of.initialize(made);
  return made;
}

function unfollowed(
  machine: Machine,
  node: Node,
  code: Closure,
  why: string,
  args: readonly Val[],
  site: Site,
): Val {
  machine.realm.escape(ref(machine.realm.standIn(code), written(site.file, node)), site, why);
  for (const arg of args) machine.realm.escape(arg, site, why);
  return machine.symbols.fresh(
    { words: 'the result of a function', why, nullish: false, type: 'object' },
    written(site.file, site),
  );
}

/**
 * An async function that is awaited on the spot runs like any other. One that is not goes on later, when what it
 * reads may have changed: only one without `await` is followed then.
 */
function runAsync(
  machine: Machine,
  node: Closure['node'],
  code: Closure,
  scope: Scope,
  args: readonly Val[],
  site: Site,
): Val {
  const isAwaited = machine.awaited;
  machine.awaited = false;
  if (!isAwaited && hasAwait(node as Body)) {
    return unfollowed(
      machine,
      node as Body,
      code,
      'goes on after an await, later than what follows',
      args,
      site,
    );
  }
  const rejected: Exit = { kind: 'throw', labels: [], records: [], frame: null };
  machine.exits.push(rejected);
  let value: Val | null;
  try {
    value = machine.attempt(() => runBody(machine, node, scope, args, scope.frame.returns!, site));
  } finally {
    machine.exits.splice(machine.exits.lastIndexOf(rejected), 1);
  }
  return machine.realm.settledPromise(value, rejected, site);
}

const awaits = new WeakMap<object, boolean>();

function hasAwait(node: Body): boolean {
  let found = awaits.get(node);
  if (found === undefined) {
    found = hasAwaitInside(node);
    awaits.set(node, found);
  }
  return found;
}
