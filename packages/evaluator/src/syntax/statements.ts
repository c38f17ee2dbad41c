/**
 * Statements. After one, the path that is followed may have come to its end (`machine.isAlive` is false): what
 * left it by `return`, `break`, `continue` or `throw` waits at its exit.
 */
import type { Class, Node, Statement } from 'oxc-parser';
import { NEVER } from '../conditions/conditions.ts';
import type { Machine } from '../machine/machine.ts';
import { childScope } from '../machine/scope.ts';
import type { Exit, Scope } from '../machine/scope.ts';
import { HOLE, prim } from '../machine/values.ts';
import type { Val } from '../machine/values.ts';
import { written } from '../source/trace.ts';
import { bindPattern, declare, hoist, initializer, siteOf } from './bindings.ts';
import { executeEnum, executeNamespace } from './enums.ts';
import { executeLoop } from './loops.ts';
import { evaluateNamed } from './make-function.ts';
import { strictlyEqual } from './operators.ts';

export function executeAll(machine: Machine, statements: readonly Node[], scope: Scope): void {
  for (const statement of statements) {
    execute(machine, statement, scope);
    if (!machine.isAlive) return;
  }
}

export function execute(machine: Machine, node: Node, scope: Scope, labels: readonly string[] = []): void {
  machine.step();
  switch (node.type) {
    case 'ExpressionStatement':
      machine.evaluate(node.expression, scope);
      return;
    case 'VariableDeclaration':
      declareVariables(machine, node, scope);
      return;
    case 'ReturnStatement':
      executeReturn(machine, node, scope);
      return;
    case 'IfStatement':
      executeIf(machine, node, scope);
      return;
    case 'BlockStatement':
      executeBlock(machine, node, scope, labels);
      return;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      executeLoop(machine, node, scope, labels, execute);
      return;
    case 'SwitchStatement':
      executeSwitch(machine, node, scope, labels);
      return;
    case 'ThrowStatement':
      machine.throwValue(machine.evaluate(node.argument, scope), written(scope.frame.file, node));
      return;
    case 'TryStatement':
      executeTry(machine, node, scope);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
      jump(machine, node.type === 'BreakStatement' ? 'break' : 'continue', node.label?.name ?? '', scope);
      return;
    case 'LabeledStatement':
      executeLabeled(machine, node, scope, labels);
      return;
    case 'ClassDeclaration':
      declareClass(machine, node, scope);
      return;
    case 'TSEnumDeclaration':
      if (!node.declare) executeEnum(machine, node, scope);
      return;
    case 'TSModuleDeclaration':
      executeNamespace(machine, node, scope, executeAll);
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration) execute(machine, node.declaration, scope);
      return;
    case 'ExportDefaultDeclaration':
      exportDefault(machine, node, scope);
      return;
    case 'TSExportAssignment':
      machine.realm.assignExports(machine.evaluate(node.expression, scope), scope);
      return;
    case 'TSImportEqualsDeclaration':
      if (node.importKind !== 'type') importEquals(machine, node, scope);
      return;
    default:
    // Declarations that are hoisted, types, and the empty statement do nothing here.
  }
}

/** The name under which a module keeps what it exports by default, where that has no name of its own. */
export const DEFAULT = '*default*';

function exportDefault(
  machine: Machine,
  node: Extract<Node, { type: 'ExportDefaultDeclaration' }>,
  scope: Scope,
): void {
  const { declaration } = node;
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'TSInterfaceDeclaration') return;
  if (declaration.type === 'ClassDeclaration' && declaration.id) {
    declareClass(machine, declaration, scope);
    return;
  }
  const value = evaluateNamed(machine, declaration, scope, 'default');
  if (declaration.type === 'ClassDeclaration' && value.kind === 'ref' && value.obj.slots.name === '')
    value.obj.slots.name = 'default';
  const cell = scope.cells.get(DEFAULT)!;
  cell.value = value;
}

function declareVariables(
  machine: Machine,
  node: Extract<Node, { type: 'VariableDeclaration' }>,
  scope: Scope,
): void {
  if (node.declare) return;
  const kind = node.kind === 'var' || node.kind === 'let' ? node.kind : 'const';
  const bind = initializer(machine, scope, kind);
  for (const { id, init } of node.declarations) {
    if (!init) {
      if (kind !== 'var')
        bindPattern(machine, scope, id, prim(undefined, written(scope.frame.file, id)), bind);
      continue;
    }
    const value = evaluateNamed(machine, init, scope, id.type === 'Identifier' ? id.name : '');
    bindPattern(machine, scope, id, value, bind);
  }
}

function declareClass(machine: Machine, node: Class, scope: Scope): void {
  if (node.declare || !node.id) return;
  const value = machine.evaluate(node, scope);
  scope.cells.get(node.id.name)!.value = value;
}

function executeReturn(
  machine: Machine,
  node: Extract<Node, { type: 'ReturnStatement' }>,
  scope: Scope,
): void {
  const { returns, isAsync } = scope.frame;
  const nothing = (): Val => prim(undefined, written(scope.frame.file, node));
  if (isAsync && node.argument) machine.awaited = true;
  let value = node.argument ? machine.evaluate(node.argument, scope) : nothing();
  machine.awaited = false;
  if (isAsync) value = machine.eachPlain(value, (leaf) => machine.realm.awaited(leaf, siteOf(scope, node)));
  returns?.records.push({ pc: machine.pc, value, site: null });
  machine.pc = NEVER;
}

function executeIf(machine: Machine, node: Extract<Node, { type: 'IfStatement' }>, scope: Scope): void {
  const test = machine.evaluate(node.test, scope);
  const { alternate } = node;
  const run = (statement: Statement | null) => (): Val => {
    if (statement) execute(machine, statement, blockFor(machine, statement, scope));
    return HOLE;
  };
  machine.eachPlain(test, (leaf) =>
    machine.branch(machine.symbols.truthy(leaf), run(node.consequent), run(alternate)),
  );
}

/** A function declared as the whole body of an `if` has a block of its own. */
function blockFor(machine: Machine, statement: Statement, scope: Scope): Scope {
  if (statement.type !== 'FunctionDeclaration') return scope;
  const inner = childScope(scope);
  hoist(machine, inner, statement, [statement]);
  return inner;
}

function executeBlock(
  machine: Machine,
  node: Extract<Node, { type: 'BlockStatement' }>,
  scope: Scope,
  labels: readonly string[],
): void {
  const inner = childScope(scope);
  hoist(machine, inner, node, node.body);
  exposeFunctions(machine, node, inner, scope);
  if (labels.length === 0) executeAll(machine, node.body, inner);
  else withExit(machine, 'break', labels, () => executeAll(machine, node.body, inner));
}

/** In sloppy code a function declared in a block is also a `var` outside it (ECMA-262, Annex B.3.2). */
function exposeFunctions(
  machine: Machine,
  node: Extract<Node, { type: 'BlockStatement' }>,
  inner: Scope,
  scope: Scope,
): void {
  if (scope.frame.strict) return;
  for (const statement of node.body) {
    if (statement.type !== 'FunctionDeclaration' || !statement.id) continue;
    let home = scope;
    while (home.parent && home.parent.frame === home.frame) {
      const cell = home.cells.get(statement.id.name);
      if (cell && cell.kind !== 'var') return;
      home = home.parent;
    }
    const cell = home.cells.get(statement.id.name);
    const { value } = inner.cells.get(statement.id.name)!;
    if (!cell) declare(machine, home, statement.id.name, 'var', value, statement.id);
    else if (cell.kind === 'var') machine.heap.writeCell(cell, value);
  }
}

/** Runs code that may be left by a jump to this exit, and joins what was. */
export function withExit(
  machine: Machine,
  kind: 'break' | 'continue',
  labels: readonly string[],
  work: () => void,
): void {
  const exit: Exit = { kind, labels, records: [], frame: null };
  machine.exits.push(exit);
  try {
    machine.attempt(work);
  } finally {
    machine.exits.splice(machine.exits.lastIndexOf(exit), 1);
  }
  for (const { pc } of exit.records) machine.pc = machine.conditions.or(machine.pc, pc);
}

function jump(machine: Machine, kind: 'break' | 'continue', label: string, scope: Scope): void {
  const exit = machine.exits.findLast((one) => one.kind === kind && one.labels.includes(label));
  exit?.records.push({ pc: machine.pc, value: null, site: written(scope.frame.file, { start: 0, end: 0 }) });
  machine.pc = NEVER;
}

function executeLabeled(
  machine: Machine,
  node: Extract<Node, { type: 'LabeledStatement' }>,
  scope: Scope,
  labels: readonly string[],
): void {
  const all = [...labels, node.label.name];
  const isLoop = /^(?:For|While|DoWhile)/.test(node.body.type);
  if (isLoop || node.body.type === 'BlockStatement' || node.body.type === 'LabeledStatement')
    execute(machine, node.body, scope, all);
  else withExit(machine, 'break', all, () => execute(machine, node.body, scope));
}

function executeSwitch(
  machine: Machine,
  node: Extract<Node, { type: 'SwitchStatement' }>,
  outer: Scope,
  labels: readonly string[],
): void {
  const value = machine.evaluate(node.discriminant, outer);
  const scope = childScope(outer);
  hoist(
    machine,
    scope,
    node,
    node.cases.flatMap(({ consequent }) => consequent),
  );
  withExit(machine, 'break', ['', ...labels], () => {
    machine.eachPlain(value, (leaf) => {
      const from = (index: number): Val => {
        for (const { consequent } of node.cases.slice(index)) {
          executeAll(machine, consequent, scope);
          if (!machine.isAlive) break;
        }
        return HOLE;
      };
      const fallback = node.cases.findIndex(({ test }) => test === null);
      const tryCase = (index: number): Val => {
        const at = node.cases.findIndex(({ test }, position) => position >= index && test !== null);
        if (at === -1) return fallback === -1 ? HOLE : from(fallback);
        const test = node.cases[at]!.test!;
        const candidate = machine.evaluate(test, scope);
        return machine.eachPlain(candidate, (other) =>
          machine.branch(
            strictlyEqual(machine, leaf, other, siteOf(scope, test)),
            () => from(at),
            () => tryCase(at + 1),
          ),
        );
      };
      return tryCase(0);
    });
  });
}

function executeTry(machine: Machine, node: Extract<Node, { type: 'TryStatement' }>, scope: Scope): void {
  const { block, handler, finalizer } = node;
  const run = (): void => {
    if (!handler) {
      execute(machine, block, scope);
      return;
    }
    const exit: Exit = { kind: 'throw', labels: [], records: [], frame: null };
    machine.exits.push(exit);
    machine.guarded += 1;
    try {
      machine.attempt(() => execute(machine, block, scope));
    } finally {
      machine.guarded -= 1;
      machine.exits.splice(machine.exits.lastIndexOf(exit), 1);
    }
    catchThrown(machine, exit, handler, scope);
  };
  if (!finalizer) {
    run();
    return;
  }
  const before = machine.exits.map((exit) => exit.records.length);
  const exits = [...machine.exits];
  machine.attempt(run);
  finalize(machine, exits, before, () => execute(machine, finalizer, scope));
}

function catchThrown(
  machine: Machine,
  exit: Exit,
  handler: NonNullable<Extract<Node, { type: 'TryStatement' }>['handler']>,
  scope: Scope,
): void {
  const { conditions } = machine;
  let thrown: Val | null = null;
  let pc = NEVER;
  for (const record of exit.records) {
    thrown = thrown === null ? record.value! : conditions.choose(record.pc, record.value!, thrown);
    pc = conditions.or(pc, record.pc);
  }
  if (thrown === null || !conditions.possible(pc)) return;
  const normal = machine.pc;
  machine.pc = pc;
  const inner = childScope(scope);
  machine.attempt(() => {
    if (handler.param)
      bindPattern(machine, inner, handler.param, thrown, initializer(machine, inner, 'catch'));
    execute(machine, handler.body, inner);
  });
  machine.pc = conditions.or(normal, machine.pc);
}

/** Runs a `finally` block on every way out; a way out that it takes itself replaces the one before. */
function finalize(
  machine: Machine,
  exits: readonly Exit[],
  before: readonly number[],
  work: () => void,
): void {
  const { conditions } = machine;
  const normal = machine.pc;
  const left = exits.flatMap((exit, index) => exit.records.slice(before[index]));
  machine.pc = left.reduce((pc, record) => conditions.or(pc, record.pc), normal);
  if (!machine.isAlive) return;
  machine.attempt(work);
  const survived = machine.pc;
  for (const record of left) record.pc = conditions.and(record.pc, survived);
  for (const exit of exits) exit.records = exit.records.filter(({ pc }) => pc !== NEVER);
  machine.pc = conditions.and(normal, survived);
}

function importEquals(
  machine: Machine,
  node: Extract<Node, { type: 'TSImportEqualsDeclaration' }>,
  scope: Scope,
): void {
  const { moduleReference } = node;
  const value =
    moduleReference.type === 'TSExternalModuleReference'
      ? machine.realm.require(
          prim(moduleReference.expression.value, written(scope.frame.file, node)),
          siteOf(scope, node),
        )
      : machine.evaluate(asExpression(moduleReference), scope);
  declare(machine, scope, node.id.name, 'const', value, node.id);
}

/** `import A = B.C` names a value by a qualified name. */
function asExpression(node: Node): Node {
  if (node.type !== 'TSQualifiedName') return node;
  return {
    type: 'MemberExpression',
    object: asExpression(node.left),
    property: node.right,
    computed: false,
    optional: false,
    start: node.start,
    end: node.end,
  } as unknown as Node;
}
