import type { Json } from '@bulwark/model';
import { parseSync } from 'oxc-parser';
import type { Expression } from 'oxc-parser';

/**
 * JSON with comments and trailing commas, as `tsconfig.json` is written; `undefined` if it is anything else.
 * Most is plain JSON; the rest is an expression of JavaScript, so the parser at hand reads it.
 */
export function parseLooseJson(text: string): Json | undefined {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(source) as Json;
  } catch {
    return parseExpression(source);
  }
}

function parseExpression(source: string): Json | undefined {
  const { program, errors } = parseSync('settings.js', `(${source}\n)`, {
    lang: 'js',
    sourceType: 'commonjs',
    astType: 'js',
    preserveParens: false,
  });
  const [statement] = program.body;
  if (errors.length > 0 || program.body.length !== 1 || statement?.type !== 'ExpressionStatement')
    return undefined;
  return literal(statement.expression);
}

function literal(node: Expression): Json | undefined {
  switch (node.type) {
    case 'Literal':
      return node.value === null || ['string', 'number', 'boolean'].includes(typeof node.value)
        ? (node.value as Json)
        : undefined;
    case 'UnaryExpression':
      return node.operator === '-' &&
        node.argument.type === 'Literal' &&
        typeof node.argument.value === 'number'
        ? -node.argument.value
        : undefined;
    case 'ArrayExpression': {
      const items = node.elements.map((item) =>
        item === null || item.type === 'SpreadElement' ? undefined : literal(item),
      );
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'ObjectExpression':
      return objectLiteral(node.properties);
    default:
      return undefined;
  }
}

type Properties = Extract<Expression, { type: 'ObjectExpression' }>['properties'];

function objectLiteral(properties: Properties): Json | undefined {
  const entries: [string, Json][] = [];
  for (const property of properties) {
    if (property.type !== 'Property' || property.kind !== 'init' || property.computed) return undefined;
    const { key } = property;
    if (key.type !== 'Identifier' && key.type !== 'Literal') return undefined;
    const value = literal(property.value);
    if (value === undefined) return undefined;
    entries.push([key.type === 'Identifier' ? key.name : String(key.value), value]);
  }
  return Object.fromEntries(entries);
}
