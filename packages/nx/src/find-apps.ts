/**
 * Where Nx knows files, Arkos apps are: the same answer as `bulwark`'s own discovery gives, from names and, where a
 * name does not tell, one small file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { foldersUp, inFolder, parentOf } from './folders.ts';

const MODULES = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];

/**
 * The files whose being there says something, as one glob; Nx hands over those that match. Up to Nx 20 it takes no
 * braces within braces.
 */
export const CONFIG_FILES = `{${[
  ...[...MODULES, 'json'].map((ending) => `**/arkos.config.${ending}`),
  ...MODULES.map((ending) => `**/src/app.${ending}`),
  '**/package.json',
  '**/project.json',
  'nx.json',
].join(',')}}`;

const CONFIG_NAME = /(?:^|\/)arkos\.config\.(?:[mc]?[tj]s|json)$/;
const ENTRY_NAME = /(?:^|\/)src\/app\.[mc]?[tj]s$/;
const PASSED_OVER = /(?:^|\/)(?:node_modules|\.build|\.git)\//;
const NAMES_ARKOS = /(?:from|require\(|import\()\s*['"]arkos['"]/;
const RUNS_ARKOS = /(?:^|[\s;&|(/])arkos(?:\.js)?\s+(?:dev|build|start)\b/;
const LEAVES = /(?:^|[\s;&|])(?:cd\s|--filter\b|-F\s|--workspace\b|-w\s|--prefix\b|-C\s|--cwd\b|workspace\s)/;

export interface FoundApps {
  /** Folders of apps from the workspace root, `''` for the root itself; in text order. */
  readonly folders: readonly string[];
  /** Files outside that had to be opened to see whether they start an app: changing one may add or take one away. */
  readonly asked: readonly string[];
}

/** What of a `package.json` is asked. */
export interface Manifest {
  readonly name?: unknown;
  readonly scripts?: unknown;
  readonly [group: string]: unknown;
}

const GROUPS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

export function findApps(workspaceRoot: string, files: readonly string[]): FoundApps {
  const kept = files.filter((file) => !PASSED_OVER.test(file));
  const manifests = new Map<string, string>();
  for (const file of kept)
    if (file === 'package.json' || file.endsWith('/package.json')) manifests.set(parentOf(file), file);
  const read = (path: string): string => readIfThere(`${workspaceRoot}/${path}`);
  const textOf = remembered((folder: string) => (manifests.has(folder) ? read(manifests.get(folder)!) : ''));
  const asksForArkos = (folder: string): boolean => {
    const text = textOf(folder);
    return text.includes('"arkos"') && dependsOnArkos(parseManifest(text));
  };

  const apps = new Set(kept.filter((file) => CONFIG_NAME.test(file)).map(parentOf));
  for (const folder of manifests.keys()) {
    if (apps.has(folder) || !asksForArkos(folder)) continue;
    if (runsArkos(parseManifest(textOf(folder))) && holdsSource(workspaceRoot, folder)) apps.add(folder);
  }
  const asked: string[] = [];
  for (const entry of kept.filter((file) => ENTRY_NAME.test(file))) {
    const folder = parentOf(parentOf(entry));
    if (apps.has(folder) || !foldersUp(folder).some(asksForArkos)) continue;
    asked.push(entry);
    if (NAMES_ARKOS.test(read(entry))) apps.add(folder);
  }
  return { folders: [...apps].toSorted(), asked };
}

/** A manifest that cannot be read says nothing here; the target itself reports it. */
export function parseManifest(text: string): Manifest {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' ? (parsed as Manifest) : {};
  } catch {
    return {};
  }
}

export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function dependsOnArkos(manifest: Manifest): boolean {
  return GROUPS.some((group) => typeof (manifest[group] as Manifest | undefined)?.['arkos'] === 'string');
}

function runsArkos({ scripts }: Manifest): boolean {
  return Object.values((scripts ?? {}) as Record<string, unknown>).some(
    (script) => typeof script === 'string' && RUNS_ARKOS.test(script) && !LEAVES.test(script),
  );
}

function holdsSource(workspaceRoot: string, folder: string): boolean {
  return existsSync(`${workspaceRoot}/${inFolder(folder, 'src')}`);
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
