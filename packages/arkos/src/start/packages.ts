import { parseTree, findNodeAtLocation } from 'jsonc-parser';
import micromatch from 'micromatch';
import { decodeText } from './decode-text.ts';
import { placeAt } from './place-at.ts';
import type { Node } from 'jsonc-parser';
import type { Place, Snapshot, StartProblem } from '@bulwark/model';

/** A script of a `package.json`, or the command of an Nx target. */
export interface Script {
  readonly name: string;
  readonly text: string;
  readonly place: Place;
}

/** An Nx target that runs something we can follow. */
export interface NxTarget {
  readonly name: string;
  readonly place: Place;
  /** Shell text, in the order it runs. */
  readonly commands: readonly string[];
  /** Folder the commands run in, from the workspace root; the package's own for a script. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
}

/** A folder with a `package.json` or a `project.json`. */
export interface Package {
  readonly folder: string;
  /** What the package and the Nx project are called. */
  readonly names: readonly string[];
  readonly scripts: ReadonlyMap<string, Script>;
  readonly targets: ReadonlyMap<string, NxTarget>;
}

export interface Packages {
  readonly all: readonly Package[];
  /** By folder, `.` for the root. */
  at(folder: string): Package | undefined;
  /** By package name, project name, folder, or a glob of either, as `--filter` and `-w` take them. */
  named(selector: string): readonly Package[];
  readonly problems: readonly StartProblem[];
}

/** Reads every manifest of the snapshot. @throws ReadError */
export async function readPackages(snapshot: Snapshot): Promise<Packages> {
  const problems: StartProblem[] = [];
  const parts = new Map<string, { manifest?: Manifest; project?: Manifest }>();
  for (const file of snapshot.files) {
    const kind = /(?:^|\/)(package|project)\.json$/.exec(file.path)?.[1];
    if (!kind || /(?:^|\/)node_modules\//.test(file.path) || file.mode === '160000') continue;
    const text = decodeText(await snapshot.read(file));
    const tree = parseTree(text);
    if (tree?.type !== 'object') {
      problems.push({ path: file.path, message: 'is not a JSON object' });
      continue;
    }
    const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '.';
    const own = parts.get(folder) ?? {};
    own[kind === 'package' ? 'manifest' : 'project'] = { path: file.path, text, tree };
    parts.set(folder, own);
  }
  const all = [...parts].map(([folder, { manifest, project }]) => readPackage(folder, manifest, project));
  const byFolder = new Map(all.map((it) => [it.folder, it]));
  return {
    all,
    at: (folder) => byFolder.get(folder),
    named: (selector) => select(all, selector),
    problems,
  };
}

interface Manifest {
  readonly path: string;
  readonly text: string;
  readonly tree: Node;
}

function readPackage(folder: string, manifest?: Manifest, project?: Manifest): Package {
  const scripts = new Map<string, Script>();
  for (const [name, node] of manifest ? entriesOf(manifest, ['scripts']) : []) {
    if (typeof node.value !== 'string') continue;
    scripts.set(name, { name, text: node.value, place: placeOf(manifest!, node) });
  }
  const targets = new Map<string, NxTarget>();
  for (const source of [manifest, project]) {
    if (!source) continue;
    for (const [name, node] of entriesOf(source, source === manifest ? ['nx', 'targets'] : ['targets'])) {
      targets.set(name, readTarget(name, node, source, folder));
    }
  }
  const names = [textAt(project, ['name']), textAt(manifest, ['nx', 'name']), textAt(manifest, ['name'])];
  return { folder, names: names.filter((name) => name !== null), scripts, targets };
}

/** Target shapes of Nx: a `command`, `nx:run-commands`, `nx:run-script`. Other executors are not followed. */
function readTarget(name: string, node: Node, source: Manifest, folder: string): NxTarget {
  const read = (path: readonly (string | number)[]): Node | undefined => findNodeAtLocation(node, [...path]);
  const script = read(['options', 'script'])?.value as unknown;
  const commands = [
    read(['command']),
    read(['options', 'command']),
    ...(read(['options', 'commands'])?.children ?? []).map((child) =>
      child.type === 'string' ? child : findNodeAtLocation(child, ['command']),
    ),
  ].flatMap((child) => (typeof child?.value === 'string' ? [child.value] : []));
  if (commands.length === 0 && typeof script === 'string') commands.push(`npm run ${script}`);
  const cwd = read(['options', 'cwd'])?.value as unknown;
  const env = (read(['options', 'env'])?.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return typeof key?.value === 'string' && typeof value?.value === 'string'
      ? [[key.value, value.value]]
      : [];
  });
  const place = placeOf(source, read(['command']) ?? read(['options', 'command']) ?? node);
  return {
    name,
    place,
    commands: commands.map((text) => fillIn(text, folder)),
    folder: typeof script === 'string' ? folder : typeof cwd === 'string' ? fillIn(cwd, folder) : '.',
    env: Object.fromEntries(env) as Record<string, string>,
    dependsOn: (read(['dependsOn'])?.children ?? []).flatMap(({ value }) =>
      typeof value === 'string' ? [value] : [],
    ),
  };
}

function fillIn(text: string, folder: string): string {
  return text.replaceAll('{projectRoot}', folder).replaceAll('{workspaceRoot}', '.');
}

function select(all: readonly Package[], selector: string): readonly Package[] {
  // pnpm's `...name`, `name...` and `name^...` add relatives; the package meant is the one in the middle.
  const wanted = selector
    .replace(/^\.{3}\^?/, '')
    .replace(/\^?\.{3}$/, '')
    .replace(/^\{(.*)\}$/, '$1');
  const folder = wanted.replace(/^\.\//, '').replace(/\/$/, '');
  const exact = all.filter((it) => it.names.includes(wanted) || it.folder === folder);
  if (exact.length > 0) return exact;
  const unscoped = all.filter((it) => it.names.some((name) => name.replace(/^@[^/]+\//, '') === wanted));
  if (unscoped.length > 0) return unscoped;
  if (!/[*?]/.test(wanted)) return all.filter((it) => it.folder.split('/').at(-1) === folder);
  return all.filter(
    (it) =>
      it.names.some((name) => micromatch.isMatch(name, wanted)) || micromatch.isMatch(it.folder, folder),
  );
}

function entriesOf(source: Manifest, path: readonly string[]): readonly (readonly [string, Node])[] {
  const object = findNodeAtLocation(source.tree, [...path]);
  if (object?.type !== 'object') return [];
  return (object.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return typeof key?.value === 'string' && value ? [[key.value, value] as const] : [];
  });
}

function textAt(source: Manifest | undefined, path: readonly string[]): string | null {
  const node = source && findNodeAtLocation(source.tree, [...path]);
  return typeof node?.value === 'string' ? node.value : null;
}

function placeOf(source: Manifest, node: Node): Place {
  return placeAt(source.path, source.text, node.offset, node.offset + node.length);
}
