import { nameOf, skipOptions } from './unwrap.ts';
import type { ShellWord } from './shell.ts';

/** What a package manager or task runner was asked to do. */
export type Request =
  /** Run scripts of packages by name; with `orExec`, a binary of that name if there is no such script. */
  | {
      readonly kind: 'scripts';
      /** Names, which may hold `*`. */
      readonly names: readonly ShellWord[];
      readonly args: readonly ShellWord[];
      readonly where: Where;
      readonly orExec?: readonly ShellWord[];
    }
  | { readonly kind: 'exec'; readonly words: readonly ShellWord[]; readonly where: Where }
  /** Run targets of Nx projects. */
  | {
      readonly kind: 'targets';
      readonly targets: readonly ShellWord[];
      readonly projects: readonly ShellWord[] | 'all';
    }
  /** Run shell text. */
  | { readonly kind: 'shell'; readonly scripts: readonly ShellWord[] }
  /** It installs, tests or the like: nothing of an app is started. */
  | { readonly kind: 'nothing' };

/** Which packages are meant, seen from where the command runs. */
export interface Where {
  /** A folder to go to first. */
  readonly folder?: ShellWord;
  /** Package names, globs or folders; `all` for every package of the workspace. */
  readonly packages?: readonly ShellWord[] | 'all';
}

/** Understands a runner's command line; `null` if it is none. */
export function readRunner(words: readonly ShellWord[]): Request | null {
  const [first, ...rest] = words;
  if (!first) return null;
  const read = RUNNERS[nameOf(first)];
  return read ? read(rest) : null;
}

type Reader = (words: readonly ShellWord[]) => Request;

const RUNNERS: Readonly<Record<string, Reader>> = {
  npm: (words) => readManager(words, NPM),
  pnpm: (words) => readManager(words, PNPM),
  yarn: readYarn,
  yarnpkg: readYarn,
  bun: (words) => readManager(words, BUN),
  npx: (words) => readExec(words, {}),
  pnpx: (words) => readExec(words, {}),
  bunx: (words) => readExec(words, {}),
  corepack: (words) => readRunner(words) ?? { kind: 'nothing' },
  nx: readNx,
  turbo: (words) => readTurbo(words, '--filter'),
  lerna: (words) => readTurbo(words, '--scope'),
  concurrently: readConcurrently,
  conc: readConcurrently,
  'npm-run-all': readRunAll,
  'npm-run-all2': readRunAll,
  'run-s': readRunAll,
  'run-p': readRunAll,
  'cross-env-shell': (words) => ({
    kind: 'shell',
    scripts: [words.filter((word) => word !== null).join(' ')],
  }),
};

interface Manager {
  readonly folderFlags: readonly string[];
  readonly packageFlags: readonly string[];
  readonly allFlags: readonly string[];
  /** Sub-commands that are scripts of the same name. */
  readonly scriptVerbs: readonly string[];
  readonly execVerbs: readonly string[];
  /** Any other first word is a script, or a binary where there is no such script. */
  readonly takesAnyScript: boolean;
}

const NPM: Manager = {
  folderFlags: ['--prefix', '-C'],
  packageFlags: ['-w', '--workspace'],
  allFlags: ['-ws', '--workspaces'],
  scriptVerbs: ['start', 'stop', 'restart'],
  execVerbs: ['exec', 'x'],
  takesAnyScript: false,
};
const PNPM: Manager = {
  folderFlags: ['-C', '--dir'],
  packageFlags: ['--filter', '-F', '--filter-prod'],
  allFlags: ['-r', '--recursive'],
  scriptVerbs: ['start', 'stop', 'restart'],
  execVerbs: ['exec', 'dlx'],
  takesAnyScript: true,
};
const BUN: Manager = {
  folderFlags: ['--cwd'],
  packageFlags: ['--filter', '-F'],
  allFlags: ['--workspaces'],
  scriptVerbs: ['start', 'stop', 'restart'],
  execVerbs: ['x'],
  takesAnyScript: true,
};
const YARN: Manager = {
  folderFlags: ['--cwd'],
  packageFlags: [],
  allFlags: [],
  scriptVerbs: ['start', 'stop', 'restart'],
  execVerbs: ['exec', 'dlx'],
  takesAnyScript: true,
};

/** Verbs of every manager that start nothing of an app. */
const VERBS = new Set(
  'install i ci add remove rm update upgrade up publish pack prune rebuild audit outdated link test t tst deploy fetch import init create config cache store setup env self-update why ls list version'.split(
    ' ',
  ),
);

function readManager(words: readonly ShellWord[], manager: Manager): Request {
  const { where, rest } = takeWhere(words, manager);
  const [verb, ...more] = rest;
  if (verb === undefined) return { kind: 'nothing' };
  if (verb === 'run' || verb === 'run-script' || verb === 'rum' || verb === 'urn') {
    const inner = takeWhere(more, manager);
    const merged = { ...where, ...inner.where };
    const [name, ...args] = inner.rest;
    return name === undefined ? { kind: 'nothing' } : scripts([name], args, merged);
  }
  if (manager.execVerbs.includes(verb ?? '')) return readExec(more, where);
  if (verb !== null && manager.scriptVerbs.includes(verb)) return scripts([verb], more, where);
  if (!manager.takesAnyScript || (verb !== null && VERBS.has(verb))) return { kind: 'nothing' };
  return { ...scripts([verb], more, where), orExec: rest };
}

function scripts(
  names: readonly ShellWord[],
  args: readonly ShellWord[],
  where: Where,
): Extract<Request, { kind: 'scripts' }> {
  // `--` ends the runner's own options; what follows belongs to the script.
  return { kind: 'scripts', names, args: args[0] === '--' ? args.slice(1) : args, where };
}

/** Takes the options that say where, up to the first other word; other options are passed over. */
function takeWhere(
  words: readonly ShellWord[],
  manager: Manager,
): { where: Where; rest: readonly ShellWord[] } {
  let folder: ShellWord | undefined;
  let all = false;
  const packages: ShellWord[] = [];
  const kept: ShellWord[] = [];
  let isVerbSeen = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    if (typeof word !== 'string' || !word.startsWith('-') || word === '--') {
      if (word === '--') {
        kept.push(...words.slice(index));
        break;
      }
      isVerbSeen = true;
      kept.push(word);
      continue;
    }
    const [flag, ...inline] = word.split('=');
    const value = (): ShellWord => (inline.length > 0 ? inline.join('=') : (words[(index += 1)] ?? null));
    if (manager.folderFlags.includes(flag!)) folder = value();
    else if (manager.packageFlags.includes(flag!)) packages.push(value());
    else if (manager.allFlags.includes(flag!)) all = true;
    else if (isVerbSeen) kept.push(word);
  }
  return {
    where: {
      ...(folder !== undefined && { folder }),
      ...(packages.length > 0 ? { packages } : all ? { packages: 'all' as const } : {}),
    },
    rest: kept,
  };
}

function readYarn(words: readonly ShellWord[]): Request {
  const { where, rest } = takeWhere(words, YARN);
  const [verb, ...more] = rest;
  if (verb === 'workspace') {
    const inner = readYarn(more.slice(1));
    return inner.kind === 'scripts' || inner.kind === 'exec'
      ? { ...inner, where: { ...inner.where, packages: [more[0] ?? null] } }
      : inner;
  }
  if (verb === 'workspaces') {
    const run = more.indexOf('run');
    return run === -1
      ? { kind: 'nothing' }
      : scripts([more[run + 1] ?? null], more.slice(run + 2), { packages: 'all' });
  }
  return { ...readManager(rest, YARN), ...(Object.keys(where).length > 0 && { where }) } as Request;
}

function readExec(words: readonly ShellWord[], where: Where): Request {
  const script = words.findIndex((word) => word === '-c' || word === '--call');
  if (script !== -1) return { kind: 'shell', scripts: [words[script + 1] ?? null] };
  const next = skipOptions(words, 0, ['-p', '--package', '-w', '--workspace']);
  return next < words.length ? { kind: 'exec', words: words.slice(next), where } : { kind: 'nothing' };
}

/** `nx run p:t`, `nx t p`, `nx run-many -t a b -p p1,p2`, `nx affected -t a`. */
function readNx(words: readonly ShellWord[]): Request {
  const [verb, subject] = words.filter((word) => word === null || !word.startsWith('-'));
  if (verb === undefined) return { kind: 'nothing' };
  if (verb === 'run-many' || verb === 'affected') {
    const targets = listAfter(words, ['-t', '--target', '--targets']);
    const projects = listAfter(words, ['-p', '--projects']);
    return { kind: 'targets', targets, projects: projects.length > 0 ? projects : 'all' };
  }
  if (verb === 'run') {
    const [project, target] = typeof subject === 'string' ? subject.split(':') : [null, null];
    return { kind: 'targets', targets: [target ?? null], projects: [project ?? null] };
  }
  if (verb === 'exec') {
    const dashes = words.indexOf('--');
    return { kind: 'exec', words: words.slice(dashes === -1 ? 1 : dashes + 1), where: {} };
  }
  if (verb !== null && NX_VERBS.has(verb)) return { kind: 'nothing' };
  return { kind: 'targets', targets: [verb], projects: [subject ?? null] };
}

const NX_VERBS = new Set(
  'reset graph show list migrate generate g format format:write format:check sync sync:check release init connect report daemon'.split(
    ' ',
  ),
);

function readTurbo(words: readonly ShellWord[], filter: string): Request {
  const dashes = words.indexOf('--');
  const own = dashes === -1 ? words : words.slice(0, dashes);
  const packages = listAfter(own, [filter, '-F']);
  const names: ShellWord[] = [];
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index]!;
    if (word === filter || word === '-F') index += 1;
    else if (word === null || !word.startsWith('-')) names.push(word);
  }
  if (names[0] === 'run') names.shift();
  const args = dashes === -1 ? [] : words.slice(dashes + 1);
  return { kind: 'scripts', names, args, where: { packages: packages.length > 0 ? packages : 'all' } };
}

/** Values of an option that may be given as `--x=a,b`, `--x a,b` or `--x a b`. */
function listAfter(words: readonly ShellWord[], flags: readonly string[]): readonly ShellWord[] {
  const values: ShellWord[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [flag, ...inline] = (words[index] ?? '').split('=');
    if (!flags.includes(flag!)) continue;
    if (inline.length > 0) values.push(...inline.join('=').split(','));
    else {
      while (index + 1 < words.length && !(words[index + 1]?.startsWith('-') ?? false)) {
        index += 1;
        values.push(...(words[index]?.split(',') ?? [null]));
      }
    }
  }
  return values.filter((value) => value !== '');
}

const CONCURRENTLY_VALUES = [
  '-n',
  '--names',
  '-c',
  '--prefix-colors',
  '-p',
  '--prefix',
  '-m',
  '--max-processes',
  '-s',
  '--success',
  '--restart-tries',
  '--restart-after',
  '--default-input-target',
  '-l',
  '--kill-signal',
  '--handle-input',
];

function readConcurrently(words: readonly ShellWord[]): Request {
  const commands: ShellWord[] = [];
  for (let index = skipOptions(words, 0, CONCURRENTLY_VALUES); index < words.length;) {
    commands.push(words[index]!);
    index = skipOptions(words, index + 1, CONCURRENTLY_VALUES);
  }
  // `npm:dev` is short for `npm run dev`, with `*` in the name allowed.
  const scriptsOf = commands.map((word) => {
    const short = word === null ? null : /^(npm|pnpm|yarn|bun|node):(.+)$/.exec(word);
    return short ? `${short[1] === 'node' ? 'npm' : short[1]} run ${short[2]}` : word;
  });
  return { kind: 'shell', scripts: scriptsOf };
}

function readRunAll(words: readonly ShellWord[]): Request {
  const names = words
    .filter((word) => word === null || !word.startsWith('-'))
    .map((word) => word?.split(' ')[0] ?? null);
  return { kind: 'scripts', names, args: [], where: {} };
}
