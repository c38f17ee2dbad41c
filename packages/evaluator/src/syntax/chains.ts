/** Chains of members and calls, optional links among them. */
import type { Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import { eachKey } from '../machine/convert.ts';
import { getMember, lookUp } from '../machine/members.ts';
import type { Scope } from '../machine/scope.ts';
import { prim, ref, retrace } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { passed, written } from '../source/trace.ts';
import { memberKey, memberOr, siteOf } from './bindings.ts';
import { construct } from './call.ts';
import { iterate } from './iteration.ts';

type CallNode = Extract<Node, { type: 'CallExpression' }>;
export type MemberNode = Extract<Node, { type: 'MemberExpression' }>;

/**
 * A chain of members and calls. `use` takes the value of the link, so that an optional link that meets nothing
 * ends the whole chain as `undefined`.
 */
export function chain(machine: Machine, node: Node, scope: Scope, use: (value: Val) => Val): Val {
  switch (node.type) {
    case 'MemberExpression':
      return member(machine, node, scope, use);
    case 'CallExpression':
      return callExpression(machine, node, scope, use);
    case 'TSNonNullExpression':
      return chain(machine, node.expression, scope, use);
    case 'ChainExpression':
      return use(machine.evaluate(node, scope));
    default:
      return use(machine.evaluate(node, scope));
  }
}

export function stopIfNullish(
  machine: Machine,
  isOptional: boolean,
  value: Val,
  node: Node,
  scope: Scope,
  use: (leaf: Plain) => Val,
): Val {
  return machine.eachPlain(value, (leaf) => {
    if (!isOptional) return use(leaf);
    return machine.branch(
      machine.symbols.nullish(leaf),
      () => prim(undefined, written(scope.frame.file, node)),
      () => use(machine.settle(leaf) as Plain),
    );
  });
}

export function member(machine: Machine, node: MemberNode, scope: Scope, use: (value: Val) => Val): Val {
  if (node.object.type === 'Super') return use(superMember(machine, node, scope));
  return chain(machine, node.object, scope, (object) => {
    if (!node.optional) return use(readMember(machine, object, node, scope));
    return stopIfNullish(machine, true, object, node, scope, (leaf) =>
      use(readMember(machine, leaf, node, scope)),
    );
  });
}

function readMember(machine: Machine, object: Val, node: MemberNode, scope: Scope): Val {
  const site = siteOf(scope, node);
  const key = memberKey(machine, scope, node);
  const value =
    key.kind === 'prim' && object.kind !== 'choice'
      ? machine.eachPlain(object, (leaf) => getMember(machine, leaf, String(key.value), site))
      : machine.eachPlain(object, (leaf) =>
          eachKey(machine, key, site, (name) => memberOr(machine, leaf, name, site)),
        );
  return object.kind === 'ref' && value.kind === 'prim' && value.trace.start !== node.start
    ? retrace(value, (trace) =>
        passed(trace, site.file.parsed.text.slice(node.start, node.end).slice(0, 60), site.file, node),
      )
    : value;
}

function superMember(machine: Machine, node: MemberNode, scope: Scope): Val {
  const site = siteOf(scope, node);
  const { home } = scope.frame;
  const { value: self } = scope.frame.self;
  return eachKey(machine, memberKey(machine, scope, node), site, (key) => {
    if (!home?.proto || key === null) return prim(undefined, written(site.file, node));
    return machine.eachPlain(self, (leaf) => lookUp(machine, home.proto!, key, leaf, site));
  });
}

function callExpression(machine: Machine, node: CallNode, scope: Scope, use: (value: Val) => Val): Val {
  const { callee } = node;
  const site = siteOf(scope, node);
  const { awaited } = machine;
  machine.awaited = false;
  if (callee.type === 'Super') return use(superCall(machine, node, scope));
  const finish = (fn: Val, self: Val): Val =>
    evaluateArguments(machine, node.arguments, scope, (args) => {
      machine.awaited = awaited;
      const value = machine.call(fn, self, args, site);
      machine.awaited = false;
      return use(value);
    });
  const invoke = (fn: Val, self: Val): Val =>
    node.optional
      ? stopIfNullish(machine, true, fn, node, scope, (leaf) => finish(leaf, self))
      : finish(fn, self);
  const target = callee.type === 'TSNonNullExpression' ? callee.expression : callee;
  if (target.type === 'MemberExpression') return methodCall(machine, target, scope, awaited, invoke);
  if (target.type === 'ChainExpression' && target.expression.type === 'MemberExpression')
    return methodCall(machine, target.expression, scope, awaited, invoke);
  const nothing = prim(undefined, written(site.file, node));
  return chain(machine, target, scope, (fn) => invoke(fn, nothing));
}

export function methodCall(
  machine: Machine,
  target: MemberNode,
  scope: Scope,
  awaited: boolean,
  invoke: (fn: Val, self: Val) => Val,
): Val {
  if (target.object.type === 'Super')
    return invoke(superMember(machine, target, scope), scope.frame.self.value);
  machine.awaited = awaited;
  return chain(machine, target.object, scope, (object) => {
    machine.awaited = false;
    const use = (self: Val): Val =>
      machine.eachPlain(self, (leaf) => invoke(readMember(machine, leaf, target, scope), leaf));
    return target.optional ? stopIfNullish(machine, true, object, target, scope, use) : use(object);
  });
}

function superCall(machine: Machine, node: CallNode, scope: Scope): Val {
  const { frame } = scope;
  const site = siteOf(scope, node);
  const { callee, newTarget } = constructorFrame(scope);
  const parent = callee?.proto;
  if (!parent || newTarget?.kind !== 'ref')
    return machine.throwError('SyntaxError', "'super' keyword unexpected here", site);
  return evaluateArguments(machine, node.arguments, scope, (args) => {
    const made = construct(machine, ref(parent, written(site.file, node)), args, site, newTarget);
    if (frame.self.value.kind !== 'hole')
      return machine.throwError('ReferenceError', 'Super constructor may only be called once', site);
    frame.self.value = made;
    const code = callee.code;
    if (made.kind === 'ref' && code?.kind === 'closure') code.of?.initialize(made);
    return made;
  });
}

function constructorFrame(scope: Scope): Scope['frame'] {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const code = at.frame.callee?.code;
    if (code?.kind === 'closure' && code.of) return at.frame;
  }
  return scope.frame;
}

/** Evaluates arguments; where a spread has several outcomes, the call is made for each. */
export function evaluateArguments(
  machine: Machine,
  nodes: readonly Node[],
  scope: Scope,
  use: (args: readonly Val[]) => Val,
): Val {
  const next = (from: number, args: readonly Val[]): Val => {
    const list = [...args];
    for (let index = from; index < nodes.length; index += 1) {
      const node = nodes[index]!;
      if (node.type === 'SpreadElement') {
        const spread = machine.evaluate(node.argument, scope);
        return iterate(machine, spread, siteOf(scope, node), (items) =>
          next(index + 1, [...list, ...items.list, ...(items.rest ? [items.rest] : [])]),
        );
      }
      list.push(machine.evaluate(node, scope));
    }
    return use(list);
  };
  return next(0, []);
}
