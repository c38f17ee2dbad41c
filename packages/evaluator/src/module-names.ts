/** Names in import and export declarations. */
import type { Node } from 'oxc-parser';

import type { SourceFile } from './source/source-file.ts';

import { namesIn, namespaceName } from './syntax/declarations.ts';
import { valueNames } from './syntax/value-names.ts';

/** TypeScript leaves out an import none of whose names is used as a value; `import "x"` stays. */
export function isElided(file: SourceFile, statement: Extract<Node, { type: 'ImportDeclaration' }>): boolean {
  const { parsed } = file;
  if (parsed.language !== 'ts') return false;
  if (statement.specifiers.length === 0)
    return parsed.text.slice(statement.start, statement.source.start).includes('{');
  const used = valueNames(parsed);
  return statement.specifiers.every(
    (specifier) =>
      (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') ||
      !used.has(specifier.local.name),
  );
}

export function nameOf(node: Node): string {
  return node.type === 'Identifier' ? node.name : String((node as { value: unknown }).value);
}

export function declaredNames(declaration: Node | null): string[] {
  switch (declaration?.type) {
    case 'VariableDeclaration':
      return declaration.declare ? [] : declaration.declarations.flatMap(({ id }) => namesIn(id));
    case 'FunctionDeclaration':
      return declaration.id && declaration.body ? [declaration.id.name] : [];
    case 'ClassDeclaration':
      return declaration.id && !declaration.declare ? [declaration.id.name] : [];
    case 'TSEnumDeclaration':
      return declaration.declare ? [] : [declaration.id.name];
    case 'TSModuleDeclaration': {
      const name = namespaceName(declaration);
      return name === null ? [] : [name];
    }
    default:
      return [];
  }
}
