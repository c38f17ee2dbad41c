/** Giving up on code: whatever it may write is unknown from then on. */
import type { Node } from 'oxc-parser';
import type { Machine } from '../machine/machine.ts';
import { findCell } from '../machine/scope.ts';
import type { Cell, Scope } from '../machine/scope.ts';
import type { Plain } from '../machine/values.ts';
import { childrenOf } from '../source/walk.ts';
import { written } from '../source/trace.ts';

/** The names a piece of code assigns, and those whose objects it changes or hands on. */
interface Touched {
  readonly assigned: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
  readonly called: ReadonlySet<string>;
}

const touched = new WeakMap<object, Touched>();

/**
 * Gives up on a piece of code. `calls`: also on objects that it calls methods of or hands to functions; not needed
 * where the code was tried out to see what that changes.
 */
export function forget(machine: Machine, node: Node, scope: Scope, why: string, calls = true): void {
  const { assigned, changed, called } = touchedBy(node);
  const reached = calls ? new Set([...changed, ...called]) : changed;
  const trace = written(scope.frame.file, node);
  for (const name of assigned) {
    const cell = findCell(scope, name);
    if (cell) forgetCell(machine, cell, why, trace);
  }
  for (const name of reached) {
    const cell = findCell(scope, name);
    if (cell && !cell.bound) forgetReached(machine, cell.value, why);
  }
}

export function forgetCell(machine: Machine, cell: Cell, why: string, trace: Plain['trace']): void {
  if (cell.volatile) return;
  if (machine.journal) machine.undo(cell, () => void (cell.volatile = null));
  if (cell.kind === 'const' || cell.kind === 'enum' || cell.kind === 'import') return;
  cell.volatile = machine.symbols.fresh({ words: cell.name, why: `${cell.name} ${why}` }, trace);
}

function forgetReached(machine: Machine, value: Cell['value'], why: string): void {
  if (value.kind === 'choice') {
    forgetReached(machine, value.hi, why);
    forgetReached(machine, value.lo, why);
  } else if (value.kind === 'ref') {
    machine.realm.escape(
      value,
      { file: value.trace.file, start: value.trace.start, end: value.trace.end },
      why,
    );
  }
}

function touchedBy(node: Node): Touched {
  let found = touched.get(node);
  if (!found) {
    const assigned = new Set<string>();
    const changed = new Set<string>();
    const called = new Set<string>();
    collect(node, assigned, changed, called);
    found = { assigned, changed, called };
    touched.set(node, found);
  }
  return found;
}

function collect(node: Node, assigned: Set<string>, reached: Set<string>, called: Set<string>): void {
  switch (node.type) {
    case 'AssignmentExpression':
      collectTarget(node.left, assigned, reached);
      break;
    case 'UpdateExpression':
      collectTarget(node.argument, assigned, reached);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      if (node.left.type !== 'VariableDeclaration') collectTarget(node.left, assigned, reached);
      break;
    case 'VariableDeclaration':
      if (node.kind === 'var') for (const { id } of node.declarations) collectTarget(id, assigned, reached);
      break;
    case 'UnaryExpression':
      if (node.operator === 'delete') collectTarget(node.argument, assigned, reached);
      break;
    case 'CallExpression':
    case 'NewExpression':
      for (const argument of node.arguments) collectRoots(argument, called);
      collectRoots(node.callee, called);
      break;
    default:
  }
  for (const child of childrenOf(node)) collect(child, assigned, reached, called);
}

function collectTarget(node: Node, assigned: Set<string>, reached: Set<string>): void {
  if (node.type === 'Identifier') assigned.add(node.name);
  else if (node.type === 'MemberExpression') collectRoots(node.object, reached);
  else for (const child of childrenOf(node)) collectTarget(child, assigned, reached);
}

/** The names an expression starts from: `config` in `config.routers.list`. */
function collectRoots(node: Node, reached: Set<string>): void {
  if (node.type === 'Identifier') reached.add(node.name);
  else for (const child of childrenOf(node)) collectRoots(child, reached);
}
