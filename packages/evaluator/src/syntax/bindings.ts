/** Bindings: making, reading and writing them, and taking values apart by patterns. */
import type { Node } from 'oxc-parser';
import type { Site } from '../machine/builtin.ts';
import { eachKey } from '../machine/convert.ts';
import { getMember, setMember } from '../machine/members.ts';
import type { Machine } from '../machine/machine.ts';
import { findCell } from '../machine/scope.ts';
import type { Cell, CellKind, Scope } from '../machine/scope.ts';
import { HOLE, prim, retrace } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { passed, written } from '../source/trace.ts';
import { declarationsOf } from './declarations.ts';
import { iterate } from './iteration.ts';
import { evaluateNamed, makeFunction } from './make-function.ts';

export function siteOf(scope: Scope, node: { start: number; end: number }): Site {
  return written(scope.frame.file, node);
}

export function declare(
  machine: Machine,
  scope: Scope,
  name: string,
  kind: CellKind,
  value: Val,
  node: { start: number; end: number } | null,
): Cell {
  const cell: Cell = {
    name,
    kind,
    value,
    birth: machine.pc,
    declared: node && written(scope.frame.file, node),
    volatile: null,
  };
  scope.cells.set(name, cell);
  return cell;
}

/** Makes the bindings of a list of statements, functions ready to be called. */
export function hoist(machine: Machine, scope: Scope, owner: object, statements: readonly Node[]): void {
  const { lexical, functions } = declarationsOf(scope.frame.file.parsed, owner, statements);
  for (const { name, kind, node } of lexical) declare(machine, scope, name, kind, HOLE, node);
  for (const node of functions) {
    // A body is missing in an overload or an ambient declaration.
    if (!node.id || !node.body) continue;
    declare(
      machine,
      scope,
      node.id.name,
      'function',
      makeFunction(machine, node, scope, node.id.name),
      node.id,
    );
  }
}

export function hoistVars(
  machine: Machine,
  scope: Scope,
  owner: object,
  statements: readonly Node[],
  file: Site['file'],
): void {
  for (const name of declarationsOf(file.parsed, owner, statements).vars) {
    if (!scope.cells.has(name))
      declare(machine, scope, name, 'var', prim(undefined, written(file, { start: 0, end: 0 })), null);
  }
}

const KEYWORDS: Readonly<Record<CellKind, string>> = {
  const: 'const ',
  let: 'let ',
  var: 'var ',
  parameter: 'parameter ',
  function: 'function ',
  class: 'class ',
  import: 'import ',
  enum: 'enum ',
  catch: 'caught ',
};

export function readName(
  machine: Machine,
  scope: Scope,
  name: string,
  node: { start: number; end: number },
): Val {
  const cell = findCell(scope, name);
  if (!cell) return machine.realm.readGlobal(name, siteOf(scope, node));
  return readCell(machine, cell, siteOf(scope, node));
}

export function readCell(machine: Machine, cell: Cell, site: Site): Val {
  if (cell.volatile) return { ...cell.volatile, trace: written(site.file, site) };
  const value = cell.bound ? cell.bound() : cell.value;
  if (value.kind === 'prim' || value.kind === 'ref') return throughCell(value, cell);
  const settled = machine.each(value, (leaf) =>
    leaf.kind === 'hole'
      ? machine.throwError('ReferenceError', `Cannot access '${cell.name}' before initialization`, site)
      : leaf,
  );
  return throughCell(settled, cell);
}

/** The value with the step through its binding; functions are told by where they are written. */
function throughCell(value: Val, { declared, kind, name }: Cell): Val {
  if (!declared || kind === 'function' || kind === 'class' || (value.kind === 'ref' && value.obj.code))
    return value;
  return retrace(value, (trace) => passed(trace, `${KEYWORDS[kind]}${name}`, declared.file, declared));
}

export function writeName(
  machine: Machine,
  scope: Scope,
  name: string,
  value: Val,
  node: { start: number; end: number },
): void {
  const cell = findCell(scope, name);
  const site = siteOf(scope, node);
  if (!cell) {
    if (scope.frame.strict) machine.throwError('ReferenceError', `${name} is not defined`, site);
    machine.realm.writeGlobal(name, value, site);
    return;
  }
  if (cell.value.kind === 'hole' && !cell.bound)
    machine.throwError('ReferenceError', `Cannot access '${name}' before initialization`, site);
  if (cell.kind === 'const' || cell.kind === 'import' || cell.kind === 'enum')
    machine.throwError('TypeError', 'Assignment to constant variable.', site);
  if (cell.volatile) {
    machine.realm.escape(value, site, `was stored in ${name}, which may change at any time`);
    return;
  }
  machine.heap.writeCell(cell, value);
}

/** How a part of a pattern takes its value: as a new binding, or by assignment. */
export type Bind = (target: Node, value: Val) => void;

export function initializer(machine: Machine, scope: Scope, kind: CellKind): Bind {
  return (target, value) => {
    if (target.type !== 'Identifier') throw new TypeError(`${target.type} is no binding`);
    const cell = kind === 'var' ? findCell(scope, target.name) : scope.cells.get(target.name);
    if (!cell) declare(machine, scope, target.name, kind, value, target);
    else if (kind === 'var') {
      cell.declared ??= written(scope.frame.file, target);
      if (cell.volatile) machine.realm.escape(value, siteOf(scope, target), `was stored in ${target.name}`);
      else machine.heap.writeCell(cell, value);
    } else {
      machine.heap.writeCell(cell, value);
    }
  };
}

export function assigner(machine: Machine, scope: Scope): Bind {
  return (target, value) => assignTo(machine, scope, target, value);
}

/** Assigns to a name or a member. */
export function assignTo(machine: Machine, scope: Scope, target: Node, value: Val): void {
  switch (target.type) {
    case 'Identifier':
      writeName(machine, scope, target.name, value, target);
      return;
    case 'MemberExpression': {
      const { base, key } = memberTarget(machine, scope, target);
      writeMember(machine, scope, target, base, key, value);
      return;
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      assignTo(machine, scope, target.expression, value);
      return;
    default:
      bindPattern(machine, scope, target, value, assigner(machine, scope));
  }
}

type Member = Extract<Node, { type: 'MemberExpression' }>;

/** The object and key a member expression names, each evaluated once. */
export function memberTarget(machine: Machine, scope: Scope, node: Member): { base: Val; key: Val } {
  const base = node.object.type === 'Super' ? scope.frame.self.value : machine.evaluate(node.object, scope);
  return { base, key: memberKey(machine, scope, node) };
}

export function memberKey(machine: Machine, scope: Scope, node: Member): Val {
  const { property } = node;
  if (node.computed) return machine.evaluate(node.property, scope);
  if (property.type === 'PrivateIdentifier')
    return prim(privateKey(scope, property.name), written(scope.frame.file, property));
  return prim((property as { name: string }).name, written(scope.frame.file, property));
}

/** Private names are told apart by their class. */
export function privateKey(scope: Scope, name: string): string {
  const cell = findCell(scope, `#${name}`);
  return cell?.value.kind === 'prim' ? String(cell.value.value) : `\0#${name}`;
}

export function writeMember(
  machine: Machine,
  scope: Scope,
  node: { start: number; end: number },
  base: Val,
  key: Val,
  value: Val,
): void {
  const site = siteOf(scope, node);
  machine.eachPlain(base, (leaf) =>
    eachKey(machine, key, site, (name) => {
      if (name === null) {
        if (leaf.kind === 'ref')
          machine.heap.havoc(
            leaf.obj,
            'has a key that is not known',
            key.kind === 'sym' ? key.base.variables : [],
          );
        machine.realm.escape(value, site, 'was stored under a key that is not known');
      } else {
        setMember(machine, leaf, name, value, site, scope.frame.strict);
      }
      return HOLE;
    }),
  );
}

/** Takes a value apart by a pattern. */
export function bindPattern(machine: Machine, scope: Scope, pattern: Node, value: Val, bind: Bind): void {
  switch (pattern.type) {
    case 'ObjectPattern':
      bindObject(machine, scope, pattern, value, bind);
      return;
    case 'ArrayPattern':
      bindArray(machine, scope, pattern, value, bind);
      return;
    case 'AssignmentPattern':
      bindPattern(
        machine,
        scope,
        pattern.left,
        orDefault(machine, scope, value, pattern.right, pattern.left),
        bind,
      );
      return;
    case 'TSParameterProperty':
      bindPattern(machine, scope, pattern.parameter, value, bind);
      return;
    default:
      bind(pattern, value);
  }
}

/** The value, or the default where it is `undefined`. */
function orDefault(machine: Machine, scope: Scope, value: Val, fallback: Node, target: Node): Val {
  const name = target.type === 'Identifier' ? target.name : '';
  return machine.eachPlain(value, (leaf) => {
    if (leaf.kind === 'ref') return leaf;
    if (leaf.kind === 'prim')
      return leaf.value === undefined ? evaluateNamed(machine, fallback, scope, name) : leaf;
    return machine.branch(
      machine.symbols.equals(leaf, undefined),
      () => evaluateNamed(machine, fallback, scope, name),
      () => leaf,
    );
  });
}

function bindObject(
  machine: Machine,
  scope: Scope,
  pattern: Extract<Node, { type: 'ObjectPattern' }>,
  value: Val,
  bind: Bind,
): void {
  const site = siteOf(scope, pattern);
  refuseNullish(machine, value, site);
  const taken: Val[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      bindPattern(machine, scope, property.argument, machine.realm.copyWithout(value, taken, site), bind);
      continue;
    }
    const { key } = property;
    const name: Val = property.computed
      ? machine.evaluate(key, scope)
      : prim(
          key.type === 'Identifier' ? key.name : String((key as { value: unknown }).value),
          written(site.file, key),
        );
    taken.push(name);
    const keySite = siteOf(scope, key);
    const part = machine.eachPlain(value, (leaf) =>
      eachKey(machine, name, keySite, (text) => memberOr(machine, leaf, text, keySite)),
    );
    bindPattern(machine, scope, property.value, part, bind);
  }
}

export function memberOr(machine: Machine, leaf: Plain, key: string | null, site: Site): Val {
  if (key !== null) return getMember(machine, leaf, key, site);
  return machine.symbols.fresh(
    { words: 'a property', why: leaf.kind === 'sym' ? leaf.base.why : 'is read by a key that is not known' },
    machine.realm.traceAt(site),
  );
}

function refuseNullish(machine: Machine, value: Val, site: Site): void {
  machine.eachPlain(value, (leaf) => {
    const isForeign = leaf.kind === 'sym' && leaf.base.env === null && machine.guarded === 0;
    if (isForeign) return leaf;
    return machine.branch(
      machine.symbols.nullish(leaf),
      () => machine.throwError('TypeError', 'Cannot destructure a value that is undefined or null', site),
      () => leaf,
    );
  });
}

function bindArray(
  machine: Machine,
  scope: Scope,
  pattern: Extract<Node, { type: 'ArrayPattern' }>,
  value: Val,
  bind: Bind,
): void {
  const site = siteOf(scope, pattern);
  iterate(machine, value, site, (items) => {
    const undefinedHere = (): Val => prim(undefined, machine.realm.traceAt(site));
    for (const [index, element] of pattern.elements.entries()) {
      if (element === null) continue;
      if (element.type === 'RestElement') {
        const rest = machine.heap.array(items.list.slice(index), machine.realm.traceAt(site), items.rest);
        bindPattern(machine, scope, element.argument, rest, bind);
        continue;
      }
      const item = items.rest
        ? machine.symbols.step(
            items.rest,
            { get: String(index) },
            `.${index}`,
            `${items.rest.base.words}[${index}]`,
            machine.realm.traceAt(site),
            true,
          )
        : (items.list[index] ?? undefinedHere());
      bindPattern(machine, scope, element, item.kind === 'hole' ? undefinedHere() : item, bind);
    }
    return HOLE;
  });
}
