/** What a block, a function or a module declares, found once per syntax tree. */
import type { Function as FunctionNode, Node, Statement } from 'oxc-parser';
import type { CellKind } from '../machine/scope.ts';
import type { Parsed } from '../source/source-file.ts';

export interface Declarations {
  /** Bindings of the block itself: `let`, `const`, classes, enums. */
  readonly lexical: readonly { readonly name: string; readonly kind: CellKind; readonly node: Node }[];
  /** Functions declared directly in it. */
  readonly functions: readonly FunctionNode[];
  /** `var` anywhere inside, but not in nested functions. */
  readonly vars: readonly string[];
}

/** The declarations of a list of statements. */
export function declarationsOf(parsed: Parsed, owner: object, statements: readonly Node[]): Declarations {
  let found = parsed.memo.get(owner) as Declarations | undefined;
  if (!found) {
    found = read(statements);
    parsed.memo.set(owner, found);
  }
  return found;
}

function read(statements: readonly Node[]): Declarations {
  const lexical: { name: string; kind: CellKind; node: Node }[] = [];
  const functions: FunctionNode[] = [];
  const vars = new Set<string>();
  for (const statement of statements) {
    const declaration = declaredBy(statement);
    if (declaration?.type === 'VariableDeclaration' && declaration.kind !== 'var') {
      const kind = declaration.kind === 'let' ? 'let' : 'const';
      for (const { id } of declaration.declarations) {
        for (const name of namesIn(id)) lexical.push({ name, kind, node: id });
      }
    } else if (declaration?.type === 'ClassDeclaration') {
      if (declaration.id && !declaration.declare)
        lexical.push({ name: declaration.id.name, kind: 'class', node: declaration.id });
    } else if (declaration?.type === 'FunctionDeclaration') {
      functions.push(declaration);
    } else if (declaration?.type === 'TSEnumDeclaration') {
      if (!declaration.declare && !lexical.some(({ name }) => name === declaration.id.name))
        lexical.push({ name: declaration.id.name, kind: 'enum', node: declaration.id });
    } else if (declaration?.type === 'TSModuleDeclaration') {
      const name = namespaceName(declaration);
      const isTaken =
        lexical.some((other) => other.name === name) || functions.some(({ id }) => id?.name === name);
      if (name !== null && !isTaken) lexical.push({ name, kind: 'enum', node: declaration.id });
    }
    collectVars(statement, vars);
  }
  return { lexical, functions, vars: [...vars] };
}

/** The name of a namespace that makes a value; `null` for a type-only or foreign module. */
export function namespaceName(node: Extract<Node, { type: 'TSModuleDeclaration' }>): string | null {
  return !node.declare && node.id.type === 'Identifier' && node.body ? node.id.name : null;
}

/** What a statement declares, through `export`. */
export function declaredBy(statement: Node): Node | null {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration;
  if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
  return statement;
}

export function namesIn(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) =>
        element === null ? [] : namesIn(element.type === 'RestElement' ? element.argument : element),
      );
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'TSParameterProperty':
      return namesIn(pattern.parameter);
    default:
      return [];
  }
}

function collectVars(node: Statement | Node | null, vars: Set<string>): void {
  switch (node?.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var' && !node.declare) {
        for (const { id } of node.declarations) for (const name of namesIn(id)) vars.add(name);
      }
      break;
    case 'ExportNamedDeclaration':
      collectVars(node.declaration, vars);
      break;
    case 'BlockStatement':
      for (const inner of node.body) collectVars(inner, vars);
      break;
    case 'IfStatement':
      collectVars(node.consequent, vars);
      collectVars(node.alternate, vars);
      break;
    case 'ForStatement':
      collectVars(node.init, vars);
      collectVars(node.body, vars);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      collectVars(node.left, vars);
      collectVars(node.body, vars);
      break;
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      collectVars(node.body, vars);
      break;
    case 'SwitchStatement':
      for (const { consequent } of node.cases) for (const inner of consequent) collectVars(inner, vars);
      break;
    case 'TryStatement':
      collectVars(node.block, vars);
      if (node.handler) collectVars(node.handler.body, vars);
      collectVars(node.finalizer, vars);
      break;
    default:
  }
}
