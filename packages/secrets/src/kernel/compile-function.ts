/** Compiles one function of the kernel's sources to the code of a WebAssembly function. */
import ts from 'typescript';
import { fold, unknown } from './fold-constant.ts';
import { signed, unsigned } from './wasm-module.ts';
import type { Signature } from './wasm-module.ts';

export interface Scope {
  readonly constants: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, Signature & { readonly index: number }>;
}

/** Operators that are one instruction. */
const BINARY: Readonly<Record<string, number>> = {
  '===': 0x46,
  '!==': 0x47,
  '<': 0x48,
  '>': 0x4a,
  '<=': 0x4c,
  '>=': 0x4e,
  '+': 0x6a,
  '-': 0x6b,
  '*': 0x6c,
  '&': 0x71,
  '|': 0x72,
  '^': 0x73,
  '<<': 0x74,
  '>>': 0x75,
  '>>>': 0x76,
};

/** Views: the load, the store, and the bits of an element's size. */
const VIEWS: Readonly<Record<string, readonly [number, number, number]>> = {
  u8: [0x2d, 0x3a, 0],
  u16: [0x2f, 0x3b, 1],
  i32: [0x28, 0x36, 2],
};

const [BLOCK, LOOP, IF, ELSE, END] = [0x02, 0x03, 0x04, 0x05, 0x0b];
const [BR, BR_IF, RETURN, CALL, UNREACHABLE] = [0x0c, 0x0d, 0x0f, 0x10, 0x00];
const [LOCAL_GET, LOCAL_SET] = [0x20, 0x21];
const [CONST, EQZ, SHL] = [0x41, 0x45, 0x74];
const [VOID, I32] = [0x40, 0x7f];
const MEMORY_COPY = [0xfc, 0x0a, 0, 0];

interface Place {
  readonly address: number[];
  readonly offset: number;
}

interface Compiled {
  readonly locals: number;
  readonly code: readonly number[];
}

export function compileFunction(node: ts.FunctionDeclaration, signature: Signature, scope: Scope): Compiled {
  const names: Map<string, number>[] = [
    new Map(node.parameters.map(({ name }, index) => [name.getText(), index])),
  ];
  let locals = 0;
  /** How deep the blocks are nested, and at which depth those stand that `break` and `continue` leave. */
  let depth = 0;
  const loops: { readonly out: number; readonly on: number }[] = [];

  const declare = (name: string): number => {
    const local = signature.parameters + locals;
    locals += 1;
    names.at(-1)!.set(name, local);
    return local;
  };
  const localOf = (name: string): number | undefined => names.findLast((block) => block.has(name))?.get(name);

  const nest = (compile: () => number[]): number[] => {
    depth += 1;
    names.push(new Map());
    const code = compile();
    names.pop();
    depth -= 1;
    return code;
  };

  function statement(node: ts.Statement): number[] {
    if (ts.isBlock(node)) return inBlock(node.statements);
    if (ts.isVariableStatement(node)) return declarations(node.declarationList);
    if (ts.isExpressionStatement(node)) return effect(node.expression);
    if (ts.isIfStatement(node)) {
      const { elseStatement } = node;
      const then = nest(() => statement(node.thenStatement));
      const otherwise = elseStatement ? [ELSE, ...nest(() => statement(elseStatement))] : [];
      return [...value(node.expression), IF, VOID, ...then, ...otherwise, END];
    }
    if (ts.isWhileStatement(node)) return loop(node.expression, node.statement, undefined);
    if (ts.isForStatement(node)) {
      names.push(new Map());
      const { initializer, condition, incrementor } = node;
      const start = initializer && ts.isVariableDeclarationList(initializer) ? declarations(initializer) : [];
      const code = [...start, ...loop(condition, node.statement, incrementor)];
      names.pop();
      return code;
    }
    if (ts.isReturnStatement(node)) return [...(node.expression ? value(node.expression) : []), RETURN];
    if (ts.isBreakStatement(node)) return [BR, ...unsigned(depth - (loops.at(-1)?.out ?? 0))];
    if (ts.isContinueStatement(node)) return [BR, ...unsigned(depth - (loops.at(-1)?.on ?? 0))];
    throw unknown(node);
  }

  function inBlock(statements: readonly ts.Statement[]): number[] {
    names.push(new Map());
    const code = statements.flatMap(statement);
    names.pop();
    return code;
  }

  function declarations(list: ts.VariableDeclarationList): number[] {
    return list.declarations.flatMap(({ name, initializer }) => {
      if (!initializer) throw unknown(list);
      const code = value(initializer);
      return [...code, LOCAL_SET, ...unsigned(declare(name.getText()))];
    });
  }

  function loop(
    condition: ts.Expression | undefined,
    body: ts.Statement,
    update: ts.Expression | undefined,
  ): number[] {
    const out = depth + 1;
    const code = nest(() =>
      nest(() => {
        const test = condition ? [...value(condition), EQZ, BR_IF, 1] : [];
        loops.push({ out, on: depth + 1 });
        const inner = nest(() => statement(body));
        loops.pop();
        return [...test, BLOCK, VOID, ...inner, END, ...(update ? effect(update) : []), BR, 0];
      }),
    );
    return [BLOCK, VOID, LOOP, VOID, ...code, END, END];
  }

  /** An expression whose value nobody asks for. */
  function effect(node: ts.Expression): number[] {
    if (ts.isCallExpression(node)) {
      if (node.expression.getText() === 'copy') return [...node.arguments.flatMap(value), ...MEMORY_COPY];
      if (signatureFor(node).hasResult) throw unknown(node);
      return value(node);
    }
    if (!ts.isBinaryExpression(node)) throw unknown(node);
    const assigned = assignedBy(node);
    const { left } = node;
    if (ts.isIdentifier(left)) {
      const local = localOf(left.text);
      if (local === undefined) throw unknown(left);
      return [...assigned, LOCAL_SET, ...unsigned(local)];
    }
    if (!ts.isElementAccessExpression(left)) throw unknown(left);
    const { address, offset, view } = place(left);
    return [...address, ...assigned, view[1], 0, ...unsigned(offset)];
  }

  function assignedBy({ left, operatorToken, right }: ts.BinaryExpression): number[] {
    const operator = operatorToken.getText();
    if (operator === '=') return value(right);
    const instruction = BINARY[operator.slice(0, -1)];
    if (!operator.endsWith('=') || instruction === undefined) throw unknown(operatorToken);
    return [...value(left), ...value(right), instruction];
  }

  function value(node: ts.Expression): number[] {
    const constant = isShadowed(node) ? undefined : fold(node, scope.constants);
    if (constant !== undefined) return [CONST, ...signed(constant)];
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return value(node.expression);
    if (node.kind === ts.SyntaxKind.TrueKeyword) return [CONST, 1];
    if (node.kind === ts.SyntaxKind.FalseKeyword) return [CONST, 0];
    if (ts.isIdentifier(node)) {
      const local = localOf(node.text);
      if (local === undefined) throw unknown(node);
      return [LOCAL_GET, ...unsigned(local)];
    }
    if (ts.isElementAccessExpression(node)) {
      const { address, offset, view } = place(node);
      return [...address, view[0], 0, ...unsigned(offset)];
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return [...value(node.operand), EQZ];
    if (ts.isConditionalExpression(node)) {
      const [then, otherwise] = [nest(() => value(node.whenTrue)), nest(() => value(node.whenFalse))];
      return [...value(node.condition), IF, I32, ...then, ELSE, ...otherwise, END];
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'half') {
      const { address, offset } = addressOf(node.arguments[0]!, 0);
      return [...address, VIEWS['u16']![0], 0, ...unsigned(offset)];
    }
    if (ts.isCallExpression(node))
      return [...node.arguments.flatMap(value), CALL, ...unsigned(signatureFor(node).index)];
    if (ts.isBinaryExpression(node)) return binary(node);
    throw unknown(node);
  }

  function isShadowed(node: ts.Expression): boolean {
    return ts.isIdentifier(node) && localOf(node.text) !== undefined;
  }

  function binary({ left, operatorToken, right }: ts.BinaryExpression): number[] {
    const operator = operatorToken.getText();
    if (operator === '&&') return [...value(left), IF, I32, ...value(right), ELSE, CONST, 0, END];
    if (operator === '||') return [...value(left), IF, I32, CONST, 1, ELSE, ...value(right), END];
    const instruction = BINARY[operator];
    if (instruction === undefined) throw unknown(operatorToken);
    return [...value(left), ...value(right), instruction];
  }

  /** Where an element stands: an address and, where a constant is added to it, that constant apart. */
  function place({ expression, argumentExpression: index }: ts.ElementAccessExpression): Place & {
    readonly view: readonly [number, number, number];
  } {
    const view = VIEWS[expression.getText()];
    if (!view) throw unknown(expression);
    return { ...addressOf(index, view[2]), view };
  }

  /** @param bits of an element's size */
  function addressOf(index: ts.Expression, bits: number): Place {
    const constant = fold(index, scope.constants);
    if (constant !== undefined) return { address: [CONST, 0], offset: constant << bits };
    const isSum = ts.isBinaryExpression(index) && index.operatorToken.kind === ts.SyntaxKind.PlusToken;
    const base = isSum ? fold(index.left, scope.constants) : undefined;
    if (!isSum || base === undefined) return { address: scaled(value(index), bits), offset: 0 };
    return { address: scaled(value(index.right), bits), offset: base << bits };
  }

  function signatureFor(node: ts.CallExpression): Signature & { readonly index: number } {
    const signature = scope.numbers.get(node.expression.getText());
    if (signature?.parameters !== node.arguments.length) throw unknown(node);
    return signature;
  }

  const code = inBlock(node.body?.statements ?? []);
  return { locals, code: signature.hasResult ? [...code, UNREACHABLE] : code };
}

function scaled(index: number[], bits: number): number[] {
  return bits === 0 ? index : [...index, CONST, bits, SHL];
}
