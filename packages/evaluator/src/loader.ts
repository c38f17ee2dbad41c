import type { FileRef, Snapshot } from '@bulwark/model';
import { Lookups } from './resolve/lookup.ts';
import { Resolver } from './resolve/resolver.ts';
import type { Resolution } from './resolve/resolver.ts';
import { extensionOf, hasJsx, languageOf } from './source/language.ts';
import { parseBlob } from './source/parse-cache.ts';
import type { Request, SourceFile } from './source/source-file.ts';

/** Reads modules of one snapshot. Make one for all apps of a check: what they share is read once. */
export interface Loader {
  /**
   * Reads and parses everything that can be reached from the entry. A file that is not there, cannot be parsed
   * or lies outside the snapshot is part of the answer, not an error.
   * @throws ReadError if the snapshot cannot be read.
   */
  load(entryPath: string): Promise<ModuleGraph>;
}

export interface ModuleGraph {
  readonly entry: string;
  readonly modules: ReadonlyMap<string, LoadedModule>;
  readonly trace: Trace;
}

export interface LoadedModule {
  readonly file: SourceFile;
  readonly format: 'esm' | 'cjs' | 'json';
  /** What each import means, by the specifier as it is written. */
  readonly imports: ReadonlyMap<string, Target>;
}

export type Target =
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'outside' | 'missing'; readonly module: string };

/** What an answer rests on: equal traces on another snapshot mean an equal answer. */
export interface Trace {
  /** Files that were opened, with the ids of their bytes. */
  readonly files: readonly { readonly path: string; readonly blob: string | null }[];
  /** Paths that were looked for and are not there. */
  readonly missing: readonly string[];
  /** Names looked up among the packages of a workspace, and the folder each was found in. */
  readonly names: readonly { readonly root: string; readonly name: string; readonly folder: string | null }[];
}

export interface LoaderOptions {
  /** A module may be left out of reach beyond this many files; its value is unknown then. Default 2,000. */
  readonly maxFiles?: number;
}

const DEFAULT_MAX_FILES = 2_000;

export function createLoader(snapshot: Snapshot, options: LoaderOptions = {}): Loader {
  const resolver = new Resolver(snapshot);
  const files = new Map<string, Promise<SourceFile | null>>();
  const maxFiles = options.maxFiles ?? DEFAULT_MAX_FILES;

  async function open(ref: FileRef, log: Lookups): Promise<SourceFile | null> {
    log.opened.set(ref.path, ref.blob);
    let file = files.get(ref.path);
    if (!file) {
      file = read(ref);
      files.set(ref.path, file);
    }
    return file;
  }

  async function read(ref: FileRef): Promise<SourceFile | null> {
    const language = languageOf(ref.path);
    if (language === null) return null;
    const text = await resolver.files.text(ref, new Lookups());
    return {
      path: ref.path,
      blob: ref.blob,
      parsed: parseBlob(ref.blob, language, hasJsx(ref.path), () => text),
      places: new Map(),
    };
  }

  async function load(entryPath: string): Promise<ModuleGraph> {
    const log = new Lookups();
    const modules = new Map<string, LoadedModule>();
    const entry = await resolver.files.find(entryPath, log);
    let wave: FileRef[] = entry ? [entry] : [];
    const queued = new Set(wave.map(({ path }) => path));
    while (wave.length > 0) {
      const loaded = await Promise.all(wave.map(async (ref) => loadOne(ref, log)));
      wave = [];
      for (const { module, found } of loaded.filter((one) => one !== null)) {
        modules.set(module.file.path, module);
        for (const ref of found) {
          if (queued.has(ref.path) || queued.size >= maxFiles) continue;
          queued.add(ref.path);
          wave.push(ref);
        }
      }
    }
    // A loader keeps no syntax trees of its own: the parse cache is what is bounded.
    for (const path of modules.keys()) files.delete(path);
    return { entry: entry?.path ?? entryPath, modules, trace: traceOf(log) };
  }

  async function loadOne(
    ref: FileRef,
    log: Lookups,
  ): Promise<{ module: LoadedModule; found: FileRef[] } | null> {
    const file = await open(ref, log);
    if (!file) return null;
    const imports = new Map<string, Target>();
    const found: FileRef[] = [];
    const resolved = await Promise.all(
      file.parsed.requests.map(async (request) => ({
        request,
        resolution: await resolver.resolve(request, ref.path, log),
      })),
    );
    for (const { request, resolution } of resolved) {
      imports.set(importKey(request), targetOf(resolution));
      if (resolution.kind === 'file' && languageOf(resolution.file.path) !== null)
        found.push(resolution.file);
    }
    return { module: { file, format: await formatOf(file, log), imports }, found };
  }

  async function formatOf(file: SourceFile, log: Lookups): Promise<LoadedModule['format']> {
    const extension = extensionOf(file.path);
    if (extension === 'json') return 'json';
    if (extension.startsWith('m')) return 'esm';
    if (extension.startsWith('c'))
      return file.parsed.language === 'ts' && file.parsed.hasModuleSyntax ? 'esm' : 'cjs';
    if (file.parsed.hasModuleSyntax) return 'esm';
    if (file.parsed.language === 'ts') return 'cjs';
    return (await resolver.packageType(file.path, log)) === 'module' ? 'esm' : 'cjs';
  }

  return { load };
}

/** The key of an import in a module's table: an `import` and a `require` may mean different files. */
export function importKey({ specifier, by }: Request): string {
  return `${by}:${specifier}`;
}

function targetOf(resolution: Resolution): Target {
  if (resolution.kind !== 'file') return resolution;
  return languageOf(resolution.file.path) === null
    ? { kind: 'missing', module: resolution.file.path }
    : { kind: 'module', path: resolution.file.path };
}

function traceOf(log: Lookups): Trace {
  return {
    files: [...log.opened].map(([path, blob]) => ({ path, blob })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    missing: [...log.missed].sort(),
    names: [...log.names]
      .map(([key, folder]) => {
        const [root = '.', name = ''] = key.split('\0');
        return { root, name, folder };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
