import { nameOf, skipOptions } from './unwrap.ts';
import type { ShellWord } from './shell.ts';
import type { LastCommand } from '@bulwark/model';

/** Options of `node` that take the next word (node --help). */
const NODE_VALUES = [
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--env-file-if-exists',
  '--max-old-space-size',
  '--title',
];

const SOURCE_RUNNERS: ReadonlySet<string> = new Set([
  'tsx',
  'tsx-strict',
  'ts-node',
  'ts-node-dev',
  'swc-node',
  'bun',
  'deno',
  'nodemon',
]);

/** What a command line that starts nothing else is (FACTS §2, static signals). */
export function classify(words: readonly ShellWord[]): LastCommand {
  const [first, ...rest] = words;
  if (first === undefined) return 'other';
  if (first === null) return 'unknown';
  const name = nameOf(first);
  if (name === 'arkos') return arkosCommand(rest);
  if (name === 'node' || name === 'nodejs') return nodeCommand(rest);
  if (SOURCE_RUNNERS.has(name)) {
    const file = rest.slice(skipOptions(rest, 0, ['-r', '--exec', '-x', '--project', '--tsconfig', '-P']));
    const own = ['watch', 'run'].includes(file[0] ?? '') ? file.slice(skipOptions(file, 1, [])) : file;
    return ofFile(own[0]);
  }
  return 'other';
}

function arkosCommand(words: readonly ShellWord[]): LastCommand {
  const verb = words.find((word) => word === null || !word.startsWith('-'));
  if (verb === null) return 'unknown';
  return verb === 'dev' || verb === 'start' || verb === 'build' ? `arkos ${verb}` : 'other';
}

function nodeCommand(words: readonly ShellWord[]): LastCommand {
  const next = skipOptions(words, 0, NODE_VALUES);
  const file = words[next];
  if (typeof file === 'string' && /(?:^|\/)arkos\/(?:dist\/)?cli(?:\.[cm]?js)?$/.test(file)) {
    return arkosCommand(words.slice(next + 1));
  }
  return ofFile(file);
}

function ofFile(file: ShellWord | undefined): LastCommand {
  if (file === null) return 'unknown';
  if (file === undefined) return 'other';
  if (/(?:^|\/)\.build\//.test(file)) return 'node .build';
  return /^(?:\.\/|.*\/)?src\/(?:app|server|main|index)(?:\.[cm]?[jt]s)?$/.test(file)
    ? 'node source'
    : 'other';
}
