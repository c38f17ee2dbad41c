/** Expressions, a case for each form. */
import type { Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import { compute, eachKey, lift, toNumber } from '../machine/convert.ts';
import { deleteMember, getMember, lookUp } from '../machine/members.ts';
import type { Scope } from '../machine/scope.ts';
import { childScope } from '../machine/scope.ts';
import { HOLE, prim, ref, retrace } from '../machine/values.ts';
import type { Leaf, Plain, Val } from '../machine/values.ts';
import { passed, written } from '../source/trace.ts';
import {
  assignTo,
  bindPattern,
  assigner,
  declare,
  memberKey,
  memberOr,
  memberTarget,
  readName,
  siteOf,
  writeMember,
} from './bindings.ts';
import { construct } from './call.ts';
import { evaluateClass } from './classes.ts';
import { evaluateObject } from './literals.ts';
import { iterate } from './iteration.ts';
import { evaluateNamed, makeFunction } from './make-function.ts';
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

type CallNode = Extract<Node, { type: 'CallExpression' }>;
type MemberNode = Extract<Node, { type: 'MemberExpression' }>;

/**
 * A chain of members and calls. `use` takes the value of the link, so that an optional link that meets nothing
 * ends the whole chain as `undefined`.
 */
function chain(machine: Machine, node: Node, scope: Scope, use: (value: Val) => Val): Val {
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

function stopIfNullish(
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

function member(machine: Machine, node: MemberNode, scope: Scope, use: (value: Val) => Val): Val {
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

function methodCall(
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

export function conditional(machine: Machine, test: Node, scope: Scope, then: Node, otherwise: Node): Val {
  const value = machine.evaluate(test, scope);
  return machine.eachPlain(value, (leaf) =>
    machine.branch(
      machine.symbols.truthy(leaf),
      () => machine.evaluate(then, scope),
      () => machine.evaluate(otherwise, scope),
    ),
  );
}

function logical(machine: Machine, operator: string, left: Val, right: () => Val): Val {
  return machine.eachPlain(left, (leaf) => {
    const keep = (): Val => machine.settle(leaf);
    if (operator === '??') return machine.branch(machine.symbols.nullish(leaf), right, keep);
    const truthy = machine.symbols.truthy(leaf);
    return operator === '||' ? machine.branch(truthy, keep, right) : machine.branch(truthy, right, keep);
  });
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

function update(machine: Machine, node: Extract<Node, { type: 'UpdateExpression' }>, scope: Scope): Val {
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

function assignment(
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

export function awaitValue(machine: Machine, value: Val, scope: Scope, node: Node): Val {
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
