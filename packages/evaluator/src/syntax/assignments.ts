/** Assignments of every kind, and the logical operators they share. */
import type { Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import { compute, eachKey, toNumber } from '../machine/convert.ts';

import type { Scope } from '../machine/scope.ts';
import { prim } from '../machine/values.ts';
import type { Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { assignTo, bindPattern, assigner, memberOr, memberTarget, siteOf, writeMember } from './bindings.ts';
import { evaluateNamed } from './make-function.ts';
import { binary } from './operators.ts';

export function logical(machine: Machine, operator: string, left: Val, right: () => Val): Val {
  return machine.eachPlain(left, (leaf) => {
    const keep = (): Val => machine.settle(leaf);
    if (operator === '??') return machine.branch(machine.symbols.nullish(leaf), right, keep);
    const truthy = machine.symbols.truthy(leaf);
    return operator === '||' ? machine.branch(truthy, keep, right) : machine.branch(truthy, right, keep);
  });
}

export function update(
  machine: Machine,
  node: Extract<Node, { type: 'UpdateExpression' }>,
  scope: Scope,
): Val {
  const site = siteOf(scope, node);
  const change = (old: Val): { before: Val; after: Val } => {
    const before = machine.eachPlain(old, (leaf) =>
      leaf.kind === 'prim' && typeof leaf.value === 'bigint' ? leaf : toNumber(machine, leaf, site),
    );
    const after = machine.eachPlain(before, (leaf) => {
      if (leaf.kind === 'prim' && typeof leaf.value === 'bigint') {
        const { value } = leaf;
        return compute(machine, site, () => (node.operator === '++' ? value + 1n : value - 1n));
      }
      return binary(
        machine,
        node.operator === '++' ? '+' : '-',
        leaf,
        prim(1, written(site.file, node)),
        site,
      );
    });
    return { before, after };
  };
  const { argument } = node;
  if (argument.type === 'MemberExpression') {
    const { base, key } = memberTarget(machine, scope, argument);
    const old = machine.eachPlain(base, (leaf) =>
      eachKey(machine, key, site, (name) => memberOr(machine, leaf, name, site)),
    );
    const { before, after } = change(old);
    writeMember(machine, scope, argument, base, key, after);
    return node.prefix ? after : before;
  }
  const { before, after } = change(machine.evaluate(argument, scope));
  assignTo(machine, scope, argument, after);
  return node.prefix ? after : before;
}

export function assignment(
  machine: Machine,
  node: Extract<Node, { type: 'AssignmentExpression' }>,
  scope: Scope,
): Val {
  const { operator, left, right } = node;
  const target = left as Node;
  const name = target.type === 'Identifier' ? target.name : '';
  if (operator === '=') {
    if (target.type === 'MemberExpression') {
      const { base, key } = memberTarget(machine, scope, target);
      const value = machine.evaluate(right, scope);
      writeMember(machine, scope, node, base, key, value);
      return value;
    }
    const value = evaluateNamed(machine, right, scope, name);
    if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern')
      bindPattern(machine, scope, target, value, assigner(machine, scope));
    else assignTo(machine, scope, target, value);
    return value;
  }
  const isMember = target.type === 'MemberExpression';
  const place = isMember ? memberTarget(machine, scope, target) : null;
  const site = siteOf(scope, node);
  const old = place
    ? machine.eachPlain(place.base, (leaf) =>
        eachKey(machine, place.key, site, (key) => memberOr(machine, leaf, key, site)),
      )
    : machine.evaluate(target, scope);
  const write = (value: Val): Val => {
    if (place) writeMember(machine, scope, node, place.base, place.key, value);
    else assignTo(machine, scope, target, value);
    return value;
  };
  if (operator === '||=' || operator === '&&=' || operator === '??=')
    return logical(machine, operator.slice(0, 2), old, () =>
      write(evaluateNamed(machine, right, scope, name)),
    );
  return write(binary(machine, operator.slice(0, -1), old, machine.evaluate(right, scope), site));
}
