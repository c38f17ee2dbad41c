import { parse } from 'unbash';
import type {
  Assignment,
  Command,
  CommandArgument,
  CompoundList,
  DoubleQuotedChild,
  ParsedScript,
  PipelineNode,
  Redirection,
  Statement,
  Word,
  WordPart,
} from 'unbash';

/** One word of a command; `null` where it depends on something the script does not say. */
export type ShellWord = string | null;

/** A simple command as the shell would run it. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Variables set for it: by `export` before, or in front of it. */
  readonly env: ReadonlyMap<string, ShellWord>;
  /** Folder it runs in: `cd` steps joined onto the start, `null` where a `cd` cannot be followed. */
  readonly folder: string | null;
  /** As written. */
  readonly text: string;
  readonly pos: number;
  readonly end: number;
  /** It runs only if something holds: in an `if`, after `||`. */
  readonly isConditional: boolean;
  /** It replaces the shell or is the last thing it does. */
  readonly isLast: boolean;
}

export interface ShellReading {
  readonly commands: readonly ShellCommand[];
  /** What the parser could not make sense of. */
  readonly errors: readonly string[];
}

/** The spellings of "everything the script was called with". */
const ALL_ARGUMENTS: ReadonlySet<string> = new Set(['"$@"', '$@', '$*', '"${@}"']);

/** Built into the shell, and of no effect on what is started. */
const STARTS_NOTHING: ReadonlySet<string> = new Set(
  'set : true false echo printf [ test trap wait exit return shift umask read popd local alias'.split(' '),
);

interface Scope {
  readonly args: readonly ShellWord[];
  folder: string | null;
  readonly env: Map<string, ShellWord>;
}

/**
 * Every simple command of a script, in the order they stand. `folder` is where the script starts, `args` what
 * it is called with.
 */
export function readShell(
  source: string,
  folder: string | null,
  env: ReadonlyMap<string, ShellWord> = new Map(),
  args: readonly ShellWord[] = [],
): ShellReading {
  const script: ParsedScript = parse(source);
  const commands: Mutable<ShellCommand>[] = [];
  readStatements(script.commands, { args, folder, env: new Map(env) }, false, source, commands);
  const last = commands.at(-1);
  if (last) last.isLast = true;
  return { commands, errors: (script.errors ?? []).map(({ message }) => message) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readStatements(
  statements: readonly Statement[],
  scope: Scope,
  isConditional: boolean,
  source: string,
  out: Mutable<ShellCommand>[],
): void {
  for (const { command } of statements) readNode(command, scope, isConditional, source, out);
}

function readNode(
  node: Statement['command'] | PipelineNode,
  scope: Scope,
  isConditional: boolean,
  source: string,
  out: Mutable<ShellCommand>[],
): void {
  const list = (body: CompoundList, inner: Scope = scope, when = isConditional): void =>
    readStatements(body.commands, inner, when, source, out);
  switch (node.type) {
    case 'AndOr':
      node.commands.forEach((part, index) =>
        readNode(part, scope, isConditional || node.operators[index - 1] === '||', source, out),
      );
      return;
    case 'Pipeline':
      for (const part of node.commands) readNode(part, copyOf(scope), isConditional, source, out);
      return;
    case 'Command':
      readCommand(node, scope, isConditional, source, out);
      return;
    case 'Redirected':
      readNode(node.command, scope, isConditional, source, out);
      return;
    case 'Subshell':
      list(node.body, copyOf(scope));
      return;
    case 'BraceGroup':
      list(node.body);
      return;
    case 'If':
      for (const { clause, then } of [node, ...node.elif]) {
        list(clause, copyOf(scope), true);
        list(then, copyOf(scope), true);
      }
      if (node.else) list(node.else, copyOf(scope), true);
      return;
    case 'While':
    case 'For':
    case 'ArithmeticFor':
    case 'Select':
      list(node.body, copyOf(scope), true);
      return;
    case 'Case':
      for (const item of node.items) list(item.body, copyOf(scope), true);
      return;
    default:
    // Functions, tests and arithmetic start nothing by themselves.
  }
}

function readCommand(
  node: Command,
  scope: Scope,
  isConditional: boolean,
  source: string,
  out: Mutable<ShellCommand>[],
): void {
  const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  const own = assignments.map((it): [string, ShellWord] => [it.name, valueOf(it, scope.env)]);
  const words = [...(node.name ? [node.name] : []), ...node.suffix.filter(isArgument)].flatMap((part) =>
    ALL_ARGUMENTS.has(part.text) ? scope.args : [wordOf(part, scope.env)],
  );
  const [name] = words;
  if (name === undefined) {
    for (const [variable, value] of own) scope.env.set(variable, value);
    return;
  }
  if (name === 'export' || name === 'declare') {
    for (const part of node.suffix) {
      if (part.type === 'Assignment') scope.env.set(part.name, valueOf(part, scope.env));
    }
    return;
  }
  if (name === 'set' && words.length === 2 && words[1]?.includes('=')) {
    // `set A=b && …`, as package scripts for Windows have it.
    const [variable, ...rest] = words[1].split('=');
    scope.env.set(variable!, rest.join('=').trim());
    return;
  }
  if (name !== null && STARTS_NOTHING.has(name)) return;
  if (name === 'unset') {
    for (const word of words.slice(1)) if (word !== null) scope.env.delete(word);
    return;
  }
  if (name === 'cd' || name === 'pushd') {
    const target = words.slice(1).find((word) => word === null || !word.startsWith('-'));
    scope.folder = joinFolder(scope.folder, target === undefined ? null : target);
    return;
  }
  out.push({
    words,
    env: new Map([...scope.env, ...own]),
    folder: scope.folder,
    text: source.slice(node.pos, node.end),
    pos: node.pos,
    end: node.end,
    isConditional,
    isLast: name === 'exec',
  });
}

function isArgument(part: CommandArgument | Redirection): part is CommandArgument {
  return part.type === 'Word' || part.type === 'Assignment';
}

function valueOf(assignment: Assignment, env: ReadonlyMap<string, ShellWord>): ShellWord {
  return assignment.value.type === 'Word' ? wordOf(assignment.value, env) : null;
}

/** What a word expands to. Field splitting is not done: what expands to several words is not followed. */
function wordOf(word: Word | Assignment, env: ReadonlyMap<string, ShellWord>): ShellWord {
  if (word.type === 'Assignment') {
    const value = valueOf(word, env);
    return value === null ? null : `${word.name}=${value}`;
  }
  return word.parts ? joinParts(word.parts, env) : word.value;
}

function joinParts(parts: readonly WordPart[], env: ReadonlyMap<string, ShellWord>): ShellWord {
  let text = '';
  for (const part of parts) {
    const piece = partOf(part, env);
    if (piece === null) return null;
    text += piece;
  }
  return text;
}

function partOf(part: WordPart | DoubleQuotedChild, env: ReadonlyMap<string, ShellWord>): ShellWord {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'Glob':
      return part.text;
    case 'BraceExpansion':
    case 'ExtendedGlob':
      return part.text;
    case 'DoubleQuoted':
    case 'LocaleString':
      return joinParts(part.parts, env);
    case 'SimpleExpansion':
      return env.get(part.text.slice(1)) ?? null;
    case 'ParameterExpansion':
      return part.operation === undefined && part.prefix === undefined && part.index === undefined
        ? (env.get(part.parameter) ?? null)
        : null;
    default:
      return null;
  }
}

function copyOf(scope: Scope): Scope {
  return { args: scope.args, folder: scope.folder, env: new Map(scope.env) };
}

/** `to` seen from `from`; both `/`-separated, `.` is the root. `null` if it cannot be followed. */
export function joinFolder(from: string | null, to: ShellWord): string | null {
  if (to === null || to === '-' || to.startsWith('~')) return null;
  if (to.startsWith('/')) return normalize(to.split('/'), true);
  return from === null ? null : normalize([...from.split('/'), ...to.split('/')], from.startsWith('/'));
}

function normalize(parts: readonly string[], isAbsolute: boolean): string | null {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0) kept.pop();
    else if (!isAbsolute) return null;
  }
  return (isAbsolute ? '/' : '') + kept.join('/') || '.';
}
