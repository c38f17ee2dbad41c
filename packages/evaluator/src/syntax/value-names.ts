import type { Node } from 'oxc-parser';
import { childrenOf } from '../source/walk.ts';

const found = new WeakMap<object, ReadonlySet<string>>();

/** Every name a module uses as a value: outside types, and apart from where it is imported. */
export function valueNames(program: Node): ReadonlySet<string> {
  let names = found.get(program);
  if (!names) {
    const made = new Set<string>();
    collect(program, made);
    names = made;
    found.set(program, names);
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
  if (node.type === 'ImportDeclaration') return;
  if (node.type.startsWith('TS') && !WITH_VALUES.has(node.type)) return;
  if (node.type === 'Identifier') names.add(node.name);
  for (const child of childrenOf(node)) collect(child, names);
}
