/** What Nx says a change affects. Nx is started as a program of its own and never loaded into this one. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '@bulwark/model';

/** Milliseconds after which Nx is given up: the first graph of a large workspace takes a while. */
const PATIENCE = 180_000;

/** Characters of paths handed over at a time; what a list affects is what its parts affect. */
const MOST = 60_000;

export interface NxWorkspace {
  readonly root: string;
  /** The program, to be run by Node. */
  readonly bin: string;
}

/** `null` where the folder is no workspace of Nx, or Nx is not installed. */
export async function findNx(root: string): Promise<NxWorkspace | null> {
  const folder = join(root, 'node_modules/nx');
  try {
    await readFile(join(root, 'nx.json'));
    const { bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      readonly bin?: string | { readonly nx?: string };
    };
    const path = typeof bin === 'string' ? bin : bin?.nx;
    return path === undefined ? null : { root, bin: join(folder, path) };
  } catch {
    return null;
  }
}

/**
 * The folders of the projects that these paths affect, from the root.
 * @throws Error where Nx fails, or says what is not understood.
 */
export async function affectedFolders(
  nx: NxWorkspace,
  paths: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const odd = paths.find((path) => /[,\s]/.test(path) || !path.isWellFormed());
  if (odd !== undefined) throw new Error(`it cannot be told of the path ${JSON.stringify(odd)}`);
  const names = new Set<string>();
  for (const part of inParts(paths)) {
    const said = await runNx(
      nx,
      ['show', 'projects', '--affected', `--files=${part.join(',')}`, '--json'],
      env,
    );
    for (const name of parseNames(said)) names.add(name);
  }
  if (names.size === 0) return [];
  const roots = await readRoots(nx, env);
  return [...names].map((name) => {
    const folder = roots.get(name);
    if (folder === undefined) throw new Error(`its graph does not have the project ${JSON.stringify(name)}`);
    return folder;
  });
}

function* inParts(paths: readonly string[]): Generator<string[]> {
  let part: string[] = [];
  let length = 0;
  for (const path of paths) {
    if (length + path.length > MOST && part.length > 0) {
      yield part;
      [part, length] = [[], 0];
    }
    part.push(path);
    length += path.length + 1;
  }
  if (part.length > 0) yield part;
}

/** `["api","lib"]` on one line; what plugins print may stand before it. */
function parseNames(said: string): string[] {
  const line = said.split('\n').findLast((one) => one.startsWith('['));
  const names: unknown = line === undefined ? null : JSON.parse(line);
  if (!Array.isArray(names)) throw new Error(`it named no list of projects: ${said.trim().slice(0, 200)}`);
  return names.map(String);
}

/** `nx graph --file=x.json` writes `{ "graph": { "nodes": { "api": { "data": { "root": "apps/api", … } } } } }`. */
async function readRoots(nx: NxWorkspace, env: NodeJS.ProcessEnv): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'bulwark-nx-'));
  try {
    const file = join(folder, 'graph.json');
    await runNx(nx, ['graph', `--file=${file}`], env);
    const { graph } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly graph: {
        readonly nodes: Readonly<Record<string, { readonly data: { readonly root: string } }>>;
      };
    };
    return new Map(Object.entries(graph.nodes).map(([name, { data }]) => [name, data.root]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runNx({ root, bin }: NxWorkspace, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    // What git set for a hook is about the repository of the hook; NX_BASE and NX_HEAD are for whoever names no files.
    const { NX_BASE: _base, NX_HEAD: _head, ...rest } = env;
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: root,
      env: { ...rest, NX_VERBOSE_LOGGING: 'false', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => reject(new Error(messageOf(error))));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(out).toString('utf8'));
      const said = Buffer.concat(err.length > 0 ? err : out)
        .toString('utf8')
        .trim();
      reject(new Error(`it ended with ${signal ?? code}${said === '' ? '' : `: ${firstLines(said)}`}`));
    });
  });
}

function firstLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map((line) => line.trim())
    .join(' ');
}
