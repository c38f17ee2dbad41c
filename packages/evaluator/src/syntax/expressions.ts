/** Expressions, a case for each form. */
import type { Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import { eachKey, lift } from '../machine/convert.ts';
import { deleteMember } from '../machine/members.ts';
import type { Scope } from '../machine/scope.ts';
import { childScope } from '../machine/scope.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Leaf, Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { declare, memberKey, readName, siteOf } from './bindings.ts';
import { assignment, logical, update } from './assignments.ts';
import { chain, evaluateArguments, member, methodCall, stopIfNullish } from './chains.ts';
import type { MemberNode } from './chains.ts';
import { evaluateClass } from './classes.ts';
import { evaluateObject } from './literals.ts';
import { iterate } from './iteration.ts';
import { makeFunction } from './make-function.ts';
import { binary, unary } from './operators.ts';

export function evaluate(machine: Machine, node: Node, scope: Scope): Val {
  const { file } = scope.frame;
  const { awaited } = machine;
  machine.awaited = false;
  switch (node.type) {
    case 'Literal':
      return literal(machine, node, scope);
    case 'Identifier':
      return readName(machine, scope, node.name, node);
    case 'TemplateLiteral':
      return template(machine, node, scope);
    case 'ObjectExpression':
      return evaluateObject(machine, node, scope);
    case 'ArrayExpression':
      return arrayLiteral(machine, node, scope);
    case 'MemberExpression':
      return member(machine, node, scope, (value) => value);
    case 'ChainExpression':
      machine.awaited = awaited;
      return chain(machine, node.expression, scope, (value) => value);
    case 'CallExpression':
      machine.awaited = awaited;
      return chain(machine, node, scope, (value) => value);
    case 'NewExpression': {
      const callee = machine.evaluate(node.callee, scope);
      return evaluateArguments(machine, node.arguments, scope, (args) =>
        machine.construct(callee, args, siteOf(scope, node)),
      );
    }
    case 'ConditionalExpression':
      return conditional(machine, node.test, scope, node.consequent, node.alternate);
    case 'LogicalExpression':
      return logical(machine, node.operator, machine.evaluate(node.left, scope), () =>
        machine.evaluate(node.right, scope),
      );
    case 'BinaryExpression':
      if (node.left.type === 'PrivateIdentifier')
        return privateIn(machine, node as Extract<Node, { type: 'BinaryExpression' }>, scope);
      return binary(
        machine,
        node.operator,
        machine.evaluate(node.left, scope),
        machine.evaluate(node.right, scope),
        siteOf(scope, node),
      );
    case 'UnaryExpression':
      return unaryExpression(machine, node, scope);
    case 'UpdateExpression':
      return update(machine, node, scope);
    case 'AssignmentExpression':
      return assignment(machine, node, scope);
    case 'SequenceExpression': {
      let value: Val = HOLE;
      for (const inner of node.expressions) value = machine.evaluate(inner, scope);
      return value;
    }
    case 'ArrowFunctionExpression':
      return makeFunction(machine, node, scope, '');
    case 'FunctionExpression':
      return makeFunction(machine, node, scope, node.id?.name ?? '');
    case 'ClassExpression':
    case 'ClassDeclaration':
      return evaluateClass(machine, node, scope);
    case 'ThisExpression':
      if (scope.frame.self.value.kind === 'hole')
        return machine.throwError(
          'ReferenceError',
          "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
          siteOf(scope, node),
        );
      return scope.frame.self.value;
    case 'AwaitExpression':
      machine.awaited = true;
      return awaitValue(machine, machine.evaluate(node.argument, scope), scope, node);
    case 'ImportExpression':
      machine.awaited = awaited;
      return machine.realm.importDynamic(machine.evaluate(node.source, scope), siteOf(scope, node));
    case 'MetaProperty':
      return metaProperty(machine, node, scope);
    case 'TaggedTemplateExpression':
      return tagged(machine, node, scope);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      machine.awaited = awaited;
      return machine.evaluate(node.expression, scope);
    default:
      return machine.symbols.fresh(
        {
          words: file.parsed.text.slice(node.start, node.end).slice(0, 40),
          why: `is a form that is not followed (${node.type})`,
        },
        written(file, node),
      );
  }
}

function literal(machine: Machine, node: Extract<Node, { type: 'Literal' }>, scope: Scope): Val {
  const { file } = scope.frame;
  if ('regex' in node && node.regex)
    return machine.realm.makeRegExp(node.regex.pattern, node.regex.flags, siteOf(scope, node));
  if ('bigint' in node && typeof node.bigint === 'string')
    return prim(BigInt(node.bigint), written(file, node));
  return prim(node.value as string | number | boolean | null, written(file, node));
}

function template(machine: Machine, node: Extract<Node, { type: 'TemplateLiteral' }>, scope: Scope): Val {
  const site = siteOf(scope, node);
  const texts = node.quasis.map(({ value }) => value.cooked ?? '');
  if (node.expressions.length === 0) return prim(texts[0] ?? '', written(site.file, node));
  const parts = node.expressions.map((inner) => machine.evaluate(inner, scope));
  return lift(machine, parts, site, {
    name: `template ${JSON.stringify(texts)}`,
    type: 'string',
    hint: 'string',
    words: (inputs) =>
      `\`${texts[0] ?? ''}${inputs.map((input, index) => `\${${input}}${texts[index + 1] ?? ''}`).join('')}\``,
    apply: (values) =>
      (texts[0] ?? '') + values.map((value, index) => String(value) + (texts[index + 1] ?? '')).join(''),
  });
}

function arrayLiteral(machine: Machine, node: Extract<Node, { type: 'ArrayExpression' }>, scope: Scope): Val {
  const trace = written(scope.frame.file, node);
  const { elements } = node;
  const build = (from: number, list: readonly Val[], rest: Extract<Leaf, { kind: 'items' }>['rest']): Val => {
    const items = [...list];
    for (let index = from; index < elements.length; index += 1) {
      const element = elements[index] ?? null;
      if (element === null) items.push(HOLE);
      else if (element.type === 'SpreadElement') {
        const spread = machine.evaluate(element.argument, scope);
        return iterate(machine, spread, siteOf(scope, element), (more) =>
          build(index + 1, [...items, ...more.list], more.rest ?? rest),
        );
      } else items.push(machine.evaluate(element, scope));
    }
    return machine.heap.array(items, trace, rest);
  };
  return build(0, [], null);
}

function conditional(machine: Machine, test: Node, scope: Scope, then: Node, otherwise: Node): Val {
  const value = machine.evaluate(test, scope);
  return machine.eachPlain(value, (leaf) =>
    machine.branch(
      machine.symbols.truthy(leaf),
      () => machine.evaluate(then, scope),
      () => machine.evaluate(otherwise, scope),
    ),
  );
}

function unaryExpression(
  machine: Machine,
  node: Extract<Node, { type: 'UnaryExpression' }>,
  scope: Scope,
): Val {
  const site = siteOf(scope, node);
  const { argument } = node;
  if (node.operator === 'delete') {
    const target = argument.type === 'ChainExpression' ? argument.expression : argument;
    if (target.type !== 'MemberExpression') {
      machine.evaluate(argument, scope);
      return prim(true, written(site.file, node));
    }
    return chain(machine, target.object, scope, (object) =>
      stopIfNullish(machine, target.optional, object, node, scope, (leaf) =>
        eachKey(machine, memberKey(machine, scope, target), site, (key) => {
          if (key !== null) return deleteMember(machine, leaf, key, site, scope.frame.strict);
          if (leaf.kind === 'ref') machine.heap.havoc(leaf.obj, 'lost a key that is not known');
          return prim(true, written(site.file, node));
        }),
      ),
    );
  }
  if (
    node.operator === 'typeof' &&
    argument.type === 'Identifier' &&
    machine.realm.isUndeclared(scope, argument.name)
  )
    return prim('undefined', written(site.file, node));
  return unary(machine, node.operator, machine.evaluate(argument, scope), site);
}

function awaitValue(machine: Machine, value: Val, scope: Scope, node: Node): Val {
  machine.awaited = false;
  return machine.eachPlain(value, (leaf) => machine.realm.awaited(leaf, siteOf(scope, node)));
}

function metaProperty(machine: Machine, node: Extract<Node, { type: 'MetaProperty' }>, scope: Scope): Val {
  if (node.meta.name === 'new')
    return scope.frame.newTarget ?? prim(undefined, written(scope.frame.file, node));
  return machine.realm.importMeta(siteOf(scope, node));
}

function tagged(
  machine: Machine,
  node: Extract<Node, { type: 'TaggedTemplateExpression' }>,
  scope: Scope,
): Val {
  const site = siteOf(scope, node);
  const trace = written(site.file, node.quasi);
  const run = (fn: Val, self: Val): Val => {
    const cooked = node.quasi.quasis.map(({ value }) => prim(value.cooked ?? undefined, trace));
    const raw = node.quasi.quasis.map(({ value }) => prim(value.raw, trace));
    const strings = machine.heap.array(cooked, trace);
    machine.heap.define(strings.obj, 'raw', machine.heap.array(raw, trace), { enumerable: false });
    strings.obj.frozen = true;
    const args = node.quasi.expressions.map((inner) => machine.evaluate(inner, scope));
    return machine.call(fn, self, [strings, ...args], site);
  };
  if (node.tag.type === 'MemberExpression') return methodCall(machine, node.tag, scope, false, run);
  return run(machine.evaluate(node.tag, scope), prim(undefined, trace));
}

function privateIn(machine: Machine, node: Extract<Node, { type: 'BinaryExpression' }>, scope: Scope): Val {
  const site = siteOf(scope, node);
  const inner = childScope(scope);
  declare(machine, inner, ' key', 'const', HOLE, null);
  const { name } = node.left as unknown as { name: string };
  const key = memberKey(machine, scope, {
    property: { type: 'PrivateIdentifier', name, start: node.start, end: node.end },
    computed: false,
  } as unknown as MemberNode);
  return binary(machine, 'in', key, machine.evaluate(node.right, scope), site);
}
