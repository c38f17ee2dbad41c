/** Packages of the workspace by name: npm and yarn `workspaces`, `pnpm-workspace.yaml`. */
import type { Json } from '@bulwark/model';
import { isRecord } from './lookup.ts';
import type { Lookups, SnapshotFiles } from './lookup.ts';
import { ancestorsOf, folderOf, joinPath } from './paths.ts';

export interface Workspace {
  readonly root: string;
  /** Name to folder. */
  readonly packages: ReadonlyMap<string, string>;
}

/** Finds the workspace a folder belongs to, if any; reads each workspace once. */
export class Workspaces {
  readonly #files: SnapshotFiles;
  #found = new Map<string, Promise<{ workspace: Workspace | null; log: Lookups }>>();
  readonly #makeLog: () => Lookups;

  constructor(files: SnapshotFiles, makeLog: () => Lookups) {
    this.#files = files;
    this.#makeLog = makeLog;
  }

  async of(folder: string, log: Lookups): Promise<Workspace | null> {
    for (const root of ancestorsOf(folder)) {
      let found = this.#found.get(root);
      if (!found) {
        found = this.#read(root);
        this.#found.set(root, found);
      }
      const { workspace, log: own } = await found;
      log.add(own);
      if (workspace) return workspace;
    }
    return null;
  }

  async #read(root: string): Promise<{ workspace: Workspace | null; log: Lookups }> {
    const log = this.#makeLog();
    const patterns = await this.#patterns(root, log);
    if (!patterns) return { workspace: null, log };
    const packages = new Map<string, string>();
    // The names rest on every manifest; what an app looked up is noted by name instead.
    const aside = this.#makeLog();
    for (const folder of memberFolders(this.#files.snapshot.files, root, patterns)) {
      const manifest = await this.#files.json(inFolder(folder, 'package.json'), aside);
      if (isRecord(manifest) && typeof manifest.name === 'string' && !packages.has(manifest.name))
        packages.set(manifest.name, folder);
    }
    return { workspace: { root, packages }, log };
  }

  async #patterns(root: string, log: Lookups): Promise<string[] | null> {
    const pnpm = await this.#files.find(inFolder(root, 'pnpm-workspace.yaml'), log);
    if (pnpm) {
      const { parse } = await import('yaml');
      try {
        const settings = parse(await this.#files.text(pnpm, log)) as Json | undefined;
        const packages = isRecord(settings) ? settings.packages : undefined;
        if (Array.isArray(packages)) return ['.', ...textsOf(packages)];
      } catch {
        // What cannot be read names no packages; other parts report the file.
      }
    }
    const manifest = await this.#files.json(inFolder(root, 'package.json'), log);
    if (!isRecord(manifest) || manifest.workspaces === undefined) return null;
    const { workspaces } = manifest;
    return ['.', ...textsOf(isRecord(workspaces) ? workspaces.packages : workspaces)];
  }
}

function textsOf(json: Json | undefined): string[] {
  return Array.isArray(json) ? (json as Json[]).filter((item) => typeof item === 'string') : [];
}

export function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

function memberFolders(
  files: readonly { readonly path: string }[],
  root: string,
  patterns: readonly string[],
): string[] {
  const wanted = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) => matcher(root, pattern));
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => matcher(root, pattern.slice(1)));
  return files
    .filter(({ path }) => path === 'package.json' || path.endsWith('/package.json'))
    .map(({ path }) => folderOf(path))
    .filter((folder) => !`/${folder}/`.includes('/node_modules/'))
    .filter(
      (folder) => wanted.some((isMatch) => isMatch(folder)) && !unwanted.some((isMatch) => isMatch(folder)),
    );
}

/** `*` stands for part of one name, `**` for any number of folders, `{a,b}` for either. */
function matcher(root: string, pattern: string): (folder: string) => boolean {
  const path = joinPath(root, pattern.replace(/\/package\.json$/, ''));
  if (path === null) return () => false;
  const names = path.split('/');
  return (folder) => matchNames(names, folder.split('/'));
}

function matchNames(pattern: readonly string[], names: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return names.length === 0;
  if (first === '**') {
    return matchNames(rest, names) || (names.length > 0 && matchNames(pattern, names.slice(1)));
  }
  const [name, ...others] = names;
  return name !== undefined && matchName(first, name) && matchNames(rest, others);
}

/** Greedy matching of one name, linear in its length: no pattern can make it slow. */
function matchName(pattern: string, name: string): boolean {
  const options = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern);
  if (options) {
    const [, head = '', middle = '', tail = ''] = options;
    return middle.split(',').some((option) => matchName(head + option + tail, name));
  }
  const [head = '', ...parts] = pattern.split('*');
  if (parts.length === 0) return pattern === name;
  if (!name.startsWith(head)) return false;
  const last = parts.pop()!;
  let at = head.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
