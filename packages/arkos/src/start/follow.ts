import micromatch from 'micromatch';
import { classify } from './last-command.ts';
import { readRunner } from './runners.ts';
import { joinFolder, readShell } from './shell.ts';
import { nameOf, unwrap } from './unwrap.ts';
import type { NxTarget, Package, Packages } from './packages.ts';
import type { Request, Where } from './runners.ts';
import type { ShellCommand, ShellWord } from './shell.ts';
import type { LastCommand, Place, StartStep } from '@bulwark/model';

/** A variable as some file sets it; `null` if the file leaves its value open. */
export interface Setting {
  readonly value: ShellWord;
  readonly place: Place;
}

export type Environment = ReadonlyMap<string, Setting>;

/** What following a command line needs to know of the repository. */
export interface World {
  readonly packages: Packages;
  /** Text of a shell script of the repository, `null` if there is no such file. */
  script(path: string): ScriptFile | null;
  /** Folder of the repository that a folder of the command line is: the same, or what an image has there. */
  locate(folder: string): string | null;
  /** The folder to assume where a command runs somewhere outside the repository: the only app, if there is one. */
  readonly fallback: string | null;
}

export interface ScriptFile {
  readonly path: string;
  readonly text: string;
}

/** Where a command line starts from. */
export interface Start {
  readonly text: string;
  readonly place: Place;
  /** Folder it runs in, `null` if nobody can tell. */
  readonly folder: string | null;
  readonly environment: Environment;
}

/** The end of the way: a command that starts nothing else we know of. */
export interface Leaf {
  readonly command: LastCommand;
  readonly text: string;
  /** Folder of the repository it runs in, `null` if nobody can tell. */
  readonly folder: string | null;
  readonly environment: Environment;
  readonly chain: readonly StartStep[];
  readonly isConditional: boolean;
  /** Why the command is unknown. */
  readonly because: string | null;
}

/** Chains of scripts longer than this go round in a circle. */
const MAX_DEPTH = 30;

/** Every command a command line comes down to, in the order they run. */
export function follow(start: Start, world: World): readonly Leaf[] {
  return new Follower(world).shell(start.text, start.folder, {
    place: start.place,
    environment: start.environment,
    chain: [],
    isConditional: false,
  });
}

/** The same for a command given as words, as Docker's exec form and Kubernetes have it. */
export function followWords(
  words: readonly ShellWord[],
  start: Omit<Start, 'text'>,
  world: World,
): readonly Leaf[] {
  return new Follower(world).words(words, start.folder, textOf(words), {
    place: start.place,
    environment: start.environment,
    chain: [],
    isConditional: false,
  });
}

/** What holds on the way to a command. */
interface Way {
  readonly place: Place;
  readonly environment: Environment;
  readonly chain: readonly StartStep[];
  readonly isConditional: boolean;
}

class Follower {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  shell(text: string, folder: string | null, way: Way, args: readonly ShellWord[] = []): readonly Leaf[] {
    const strings = new Map([...way.environment].map(([name, { value }]) => [name, value]));
    const { commands, errors } = readShell(text, folder, strings, args);
    if (errors.length > 0 && commands.length === 0) {
      return [this.#unknown(text, folder, way, `the shell cannot read it: ${errors[0]}`)];
    }
    return commands.flatMap((command) => this.#command(command, way));
  }

  #command(command: ShellCommand, way: Way): readonly Leaf[] {
    const environment = new Map<string, Setting>();
    for (const [name, value] of command.env) {
      const before = way.environment.get(name);
      environment.set(name, before?.value === value ? before : { value, place: way.place });
    }
    return this.words(command.words, command.folder, command.text, {
      ...way,
      environment,
      isConditional: way.isConditional || command.isConditional,
    });
  }

  words(words: readonly ShellWord[], folder: string | null, text: string, way: Way): readonly Leaf[] {
    const steps = [...way.chain, { text, place: way.place }];
    if (steps.length > MAX_DEPTH)
      return [this.#unknown(text, folder, way, 'its scripts call each other in a circle')];
    const inner = unwrap(words);
    if (inner) {
      const added = [...inner.variables].map(([name, value]): [string, Setting] => [
        name,
        { value, place: way.place },
      ]);
      const environment = new Map([...way.environment, ...added]);
      return this.words(inner.words, folder, text, { ...way, environment });
    }
    const own: Way = { ...way, chain: steps };
    const script = shellText(words);
    if (script !== undefined) {
      return script === null
        ? [this.#unknown(text, folder, own, 'the shell text is put together when it runs')]
        : this.shell(script, folder, own);
    }
    const file = this.#scriptFile(words, folder);
    if (file) return this.#scriptLeaves(file, words, folder, own);
    const request = readRunner(words) ?? nodeRun(words);
    if (request) return this.#request(request, folder, text, own);
    return [this.#leaf(classify(words), text, folder, own, null)];
  }

  /** `./start.sh`, `sh scripts/start.sh`. */
  #scriptFile(
    words: readonly ShellWord[],
    folder: string | null,
  ): (ScriptFile & { args: readonly ShellWord[] }) | null {
    const isShell = words[0] !== null && words[0] !== undefined && SHELLS.has(nameOf(words[0]));
    const at = isShell ? words.findIndex((word, index) => index > 0 && !(word?.startsWith('-') ?? false)) : 0;
    const name = words[at];
    if (at === -1 || typeof name !== 'string' || !/(?:\.sh$|\/)/.test(name)) return null;
    const path = joinFolder(folder, name);
    const located = path === null ? null : this.#world.locate(path);
    const file = located === null ? null : this.#world.script(located);
    const isText =
      file !== null && (file.path.endsWith('.sh') || /^#!.*\b(?:ba|da|a|z)?sh\b/.test(file.text));
    return isText ? { ...file, args: words.slice(at + 1) } : null;
  }

  #scriptLeaves(
    file: ScriptFile & { args: readonly ShellWord[] },
    _words: readonly ShellWord[],
    folder: string | null,
    way: Way,
  ): readonly Leaf[] {
    const place: Place = { path: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return this.shell(file.text, folder, { ...way, place }, file.args);
  }

  #request(request: Request, folder: string | null, text: string, way: Way): readonly Leaf[] {
    switch (request.kind) {
      case 'nothing':
        return [this.#leaf('other', text, folder, way, null)];
      case 'shell':
        return request.scripts.flatMap((script) =>
          script === null
            ? [this.#unknown(text, folder, way, 'the command is put together when it runs')]
            : this.shell(script, folder, way),
        );
      case 'exec': {
        const folders = this.#foldersOf(request.where, folder);
        return folders.flatMap((own) => this.words(request.words, own, text, way));
      }
      case 'targets':
        return this.#targets(request, folder, text, way);
      default:
        return this.#scripts(request, folder, text, way);
    }
  }

  #scripts(
    request: Extract<Request, { kind: 'scripts' }>,
    folder: string | null,
    text: string,
    way: Way,
  ): readonly Leaf[] {
    const leaves: Leaf[] = [];
    const isChosen = request.where.packages !== undefined;
    for (const own of this.#foldersOf(request.where, folder)) {
      const home = own === null ? undefined : this.#packageAt(own);
      for (const name of request.names) {
        if (name === null) {
          leaves.push(this.#unknown(text, own, way, 'which script it runs is decided elsewhere'));
          continue;
        }
        const names = home ? scriptNames(home, name) : [];
        for (const found of names) leaves.push(...this.#script(home!, found, request.args, way));
        if (names.length > 0 || (isChosen && request.where.packages === 'all')) continue;
        if (home?.targets.has(name)) leaves.push(...this.#target(home, home.targets.get(name)!, way));
        else if (request.orExec) leaves.push(...this.words(request.orExec, own, text, way));
        else
          leaves.push(
            this.#unknown(
              text,
              own,
              way,
              home ? `${home.folder} has no script "${name}"` : 'its package.json cannot be found',
            ),
          );
      }
    }
    return leaves;
  }

  #script(home: Package, name: string, args: readonly ShellWord[], way: Way): readonly Leaf[] {
    const before = home.scripts.get(`pre${name}`);
    const script = home.scripts.get(name)!;
    if (isOn(way, script.place))
      return [this.#unknown(script.text, home.folder, way, 'its scripts call each other in a circle')];
    const tail = args.map((word) => (word === null ? '"$0"' : quote(word))).join(' ');
    return [
      ...(before ? this.shell(before.text, home.folder, { ...way, place: before.place }) : []),
      ...this.shell(tail ? `${script.text} ${tail}` : script.text, home.folder, {
        ...way,
        place: script.place,
      }),
    ];
  }

  #targets(
    request: Extract<Request, { kind: 'targets' }>,
    folder: string | null,
    text: string,
    way: Way,
  ): readonly Leaf[] {
    const { packages } = this.#world;
    const projects =
      request.projects === 'all'
        ? packages.all
        : request.projects.flatMap((selector) => {
            if (selector !== null) return packages.named(selector);
            const home = folder === null ? undefined : this.#packageAt(folder);
            return home ? [home] : [];
          });
    const leaves = projects.flatMap((project) =>
      request.targets.flatMap((name) => {
        const target = name === null ? undefined : project.targets.get(name);
        if (target) return this.#target(project, target, way);
        const script = name === null ? undefined : project.scripts.get(name);
        // A root script that runs all projects is not one of them.
        if (!script || (request.projects === 'all' && isOn(way, script.place))) return [];
        return this.#script(project, script.name, [], way);
      }),
    );
    return leaves.length > 0 || request.projects === 'all'
      ? leaves
      : [this.#unknown(text, folder, way, 'no such Nx project or target is in the repository')];
  }

  #target(project: Package, target: NxTarget, way: Way): readonly Leaf[] {
    const place = target.place;
    if (isOn(way, place) && way.chain.some(({ text }) => text === nameOfTarget(project, target))) return [];
    const set = Object.entries(target.env).map(([name, value]): [string, Setting] => [
      name,
      { value, place },
    ]);
    const own: Way = {
      ...way,
      place,
      environment: new Map([...way.environment, ...set]),
      chain: [...way.chain, { text: nameOfTarget(project, target), place }],
    };
    const before = target.dependsOn.flatMap((name) => {
      const other = project.targets.get(name);
      if (other && other !== target) return this.#target(project, other, own);
      return project.scripts.has(name) ? this.#script(project, name, [], own) : [];
    });
    if (target.commands.length === 0) {
      return [...before, this.#leaf('other', target.name, project.folder, own, null)];
    }
    return [...before, ...target.commands.flatMap((text) => this.shell(text, target.folder, own))];
  }

  #foldersOf(where: Where, folder: string | null): readonly (string | null)[] {
    const start = where.folder === undefined ? folder : joinFolder(folder, where.folder);
    if (where.packages === undefined) return [start];
    // Recursive runs leave the root package out.
    if (where.packages === 'all') {
      return this.#world.packages.all.map((it) => it.folder).filter((it) => it !== '.');
    }
    return where.packages.flatMap((selector): readonly (string | null)[] => {
      if (selector === null) return [null];
      const below = selector.startsWith('.') && folder !== null ? joinFolder(folder, selector) : null;
      const named = this.#world.packages.named(below ?? selector);
      return named.length > 0 ? named.map((it) => it.folder) : [null];
    });
  }

  #packageAt(folder: string): Package | undefined {
    const located = this.#world.locate(folder) ?? this.#world.fallback;
    return located === null ? undefined : this.#world.packages.at(located);
  }

  #unknown(text: string, folder: string | null, way: Way, because: string): Leaf {
    return this.#leaf('unknown', text, folder, way, because);
  }

  #leaf(command: LastCommand, text: string, folder: string | null, way: Way, because: string | null): Leaf {
    return {
      command,
      text,
      folder: folder === null ? this.#world.fallback : (this.#world.locate(folder) ?? this.#world.fallback),
      environment: way.environment,
      chain: way.chain,
      isConditional: way.isConditional,
      because,
    };
  }
}

/** Whether the way has come by here before. */
function isOn(way: Way, place: Place): boolean {
  return way.chain.some((step) => step.place === place);
}

function nameOfTarget(project: Package, target: NxTarget): string {
  return `${project.names[0] ?? project.folder}:${target.name}`;
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh']);

/** The script of `sh -c "…"`, `ssh host "…"`, `nodemon --exec "…"`; `undefined` if it is none of these. */
function shellText(words: readonly ShellWord[]): ShellWord | undefined {
  const [first] = words;
  if (typeof first !== 'string') return undefined;
  const name = nameOf(first);
  if (SHELLS.has(name)) {
    const at = words.findIndex((word) => typeof word === 'string' && /^-\w*c$/.test(word));
    return at === -1 ? undefined : (words[at + 1] ?? null);
  }
  if (name === 'nodemon') {
    const at = words.findIndex((word) => word === '--exec' || word === '-x');
    return at === -1 ? undefined : (words[at + 1] ?? null);
  }
  if (name === 'ssh') {
    const last = words.at(-1);
    return words.length > 2 && typeof last === 'string' && last.includes(' ') ? last : undefined;
  }
  return undefined;
}

/** `node --run <script>` (Node ≥22). */
function nodeRun(words: readonly ShellWord[]): Request | null {
  const at = words.indexOf('--run');
  if (at === -1 || words[0] === null || words[0] === undefined || nameOf(words[0]) !== 'node') return null;
  const args = words.slice(at + 2);
  return {
    kind: 'scripts',
    names: [words[at + 1] ?? null],
    args: args[0] === '--' ? args.slice(1) : args,
    where: {},
  };
}

function scriptNames(home: Package, name: string): readonly string[] {
  if (home.scripts.has(name)) return [name];
  if (!name.includes('*')) return [];
  // npm-run-all and concurrently let `:` separate, as `/` does in paths.
  const pattern = name.replaceAll(':', '/');
  return [...home.scripts.keys()].filter((key) => micromatch.isMatch(key.replaceAll(':', '/'), pattern));
}

function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function textOf(words: readonly ShellWord[]): string {
  return words.map((word) => (word === null ? '…' : quote(word))).join(' ');
}
