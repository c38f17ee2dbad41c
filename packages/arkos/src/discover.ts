/** Snapshot → the Arkos apps in it, from the files alone (FACTS §6). */
import { compareText } from '@bulwark/model';
import type { App, ArkosVersion, FileRef, Problem, Snapshot } from '@bulwark/model';
import micromatch from 'micromatch';
import { configFileOf, initFileOf } from './config/config-file.ts';
import { behaviourOf } from './generations/index.ts';
import { findVersion } from './version/find-version.ts';
import type { VersionSources } from './version/find-version.ts';
import { foldersUp } from './version/folders.ts';
import { openLocks } from './version/locks.ts';
import { openManifests } from './version/manifests.ts';
import { studiedReleases } from './version/releases.ts';

export interface DiscoverOptions {
  /** Globs of app roots, from the settings; every app if left out. A plain path that holds no app is a problem. */
  readonly apps?: readonly string[];
  /** Versions the settings pin, by app root. */
  readonly pins?: Readonly<Record<string, string>>;
}

export interface Discovered {
  /** By root, in text order. */
  readonly apps: readonly App[];
  readonly problems: readonly Problem[];
}

const CONFIG_NAME = /(?:^|\/)arkos\.config\.(?:[mc]?[tj]s|json)$/;
const ENTRY_NAME = /(?:^|\/)src\/app\.[mc]?[tj]s$/;
/** Folders whose files are copies or other people's. */
const PASSED_OVER = /(?:^|\/)(?:node_modules|\.build|\.git)\//;
const SETTINGS = 'bulwark.json';

/** An `import … from "arkos"` or `require("arkos")`; what it does with it is asked later. */
const NAMES_ARKOS = /(?:from|require\(|import\()\s*['"]arkos['"]/;

/** An arkos command as the first word of a script or after something that runs it. */
const RUNS_ARKOS = /(?:^|[\s;&|(/])arkos(?:\.js)?\s+(?:dev|build|start)\b/;

export async function discoverApps(snapshot: Snapshot, options: DiscoverOptions = {}): Promise<Discovered> {
  const sources = { snapshot, manifests: openManifests(snapshot), locks: openLocks(snapshot) };
  const wanted = options.apps;
  const roots = (await findRoots(sources)).filter((folder) => isWanted(rootOf(folder), wanted));
  const apps = await Promise.all(
    roots.map((folder) => openApp(sources, folder, pinOf(options.pins, rootOf(folder)))),
  );
  const problems = [
    ...sources.manifests.problems,
    ...sources.locks.problems,
    ...apps.flatMap(unknownVersion),
    ...missing(wanted, apps),
  ];
  return { apps: apps.toSorted((a, b) => compareText(a.root, b.root)), problems };
}

/** An entry is read only where neither a configuration nor a manifest has told already. */
async function findRoots(sources: VersionSources): Promise<readonly string[]> {
  const files = sources.snapshot.files.filter(
    ({ path, mode }) => !PASSED_OVER.test(path) && mode !== '160000' && mode !== '120000',
  );
  const roots = new Set(
    files.filter(({ path }) => CONFIG_NAME.test(path)).map(({ path }) => folderOfFile(path)),
  );
  const withSource = foldersWithSource(sources.snapshot.files);
  for (const file of files) {
    if (!isManifest(file.path) || !withSource.has(folderOfFile(file.path))) continue;
    if (await runsArkos(sources, file)) roots.add(folderOfFile(file.path));
  }
  for (const file of files) {
    if (!ENTRY_NAME.test(file.path)) continue;
    const root = folderOfFile(folderOfFile(file.path));
    if (!roots.has(root) && (await startsArkos(sources, file))) roots.add(root);
  }
  return [...roots];
}

/** An entry that imports arkos, under a manifest that depends on it. */
async function startsArkos({ snapshot, manifests }: VersionSources, file: FileRef): Promise<boolean> {
  for (const folder of foldersUp(folderOfFile(folderOfFile(file.path)))) {
    const spec = (await manifests.at(folder))?.spec ?? null;
    if (spec !== null) return NAMES_ARKOS.test(new TextDecoder().decode(await snapshot.read(file)));
  }
  return false;
}

/** A package that depends on arkos and has a script that runs it in its own folder. */
async function runsArkos({ manifests }: VersionSources, file: FileRef): Promise<boolean> {
  const manifest = await manifests.at(folderOfFile(file.path));
  if (!manifest || manifest.spec === null) return false;
  return Object.values(manifest.scripts).some((script) => RUNS_ARKOS.test(script) && !leaves(script));
}

/** Folders that have a `src` folder with something in it. */
function foldersWithSource(files: readonly FileRef[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path } of files) {
    const at = path.startsWith('src/') ? 0 : path.indexOf('/src/');
    if (at !== -1) folders.add(path.slice(0, at));
  }
  return folders;
}

/** Whether a script goes to another folder, or into another package, before it runs anything. */
function leaves(script: string): boolean {
  return /(?:^|[\s;&|])(?:cd\s|--filter\b|-F\s|--workspace\b|-w\s|--prefix\b|-C\s|--cwd\b|workspace\s)/.test(
    script,
  );
}

async function openApp(sources: VersionSources, folder: string, pin: string | undefined): Promise<App> {
  const [manifest, arkos] = await Promise.all([
    sources.manifests.at(folder),
    findVersion(sources, folder, pin),
  ]);
  return {
    name: manifest?.name ?? (folder.split('/').at(-1) || rootOf(folder)),
    root: rootOf(folder),
    manifest: manifest?.path ?? null,
    config: await configOf(sources, folder, arkos),
    arkos,
  };
}

/** The file that carries the configuration for the newest version the app may run. */
async function configOf(
  sources: VersionSources,
  folder: string,
  arkos: ArkosVersion,
): Promise<string | null> {
  const behaviour = behaviourOf(arkos.candidates?.at(-1) ?? studiedReleases.at(-1)!);
  if (behaviour.carrier === 'init') return initFileOf(sources.snapshot, folder);
  const inConfigFile = await configFileOf(behaviour, sources, folder);
  return arkos.certainty === 'none' ? (inConfigFile ?? initFileOf(sources.snapshot, folder)) : inConfigFile;
}

function unknownVersion(app: App): Problem[] {
  const { version, from, certainty, candidates } = app.arkos;
  if (certainty === 'none' || (candidates ?? []).length > 0) return [];
  const what = version === null ? 'the range of arkos it asks for' : `arkos ${version}`;
  return [
    {
      path: from ?? app.manifest,
      message: `${app.root}: ${what} is none that this version of Bulwark knows, so nothing was judged`,
      hint: `Update Bulwark, or pin a version it knows for this app in ${SETTINGS}.`,
    },
  ];
}

function missing(wanted: readonly string[] | undefined, apps: readonly App[]): Problem[] {
  return (wanted ?? [])
    .filter((glob) => !micromatch.scan(glob).isGlob)
    .filter((path) => !apps.some(({ root }) => root === trimSlash(path)))
    .map((path) => ({
      path: SETTINGS,
      message: `apps: there is no Arkos app at ${path}`,
      hint: 'An app is a folder with an arkos.config file, or with a src/app that imports arkos.',
    }));
}

function isWanted(root: string, wanted: readonly string[] | undefined): boolean {
  return (
    wanted === undefined || wanted.some((glob) => trimSlash(glob) === root || micromatch.isMatch(root, glob))
  );
}

function trimSlash(path: string): string {
  return path.replace(/^\.\/(?=.)/, '').replace(/(?<=.)\/$/, '');
}

function pinOf(pins: DiscoverOptions['pins'], root: string): string | undefined {
  return pins && Object.hasOwn(pins, root) ? pins[root] : undefined;
}

function isManifest(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json');
}

function folderOfFile(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function rootOf(folder: string): string {
  return folder === '' ? '.' : folder;
}
