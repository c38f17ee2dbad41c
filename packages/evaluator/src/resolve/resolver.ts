/** What an import means in a snapshot. No file system is needed, and none is asked. */
import { builtinModules } from 'node:module';
import type { FileRef, Json, Snapshot } from '@bulwark/model';
import { languageOf } from '../source/language.ts';
import type { Language, Request } from '../source/source-file.ts';
import { findModule } from './candidates.ts';
import { targetOf } from './exports-map.ts';
import { isRecord, Lookups, SnapshotFiles } from './lookup.ts';
import { ancestorsOf, folderOf, joinPath } from './paths.ts';
import { aliasTargets, readAliases } from './tsconfig.ts';
import type { Aliases } from './tsconfig.ts';
import { inFolder, Workspaces } from './workspace.ts';

export type Resolution =
  | { readonly kind: 'file'; readonly file: FileRef }
  /** A package, or a module of the platform. */
  | { readonly kind: 'outside'; readonly module: string }
  /** Something of the workspace itself that the snapshot does not hold (it may be made by a build). */
  | { readonly kind: 'missing'; readonly module: string };

interface Remembered {
  readonly resolution: Resolution;
  readonly log: Lookups;
}

export class Resolver {
  readonly files: SnapshotFiles;
  readonly #workspaces: Workspaces;
  #resolved = new Map<string, Promise<Remembered>>();
  #aliases = new Map<string, Promise<{ aliases: Aliases | null; log: Lookups }>>();

  constructor(snapshot: Snapshot) {
    this.files = new SnapshotFiles(snapshot);
    this.#workspaces = new Workspaces(this.files, () => new Lookups());
  }

  async resolve(request: Request, from: string, log: Lookups): Promise<Resolution> {
    const importer = languageOf(from) ?? 'js';
    const folder = folderOf(from);
    const key = `${folder}\0${importer}\0${request.by}\0${request.specifier}`;
    let remembered = this.#resolved.get(key);
    if (!remembered) {
      const own = new Lookups();
      remembered = this.#find(request, folder, importer, own).then((resolution) => ({
        resolution,
        log: own,
      }));
      this.#resolved.set(key, remembered);
    }
    const { resolution, log: own } = await remembered;
    log.add(own);
    return resolution;
  }

  /** The nearest manifest's `type`, which decides what a `.js` file is. */
  async packageType(from: string, log: Lookups): Promise<'module' | 'commonjs' | null> {
    const found = await this.#manifest(folderOf(from), log);
    const type = found?.manifest.type;
    return type === 'module' || type === 'commonjs' ? type : null;
  }

  async #find(
    { specifier, by }: Request,
    folder: string,
    importer: Language,
    log: Lookups,
  ): Promise<Resolution> {
    if (specifier.startsWith('node:') || builtinModules.includes(specifier))
      return { kind: 'outside', module: specifier };
    if (/^\.\.?(?:\/|$)/.test(specifier)) return this.#relative(specifier, folder, importer, log);
    if (specifier.startsWith('/')) return { kind: 'missing', module: specifier };
    if (/^[a-z][a-z+.-]*:/.test(specifier)) return { kind: 'outside', module: specifier };
    const aliases = await this.#aliasesFor(folder, log);
    for (const target of aliases ? aliasTargets(specifier, aliases) : []) {
      const file = await findModule(target, importer, this.files, log);
      if (file) return { kind: 'file', file };
    }
    const conditions = new Set(['node', by, 'module-sync', 'default', ...(aliases?.customConditions ?? [])]);
    if (specifier.startsWith('#')) return this.#fromImports(specifier, folder, importer, conditions, log);
    return this.#fromPackage(specifier, folder, importer, conditions, log);
  }

  async #relative(specifier: string, folder: string, importer: Language, log: Lookups): Promise<Resolution> {
    const bare = specifier.replace(/[?#].*$/s, '');
    const path = joinPath(folder, bare);
    const file = path === null ? null : await findModule(path, importer, this.files, log);
    return file ? { kind: 'file', file } : { kind: 'missing', module: specifier };
  }

  async #fromImports(
    specifier: string,
    folder: string,
    importer: Language,
    conditions: ReadonlySet<string>,
    log: Lookups,
  ): Promise<Resolution> {
    const found = await this.#manifest(folder, log);
    const target = found && targetOf(found.manifest.imports, specifier, conditions);
    if (!found || !target) return { kind: 'missing', module: specifier };
    if (!target.startsWith('./')) {
      const by = conditions.has('require') ? 'require' : 'import';
      return this.#find({ specifier: target, by }, found.folder, importer, log);
    }
    return this.#relative(target, found.folder, importer, log);
  }

  async #fromPackage(
    specifier: string,
    folder: string,
    importer: Language,
    conditions: ReadonlySet<string>,
    log: Lookups,
  ): Promise<Resolution> {
    const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/s.exec(specifier) ?? [];
    const outside: Resolution = { kind: 'outside', module: specifier };
    if (name === undefined) return outside;
    const own = await this.#manifest(folder, log);
    const isSelf = own?.manifest.name === name && own.manifest.exports !== undefined;
    const home = isSelf ? own.folder : await this.#packageFolder(name, folder, log);
    if (home === null) return outside;
    const manifest = await this.files.json(inFolder(home, 'package.json'), log);
    const path = isRecord(manifest) ? entryOf(manifest, home, `.${rest}`, conditions) : null;
    const file = path === null ? null : await findModule(path, importer, this.files, log);
    return file ? { kind: 'file', file } : { kind: 'missing', module: specifier };
  }

  async #packageFolder(name: string, folder: string, log: Lookups): Promise<string | null> {
    const workspace = await this.#workspaces.of(folder, log);
    if (!workspace) return null;
    const found = workspace.packages.get(name) ?? null;
    log.names.set(`${workspace.root}\0${name}`, found);
    return found;
  }

  async #manifest(
    folder: string,
    log: Lookups,
  ): Promise<{ folder: string; manifest: Record<string, Json | undefined> } | null> {
    for (const at of ancestorsOf(folder)) {
      const manifest = await this.files.json(inFolder(at, 'package.json'), log);
      if (isRecord(manifest)) return { folder: at, manifest };
    }
    return null;
  }

  async #aliasesFor(folder: string, log: Lookups): Promise<Aliases | null> {
    for (const at of ancestorsOf(folder)) {
      let found = this.#aliases.get(at);
      if (!found) {
        found = this.#readAliases(at);
        this.#aliases.set(at, found);
      }
      const { aliases, log: own } = await found;
      log.add(own);
      if (aliases) return aliases;
    }
    return null;
  }

  async #readAliases(folder: string): Promise<{ aliases: Aliases | null; log: Lookups }> {
    const log = new Lookups();
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = inFolder(folder, name);
      const packages = (name: string) => this.#packageFolder(name, folder, log);
      const aliases = await readAliases(path, this.files, log, packages);
      if (aliases) return { aliases, log };
    }
    return { aliases: null, log };
  }
}

function entryOf(
  manifest: Record<string, Json | undefined>,
  home: string,
  subpath: string,
  conditions: ReadonlySet<string>,
): string | null {
  if (manifest.exports !== undefined && manifest.exports !== null) {
    const target = targetOf(manifest.exports, subpath, conditions);
    return target?.startsWith('./') ? joinPath(home, target) : null;
  }
  if (subpath !== '.') return joinPath(home, subpath);
  return joinPath(home, typeof manifest.main === 'string' ? manifest.main : '.');
}
