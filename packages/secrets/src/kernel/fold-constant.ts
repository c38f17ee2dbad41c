import ts from 'typescript';

/** The value of an expression of constants. */
export function fold(node: ts.Expression, constants: ReadonlyMap<string, number>): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isIdentifier(node)) return constants.get(node.text);
  if (ts.isParenthesizedExpression(node)) return fold(node.expression, constants);
  if (ts.isPrefixUnaryExpression(node)) {
    const value = fold(node.operand, constants);
    if (value === undefined) return undefined;
    if (node.operator === ts.SyntaxKind.MinusToken) return -value;
    return node.operator === ts.SyntaxKind.TildeToken ? ~value : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const [left, right] = [fold(node.left, constants), fold(node.right, constants)];
  if (left === undefined || right === undefined) return undefined;
  return FOLDS[node.operatorToken.getText()]?.(left, right);
}

const FOLDS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '|': (left, right) => left | right,
  '&': (left, right) => left & right,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
};

/** For what the kernel's language does not hold. */
export function unknown(node: ts.Node | undefined): Error {
  return new Error(`the kernel's language does not hold: ${node?.getText() ?? 'nothing'}`);
}
