import type { ArrowFunctionExpression, Function as FunctionNode, Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import type { Obj } from '../machine/objects.ts';
import type { Scope } from '../machine/scope.ts';
import { ref } from '../machine/values.ts';
import type { Ref, Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';

/** A function of the program, closed over its scope. */
export function makeFunction(
  machine: Machine,
  node: FunctionNode | ArrowFunctionExpression,
  scope: Scope,
  name: string,
  home: Obj | null = null,
): Ref {
  const obj = machine.heap.make('Function', machine.realm.prototype('Function'));
  const isArrow = node.type === 'ArrowFunctionExpression';
  obj.code = {
    kind: 'closure',
    node,
    scope,
    isArrow,
    strict: scope.frame.strict || hasUseStrict(node.body),
    home: home ?? (isArrow ? scope.frame.home : null),
    of: null,
  };
  obj.slots.name = name;
  return ref(obj, written(scope.frame.file, node));
}

function hasUseStrict(body: Node | null): boolean {
  if (body?.type !== 'BlockStatement') return false;
  return isStrict(body.body);
}

/** Whether a list of statements begins with `"use strict"`. */
export function isStrict(statements: readonly Node[]): boolean {
  const [first] = statements;
  return (
    first?.type === 'ExpressionStatement' &&
    first.expression.type === 'Literal' &&
    first.expression.value === 'use strict'
  );
}

/** What is left once types are stripped: names are given after that. */
function withoutTypes(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return withoutTypes(node.expression);
    default:
      return node;
  }
}

/** Evaluates an expression that gives its name to an anonymous function or class. */
export function evaluateNamed(machine: Machine, written: Node, scope: Scope, name: string): Val {
  const node = withoutTypes(written);
  if (node.type === 'ArrowFunctionExpression' || (node.type === 'FunctionExpression' && !node.id)) {
    machine.step();
    return makeFunction(machine, node, scope, name);
  }
  const value = machine.evaluate(node, scope);
  if (node.type === 'ClassExpression' && !node.id && value.kind === 'ref' && value.obj.slots.name === '')
    value.obj.slots.name = name;
  return value;
}
