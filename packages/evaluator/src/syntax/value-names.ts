import type { Node } from 'oxc-parser';
import type { Parsed } from '../source/source-file.ts';

/** Every name a module uses as a value: outside types, and apart from where it is imported. */
export function valueNames(parsed: Parsed): ReadonlySet<string> {
  let names = parsed.memo.get(valueNames) as Set<string> | undefined;
  if (!names) {
    names = new Set<string>();
    if (parsed.program) collect(parsed.program, names);
    parsed.memo.set(valueNames, names);
  }
  return names;
}

/** Nodes of TypeScript that hold expressions; all others are types. */
const WITH_VALUES = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSQualifiedName',
  'TSParameterProperty',
]);

function collect(node: Node, names: Set<string>): void {
  const { type } = node;
  if (type === 'ImportDeclaration') return;
  if (type.startsWith('TS') && !WITH_VALUES.has(type)) return;
  if (type === 'Identifier') {
    names.add(node.name);
    return;
  }
  // Plain reading of the tree: this runs over every module with imports, once.
  for (const inner of Object.values(node) as unknown[]) {
    if (typeof inner !== 'object' || inner === null) continue;
    if (Array.isArray(inner)) {
      for (const item of inner as unknown[]) if (isNode(item)) collect(item, names);
    } else if (isNode(inner)) collect(inner, names);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
