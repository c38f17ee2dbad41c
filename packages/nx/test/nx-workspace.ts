/** A real workspace under real Nx, in a folder of its own, with caches of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cleanEnv } from '@bulwark/testing';
import { harbourFiles } from './harbour-files.ts';
import { REPOSITORY, unpack } from './pack.ts';
import type { Packed } from './pack.ts';
import { tempFolder } from './temp-folder.ts';

/** Where Nx comes from: this repository's own, or what `npm run compat` has installed. */
const NX_MODULES = process.env['BULWARK_TEST_NX'] ?? join(REPOSITORY, 'node_modules');
const USES_DAEMON = process.env['BULWARK_TEST_NX_DAEMON'] === 'true';
const ISOLATES_PLUGINS = process.env['BULWARK_TEST_NX'] !== undefined;

export const NX_VERSION = versionIn(join(NX_MODULES, 'nx'));

export interface Said {
  readonly code: number | null;
  /** Standard output and error, without colours. */
  readonly text: string;
  /** Each bulwark task that was run or taken from a cache, by project. */
  readonly tasks: Readonly<Record<string, 'run' | 'cached' | 'remote'>>;
}

export interface NxWorkspace {
  readonly root: string;
  nx(args: string, env?: NodeJS.ProcessEnv): Promise<Said>;
  run(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Said>;
  git(...args: string[]): Promise<string>;
  write(path: string, text: string): void;
  read(path: string): string;
  /** A second clone, at another path and with other caches, that has what is committed here. */
  clone(): Promise<NxWorkspace>;
  remove(): Promise<void>;
}

/**
 * What is installed is laid out by hand: our two packages from their archives, everything else by links to what this
 * repository has installed. Installing it all anew would be the same files, and takes half a minute.
 */
export async function createNxWorkspace(packed: Packed): Promise<NxWorkspace> {
  const versions = { nx: NX_VERSION, bulwark: versionIn(join(REPOSITORY, 'packages/runner')) };
  const { root, remove } = tempFolder(prefixed('work', harbourFiles(versions)));
  const workspace = openWorkspace(root, join(root, 'work'), remove);
  layOut(packed, workspace.root);
  await workspace.git('init', '--quiet', '--initial-branch=main');
  await commitAll(workspace);
  return { ...workspace, clone: () => cloneOf(workspace, packed) };
}

export async function commitAll({ git }: Pick<NxWorkspace, 'git'>): Promise<void> {
  await git('add', '--all');
  await git('commit', '--quiet', '--no-verify', '--message', 'change');
}

async function cloneOf(workspace: NxWorkspace, packed: Packed): Promise<NxWorkspace> {
  const { root, remove } = tempFolder({});
  const clone = openWorkspace(root, join(root, 'elsewhere/clone'), remove);
  mkdirSync(dirname(clone.root), { recursive: true });
  await workspace.git('clone', '--quiet', workspace.root, clone.root);
  layOut(packed, clone.root);
  return { ...clone, clone: () => cloneOf(clone, packed) };
}

/** @param outer holds the caches too, so that nothing is shared with anybody. */
export function openWorkspace(outer: string, root: string, removeFolder: () => void): NxWorkspace {
  const home = join(outer, 'home');
  mkdirSync(home, { recursive: true });
  const base = cleanEnv({
    PATH: `${join(outer, 'bin')}:${process.env['PATH']}`,
    HOME: home,
    NX_DAEMON: String(USES_DAEMON),
    // With a process for each plugin, every command here would take twice as long.
    NX_ISOLATE_PLUGINS: String(ISOLATES_PLUGINS),
    NX_NO_CLOUD: 'true',
    NX_CACHE_DIRECTORY: join(outer, 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(outer, 'data'),
    NX_SOCKET_DIR: join(outer, 'sockets'),
    NX_TUI: 'false',
    NO_COLOR: '1',
  });
  const run: NxWorkspace['run'] = (command, args, env = {}) =>
    spawned(command, args, root, { ...base, ...env });
  return {
    root,
    run,
    nx: (args, env) =>
      run(process.execPath, [binOf(join(root, 'node_modules/nx'), 'nx'), ...args.split(' ')], env),
    async git(...args) {
      const { code, text } = await run('git', args);
      if (code !== 0) throw new Error(`git ${args.join(' ')} exited ${code}\n${text}`);
      return text;
    },
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    clone: () => Promise.reject(new Error('this workspace cannot be laid out again')),
    async remove() {
      if (USES_DAEMON && existsSync(join(root, 'node_modules/nx')))
        await run(process.execPath, [binOf(join(root, 'node_modules/nx'), 'nx'), 'daemon', '--stop']);
      removeFolder();
    },
  };
}

export function layOut(packed: Packed, root: string): void {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const installed = join(REPOSITORY, 'node_modules');
  const ours = new Set(['.bin', '.cache', '.package-lock.json', '@bulwark', 'bulwark', 'nx', '@nx']);
  for (const name of readdirSync(installed))
    if (!ours.has(name)) symlinkSync(join(installed, name), join(modules, name));
  for (const name of ['nx', '@nx']) symlinkSync(join(NX_MODULES, name), join(modules, name));
  unpack(packed.bulwark, join(modules, 'bulwark'));
  unpack(packed.plugin, join(modules, '@bulwark/nx'));
  symlinkSync(binOf(join(modules, 'bulwark'), 'bulwark'), join(modules, '.bin/bulwark'));
  symlinkSync(binOf(join(modules, 'nx'), 'nx'), join(modules, '.bin/nx'));
}

export function binOf(folder: string, name: string): string {
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  return join(folder, bin[name]!);
}

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function prefixed(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

/** `nx run harbour:bulwark  [local cache]`, as it stands before the output of a task or in the list of tasks. */
const TASK = /nx run (\S+):bulwark(?:\s+\[([^\]]*)\])?\s*$/gm;

function spawned(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => out.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const text = stripVTControlCharacters(Buffer.concat(out).toString('utf8'));
      resolve({ code, text, tasks: tasksIn(text) });
    });
  });
}

function tasksIn(text: string): Said['tasks'] {
  const tasks: Record<string, 'run' | 'cached' | 'remote'> = {};
  for (const [, project, how = ''] of text.matchAll(TASK))
    tasks[project!.replace('@harbour/', '')] = how.includes('remote')
      ? 'remote'
      : how.includes('cache')
        ? 'cached'
        : 'run';
  return Object.fromEntries(Object.entries(tasks).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
