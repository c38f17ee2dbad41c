/** Loops. One whose end is not known is followed a few times, then given up with everything it may write. */
import type { Node } from 'oxc-parser';
import { ALWAYS, NEVER } from '../conditions/conditions.ts';
import type { Cond } from '../conditions/conditions.ts';
import type { Machine } from '../machine/machine.ts';
import { childScope } from '../machine/scope.ts';
import type { Cell, Exit, Scope } from '../machine/scope.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Sym, Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { assignTo, bindPattern, declare, initializer, siteOf } from './bindings.ts';
import { namesIn } from './declarations.ts';
import { forget } from './forget.ts';
import { iterate } from './iteration.ts';

type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;
type Execute = (machine: Machine, node: Node, scope: Scope) => void;

/** How many times an undecided end is met before the loop is given up. */
const MAX_UNDECIDED = 6;

export function executeLoop(
  machine: Machine,
  node: Loop,
  outer: Scope,
  labels: readonly string[],
  execute: Execute,
): void {
  const breaks: Exit = { kind: 'break', labels: ['', ...labels], records: [], frame: null };
  machine.exits.push(breaks);
  try {
    machine.attempt(() => {
      if (node.type === 'ForInStatement' || node.type === 'ForOfStatement')
        executeEach(machine, node, outer, labels, execute);
      else executeWhile(machine, node, outer, labels, execute);
    });
  } finally {
    machine.exits.splice(machine.exits.lastIndexOf(breaks), 1);
  }
  for (const { pc } of breaks.records) machine.pc = machine.conditions.or(machine.pc, pc);
}

function runBody(
  machine: Machine,
  body: Node,
  scope: Scope,
  labels: readonly string[],
  execute: Execute,
): void {
  const exit: Exit = { kind: 'continue', labels: ['', ...labels], records: [], frame: null };
  machine.exits.push(exit);
  try {
    machine.attempt(() => execute(machine, body, scope));
  } finally {
    machine.exits.splice(machine.exits.lastIndexOf(exit), 1);
  }
  for (const { pc } of exit.records) machine.pc = machine.conditions.or(machine.pc, pc);
}

function executeWhile(
  machine: Machine,
  node: Extract<Loop, { type: 'ForStatement' | 'WhileStatement' | 'DoWhileStatement' }>,
  outer: Scope,
  labels: readonly string[],
  execute: Execute,
): void {
  const { conditions } = machine;
  let scope = childScope(outer);
  let own: readonly string[] = [];
  if (node.type === 'ForStatement' && node.init) {
    if (node.init.type === 'VariableDeclaration') {
      if (node.init.kind !== 'var') {
        own = node.init.declarations.flatMap(({ id }) => namesIn(id));
        for (const name of own)
          declare(machine, scope, name, node.init.kind === 'let' ? 'let' : 'const', HOLE, node.init);
      }
      execute(machine, node.init, scope);
    } else {
      machine.evaluate(node.init, scope);
    }
  }
  let left: Cond = NEVER;
  let undecided = 0;
  for (let isFirst = true; ; isFirst = false) {
    machine.step();
    if (node.test && !(isFirst && node.type === 'DoWhileStatement')) {
      const stays = conditionOf(machine, machine.evaluate(node.test, scope));
      const goes = conditions.and(machine.pc, conditions.not(stays));
      const stay = conditions.and(machine.pc, stays);
      if (conditions.possible(goes)) left = conditions.or(left, goes);
      if (!conditions.possible(stay)) break;
      if (conditions.possible(goes)) undecided += 1;
      if (undecided > MAX_UNDECIDED) {
        forget(machine, node, scope, 'is changed in a loop whose end is not known');
        left = conditions.or(left, machine.pc);
        break;
      }
      machine.pc = stay;
    }
    runBody(machine, node.body, scope, labels, execute);
    if (!machine.isAlive) break;
    if (own.length > 0) scope = freshCopy(scope, own);
    if (node.type === 'ForStatement' && node.update) machine.evaluate(node.update, scope);
  }
  machine.pc = left;
}

/** Each turn of a `for` has bindings of its own (ECMA-262, CreatePerIterationEnvironment). */
function freshCopy(scope: Scope, names: readonly string[]): Scope {
  const copy: Scope = { ...scope, cells: new Map(scope.cells) };
  for (const name of names) {
    const cell = scope.cells.get(name);
    if (cell) copy.cells.set(name, { ...cell } satisfies Cell);
  }
  return copy;
}

export function conditionOf(machine: Machine, value: Val): Cond {
  const { conditions } = machine;
  let cond: Cond = NEVER;
  for (const { pc, leaf } of machine.cases(value)) {
    if (leaf.kind !== 'prim' && leaf.kind !== 'ref' && leaf.kind !== 'sym') continue;
    const truthy = machine.symbols.truthy(leaf);
    cond = conditions.or(cond, truthy === ALWAYS ? pc : conditions.and(pc, truthy));
  }
  return cond;
}

function executeEach(
  machine: Machine,
  node: Extract<Loop, { type: 'ForInStatement' | 'ForOfStatement' }>,
  outer: Scope,
  labels: readonly string[],
  execute: Execute,
): void {
  const right = machine.evaluate(node.right, headScope(machine, node, outer));
  const site = siteOf(outer, node.right);
  const turn = (item: Val): void => {
    const scope = childScope(outer);
    bindTurn(machine, node, item, scope);
    runBody(machine, node.body, scope, labels, execute);
  };
  const overUnknown = (rest: Sym): Val => {
    forget(machine, node, outer, 'is changed in a loop over something unknown');
    // Followed once, for what it calls, returns and throws: whether it runs at all is not known.
    const runs = machine.symbols.condition(
      `the loop over ${rest.base.words} runs`,
      `the loop over ${rest.base.words} does not run`,
      rest.base.why,
      rest.base.variables,
      rest.trace,
    );
    return machine.branch(
      runs,
      () => {
        turn(rest);
        return HOLE;
      },
      () => HOLE,
    );
  };
  if (node.type === 'ForOfStatement') {
    iterate(machine, right, site, (items) => {
      if (items.rest) return overUnknown(items.rest);
      for (const item of items.list) {
        turn(node.await ? awaitItem(machine, item, outer, node) : item);
        if (!machine.isAlive) break;
      }
      return HOLE;
    });
    return;
  }
  machine.eachPlain(right, (leaf) =>
    machine.realm.eachInheritedKey(leaf, site, (keys) => {
      if (keys === null) {
        const why = leaf.kind === 'sym' ? leaf.base.why : 'depends on keys that are not known';
        return overUnknown(
          machine.symbols.fresh(
            { words: 'the keys', why, type: 'string', nullish: false },
            machine.realm.traceAt(site),
          ),
        );
      }
      for (const key of keys) {
        turn(prim(key, written(outer.frame.file, node.right)));
        if (!machine.isAlive) break;
      }
      return HOLE;
    }),
  );
}

function awaitItem(machine: Machine, item: Val, scope: Scope, node: Node): Val {
  return machine.eachPlain(item, (leaf) => machine.realm.awaited(leaf, siteOf(scope, node)));
}

/** The names of the loop's own bindings are in their dead zone while the right side is evaluated. */
function headScope(
  machine: Machine,
  node: Extract<Loop, { type: 'ForInStatement' | 'ForOfStatement' }>,
  outer: Scope,
): Scope {
  if (node.left.type !== 'VariableDeclaration' || node.left.kind === 'var') return outer;
  const scope = childScope(outer);
  for (const { id } of node.left.declarations)
    for (const name of namesIn(id)) declare(machine, scope, name, 'let', HOLE, id);
  return scope;
}

function bindTurn(
  machine: Machine,
  node: Extract<Loop, { type: 'ForInStatement' | 'ForOfStatement' }>,
  item: Val,
  scope: Scope,
): void {
  const { left } = node;
  if (left.type !== 'VariableDeclaration') {
    assignTo(machine, scope, left, item);
    return;
  }
  const kind = left.kind === 'var' || left.kind === 'let' ? left.kind : 'const';
  for (const { id } of left.declarations)
    bindPattern(machine, scope, id, item, initializer(machine, scope, kind));
}
