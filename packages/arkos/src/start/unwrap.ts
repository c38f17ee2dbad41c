import type { ShellWord } from './shell.ts';

/** How a program that starts another one is called. */
interface Wrapper {
  /** Options that take the next word. */
  readonly values?: readonly string[];
  /** Words before the inner command that are not options: a user, a duration, a sub-command. */
  readonly skip?: number;
  /** `NAME=value` words in front of the inner command set variables. */
  readonly setsVariables?: boolean;
  /** The inner command stands after `--`, wherever that is. */
  readonly afterDashes?: boolean;
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  exec: { values: ['-a'] },
  command: {},
  nohup: {},
  time: {},
  nice: { values: ['-n'] },
  ionice: { values: ['-c', '-n'] },
  stdbuf: { values: ['-o', '-e', '-i'] },
  sudo: { values: ['-u', '-g', '--user', '--group'], setsVariables: true },
  tini: { values: ['-p', '-e'] },
  'dumb-init': { values: ['-r', '--rewrite'] },
  catatonit: {},
  timeout: { values: ['-s', '-k', '--signal', '--kill-after'], skip: 1 },
  gosu: { skip: 1 },
  'su-exec': { skip: 1 },
  'docker-entrypoint.sh': {},
  'xvfb-run': {},
  env: { values: ['-u', '--unset', '-C'], setsVariables: true },
  'cross-env': { setsVariables: true },
  dotenv: { values: ['-e', '-v', '-c', '-p'] },
  'env-cmd': { values: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'] },
  dotenvx: { afterDashes: true },
  doppler: { afterDashes: true },
  infisical: { afterDashes: true },
  op: { afterDashes: true },
  chamber: { afterDashes: true },
  'aws-vault': { afterDashes: true },
  'wait-for-it': { afterDashes: true },
  'wait-for-it.sh': { afterDashes: true },
  'wait-for': { afterDashes: true },
  'wait-for.sh': { afterDashes: true },
  dockerize: { values: ['-wait', '-timeout', '-wait-retry-interval', '-template', '-stdout', '-stderr'] },
};

export interface Unwrapped {
  readonly words: readonly ShellWord[];
  readonly variables: ReadonlyMap<string, ShellWord>;
}

/** One layer of `sudo`, `cross-env`, `dotenv --`, `tini --`… taken off; `null` if the command is no such layer. */
export function unwrap(words: readonly ShellWord[]): Unwrapped | null {
  const wrapper = words[0] ? WRAPPERS[nameOf(words[0])] : undefined;
  if (!wrapper) return null;
  const variables = new Map<string, ShellWord>();
  if (wrapper.afterDashes) {
    const dashes = words.indexOf('--');
    return dashes === -1 ? null : { words: words.slice(dashes + 1), variables };
  }
  let next = skipOptions(words, 1, wrapper.values ?? []) + (wrapper.skip ?? 0);
  if (words[next] === '--') next += 1;
  while (wrapper.setsVariables && isAssignment(words[next])) {
    const [name, ...value] = words[next]!.split('=');
    variables.set(name!, value.join('='));
    next += 1;
  }
  return next < words.length ? { words: words.slice(next), variables } : null;
}

/** Index of the first word at or after `start` that is no option, `--` passed over. */
export function skipOptions(words: readonly ShellWord[], start: number, values: readonly string[]): number {
  let next = start;
  for (; next < words.length; next += 1) {
    const word = words[next];
    if (word === '--') return next + 1;
    if (typeof word !== 'string' || !word.startsWith('-') || word === '-') return next;
    if (values.includes(word)) next += 1;
  }
  return next;
}

/** The program's name without its folder and a version: `./node_modules/.bin/arkos` → `arkos`. */
export function nameOf(word: string): string {
  const name = word.slice(word.lastIndexOf('/') + 1).replace(/\.(?:cmd|exe)$/, '');
  return name.startsWith('@') ? name : name.replace(/(?<=.)@[\w.^~-]+$/, '');
}

function isAssignment(word: ShellWord | undefined): word is string {
  return typeof word === 'string' && /^[A-Za-z_]\w*=/.test(word);
}
