/** TypeScript's enums and namespaces, which make objects. */
import type { Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import { childScope } from '../machine/scope.ts';
import type { Scope } from '../machine/scope.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Ref, Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { declare, hoist, hoistVars } from './bindings.ts';
import { declaredBy, namespaceName, namesIn } from './declarations.ts';

/** The object behind an enum or namespace; a second declaration of the name adds to the first. */
function openObject(machine: Machine, scope: Scope, name: string, node: Node): Ref {
  const cell = scope.cells.get(name);
  if (cell?.value.kind === 'ref') return cell.value;
  const made = machine.heap.object(written(scope.frame.file, node));
  if (cell) cell.value = made;
  else declare(machine, scope, name, 'enum', made, node);
  return made;
}

export function executeEnum(
  machine: Machine,
  node: Extract<Node, { type: 'TSEnumDeclaration' }>,
  scope: Scope,
): void {
  const object = openObject(machine, scope, node.id.name, node);
  const inner = childScope(scope);
  let previous: Val | null = null;
  for (const member of node.body.members) {
    const name = memberName(member.id);
    const trace = written(scope.frame.file, member);
    const value: Val = member.initializer
      ? machine.evaluate(member.initializer, inner)
      : following(machine, previous, member, scope);
    previous = value;
    declare(machine, inner, name, 'enum', value, member);
    machine.heap.define(object.obj, name, value, { place: trace });
    machine.eachPlain(value, (leaf) => {
      if (leaf.kind === 'prim' && typeof leaf.value === 'number')
        machine.heap.define(object.obj, String(leaf.value), prim(name, trace), { place: trace });
      else if (leaf.kind === 'sym' && leaf.base.type !== 'string')
        machine.realm.addUnknownKeys(object.obj, leaf, {
          file: scope.frame.file,
          start: member.start,
          end: member.end,
        });
      return HOLE;
    });
  }
}

function memberName(id: Node): string {
  if (id.type === 'Identifier') return id.name;
  if (id.type === 'TemplateLiteral') return id.quasis[0]?.value.cooked ?? '';
  return String((id as { value: unknown }).value);
}

function following(machine: Machine, previous: Val | null, member: Node, scope: Scope): Val {
  const trace = written(scope.frame.file, member);
  if (previous === null) return prim(0, trace);
  return machine.eachPlain(previous, (leaf) => {
    if (leaf.kind === 'prim' && typeof leaf.value === 'number') return prim(leaf.value + 1, trace);
    if (leaf.kind === 'sym')
      return machine.symbols.derive('+1', [leaf], { type: 'number', words: `${leaf.base.words} + 1` }, trace);
    return prim(undefined, trace);
  });
}

/** A namespace is a block whose exports are properties of an object, read and written through it. */
export function executeNamespace(
  machine: Machine,
  node: Extract<Node, { type: 'TSModuleDeclaration' }>,
  scope: Scope,
  executeAll: (machine: Machine, statements: readonly Node[], scope: Scope) => void,
): void {
  const name = namespaceName(node);
  if (name === null || node.body?.type !== 'TSModuleBlock') return;
  const { body } = node.body;
  const object = openObject(machine, scope, name, node);
  const inner = childScope(scope);
  const file = scope.frame.file;
  hoistVars(machine, inner, node.body, body, file);
  hoist(machine, inner, node.body, body);
  for (const statement of body) {
    executeAll(machine, [statement], inner);
    if (!machine.isAlive) return;
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue;
    for (const exported of exportedNames(statement)) {
      const cell = inner.cells.get(exported);
      if (cell) machine.heap.define(object.obj, exported, cell.value, { place: written(file, statement) });
    }
  }
}

function exportedNames(statement: Node): string[] {
  const declaration = declaredBy(statement);
  switch (declaration?.type) {
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => namesIn(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return declaration.id ? [declaration.id.name] : [];
    case 'TSModuleDeclaration': {
      const name = namespaceName(declaration);
      return name === null ? [] : [name];
    }
    default:
      return [];
  }
}
