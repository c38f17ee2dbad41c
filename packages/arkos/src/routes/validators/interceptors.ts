import { parseSync } from 'oxc-parser';
import { isUndefined, placeOf, property } from '@bulwark/model';
import { one } from './fate.ts';
import type { Fates } from './fate.ts';
import type { Expression, Statement } from 'oxc-parser';
import type { FieldOutcome, Value } from '@bulwark/model';

/**
 * What a `before<Endpoint>` interceptor does with a field that validation let through (FACTS §5.1, §5.4). Only
 * plain guards are recognised: what throws on the field, deletes it, or writes the body anew without it.
 */
export function intercepted(
  before: FieldOutcome,
  exports: readonly Value[],
  endpoint: string,
  field: string,
): Fates {
  if (before.fate !== 'accepted') return [before];
  const name = `before${endpoint[0]!.toUpperCase()}${endpoint.slice(1)}`;
  return exports
    .flatMap((value) => functionsOf(property(value, name)))
    .reduce(
      (fates: Fates, value) =>
        fates.flatMap((it) => (it.fate === 'accepted' ? guardedBy(value, it, field) : [it])),
      [before],
    );
}

function functionsOf(value: Value): readonly Value[] {
  if (value.kind === 'absent' || isUndefined(value)) return [];
  const data = value.kind === 'known' ? value.value : null;
  return typeof data === 'object' && data?.type === 'array'
    ? [...data.items, ...(data.rest ? [data.rest] : [])]
    : [value];
}

function guardedBy(value: Value, before: FieldOutcome, field: string): Fates {
  const place = placeOf(value);
  const data = value.kind === 'known' ? value.value : null;
  if (typeof data !== 'object' || data?.type !== 'function') {
    return one('unknown', 'an interceptor nobody can see through runs before it is written', place);
  }
  if (data.source.length >= 2000)
    return one('unknown', 'the interceptor before it is too long to be read', place);
  const effect = effectOf(data.source, field);
  if (effect === 'none') return [before];
  if (effect === 'unclear')
    return one(
      'unknown',
      `the interceptor ${data.name} does something with ${field} or the whole body`,
      place,
    );
  return one(
    effect,
    effect === 'rejected'
      ? `the interceptor ${data.name} throws on ${field}`
      : `the interceptor ${data.name} takes ${field} out`,
    place,
  );
}

type Effect = 'rejected' | 'stripped' | 'unclear' | 'none';

interface Field {
  readonly name: string;
  /** The function takes it out of the body into a variable of that name. */
  readonly isVariable: boolean;
}

/** What a function does with `name` of the body, from its source text. */
export function effectOf(source: string, name: string): Effect {
  const taken = new RegExp(String.raw`\{[^{}]*\b${name}\b[^{}]*\}\s*=\s*[\w.?]*\bbody\b`).test(source);
  const field: Field = { name, isVariable: taken };
  const body = parseFunction(source);
  if (body === null) return 'unclear';
  for (const statement of body) {
    const effect = statementEffect(statement, field, source);
    if (effect !== 'none') return effect;
    // Whatever returns before the guard lets some requests past it.
    if (mayLeave(statement)) return source.includes(name) ? 'unclear' : 'none';
  }
  return 'none';
}

/** A function's statements; its text may be a declaration, an expression, an arrow or a method. */
function parseFunction(source: string): readonly Statement[] | null {
  for (const text of [`(${source});`, `({ ${source} });`]) {
    const { program, errors } = parseSync('interceptor.ts', text);
    const [first] = program.body;
    if (errors.length > 0 || first?.type !== 'ExpressionStatement') continue;
    let node: Expression = first.expression;
    while (node.type === 'ParenthesizedExpression') node = node.expression;
    if (node.type === 'ObjectExpression') {
      const [only] = node.properties;
      if (only?.type !== 'Property') return null;
      node = only.value;
    }
    // `catchAsync(async (req) => …)` and the like hand the inner function on.
    while (node.type === 'CallExpression') {
      const inner: Expression | undefined = node.arguments.find(
        (it): it is Expression => it.type === 'ArrowFunctionExpression' || it.type === 'FunctionExpression',
      );
      if (!inner) return null;
      node = inner;
    }
    if (node.type === 'ArrowFunctionExpression') {
      return node.body.type === 'BlockStatement' ? node.body.body : [];
    }
    if (node.type === 'FunctionExpression') return node.body?.body ?? null;
    return null;
  }
  return null;
}

function statementEffect(statement: Statement, field: Field, source: string): Effect {
  if (statement.type === 'IfStatement') return ifEffect(statement, field, source);
  if (statement.type === 'ExpressionStatement') return expressionEffect(statement.expression, field, source);
  if (statement.type === 'VariableDeclaration') {
    // `const { isSuperUser, ...rest } = req.body` takes nothing out by itself; the body must be written anew.
    return 'none';
  }
  return JSON.stringify(statement).includes(`"${field.name}"`) ? 'unclear' : 'none';
}

function expressionEffect(node: Expression, field: Field, source: string): Effect {
  if (node.type === 'UnaryExpression' && node.operator === 'delete') {
    return isField(node.argument, field) ? 'stripped' : 'none';
  }
  if (node.type === 'AssignmentExpression') {
    const { left, right } = node;
    if (left.type === 'MemberExpression' && isField(left, field)) {
      const isSafe =
        (right.type === 'Literal' && !right.value) ||
        (right.type === 'Identifier' && right.name === 'undefined');
      return isSafe ? 'stripped' : 'unclear';
    }
    if (left.type === 'MemberExpression' && nameOf(left) === 'body') return bodyEffect(right, field, source);
  }
  return JSON.stringify(node).includes(`"${field.name}"`) ? 'unclear' : 'none';
}

/** `req.body = { … }`: without a spread, only what is named remains. */
function bodyEffect(right: Expression, field: Field, source: string): Effect {
  if (right.type === 'ObjectExpression') {
    const spreads = right.properties.filter((it) => it.type === 'SpreadElement');
    const last = right.properties.findLast(
      (it) => it.type === 'Property' && it.key.type === 'Identifier' && it.key.name === field.name,
    );
    if (last?.type === 'Property')
      return last.value.type === 'Literal' && !last.value.value ? 'stripped' : 'unclear';
    if (spreads.length === 0) return 'stripped';
    const isWithout = spreads.every(
      (it) => it.argument.type === 'Identifier' && isRestWithout(it.argument.name, field.name, source),
    );
    return isWithout
      ? 'stripped'
      : spreads.every((it) => it.argument.type === 'MemberExpression' && nameOf(it.argument) === 'body')
        ? 'none'
        : 'unclear';
  }
  if (right.type === 'Identifier')
    return isRestWithout(right.name, field.name, source) ? 'stripped' : 'unclear';
  return 'unclear';
}

/** `const { isSuperUser, ...rest } = …body`. */
function isRestWithout(rest: string, field: string, source: string): boolean {
  return new RegExp(String.raw`\{[^{}]*\b${field}\b[^{}]*\.\.\.${rest}\s*\}\s*=\s*[\w.?]*\bbody\b`).test(
    source,
  );
}

function ifEffect(
  statement: Extract<Statement, { type: 'IfStatement' }>,
  field: Field,
  source: string,
): Effect {
  const concern = concerns(statement.test, field);
  if (concern === 'no') {
    return JSON.stringify(statement).includes(`"${field.name}"`) ? 'unclear' : 'none';
  }
  const block =
    statement.consequent.type === 'BlockStatement' ? statement.consequent.body : [statement.consequent];
  if (concern === 'yes' && block.some((it) => refuses(it))) return 'rejected';
  const [only] = block;
  if (concern === 'yes' && block.length === 1 && only) {
    const inner = statementEffect(only, field, source);
    if (inner === 'stripped') return inner;
  }
  return 'unclear';
}

/** Whether a condition holds whenever the field is set to `true` by somebody who is no super user. */
function concerns(test: Expression, field: Field): 'yes' | 'partly' | 'no' {
  if (test.type === 'ParenthesizedExpression') return concerns(test.expression, field);
  if (test.type === 'LogicalExpression') {
    const [left, right] = [concerns(test.left, field), concerns(test.right, field)];
    if (test.operator === '||' || test.operator === '??')
      return left === 'yes' || right === 'yes' ? 'yes' : left === 'no' && right === 'no' ? 'no' : 'partly';
    if (left === 'no' && right === 'no') return 'no';
    const sides = [
      { concern: left, node: test.left },
      { concern: right, node: test.right },
    ];
    return sides.every(({ concern, node }) => concern === 'yes' || isNoSuperUser(node)) ? 'yes' : 'partly';
  }
  if (isNoSuperUser(test)) return 'no';
  if (test.type === 'BinaryExpression') {
    if (test.operator === 'in')
      return test.left.type === 'Literal' && test.left.value === field.name ? 'yes' : 'no';
    const isOwn = isField(test.left, field);
    if (!isOwn) return 'no';
    const isLiteral = (value: unknown): boolean =>
      test.right.type === 'Literal' && test.right.value === value;
    const isUnset = test.right.type === 'Identifier' && test.right.name === 'undefined';
    if (/^!==?$/.test(test.operator) && (isUnset || isLiteral(null) || isLiteral(false))) return 'yes';
    return /^===?$/.test(test.operator) && isLiteral(true) ? 'yes' : 'partly';
  }
  if (test.type === 'CallExpression') {
    const isOwnCheck = /hasOwn(?:Property)?$/.test(
      test.callee.type === 'MemberExpression' ? (nameOf(test.callee) ?? '') : '',
    );
    return isOwnCheck && test.arguments.some((it) => it.type === 'Literal' && it.value === field.name)
      ? 'yes'
      : 'no';
  }
  return isField(test, field) ? 'yes' : 'no';
}

/** `!req.user.isSuperUser`: true of everybody the guard is there for. */
function isNoSuperUser(node: Expression): boolean {
  if (node.type === 'ParenthesizedExpression') return isNoSuperUser(node.expression);
  if (node.type !== 'UnaryExpression' || node.operator !== '!') return false;
  const text = JSON.stringify(node.argument);
  return text.includes('"user"') && text.includes('"isSuperUser"') && !text.includes('"body"');
}

/** `….body.isSuperUser`, `body?.["isSuperUser"]`, or a variable of that name; never the caller's own flag. */
function isField(node: Expression, field: Field): boolean {
  if (node.type === 'ChainExpression') return isField(node.expression, field);
  if (node.type === 'Identifier') return field.isVariable && node.name === field.name;
  if (node.type !== 'MemberExpression' || nameOf(node) !== field.name) return false;
  return !JSON.stringify(node.object).includes('"user"');
}

function nameOf(node: Extract<Expression, { type: 'MemberExpression' }>): string | null {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  return node.property.type === 'Literal' ? String(node.property.value) : null;
}

/** `throw …`, `return next(new …)`, `return res.status(403)…`. */
function refuses(statement: Statement): boolean {
  if (statement.type === 'ThrowStatement') return true;
  if (statement.type !== 'ReturnStatement' || !statement.argument) return false;
  const { argument } = statement;
  if (argument.type !== 'CallExpression') return false;
  if (argument.callee.type === 'Identifier' && argument.callee.name === 'next')
    return argument.arguments.length > 0;
  return (
    /"status"|"sendStatus"/.test(JSON.stringify(argument.callee)) &&
    /"value":4\d\d/.test(JSON.stringify(argument))
  );
}

function mayLeave(statement: Statement): boolean {
  return /"ReturnStatement"/.test(JSON.stringify(statement));
}
