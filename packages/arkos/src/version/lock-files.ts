/** What each package manager's lock file says of the version of `arkos` that one package gets. */
import { parse as parseYaml } from 'yaml';
import type { ParseError } from 'jsonc-parser';
import { foldersUp, resolveFolder } from './folders.ts';
import { isJsonObject, objectAt, parseJson, stringAt } from './read-json.ts';
import type { JsonObject } from './read-json.ts';

/** A package of the workspace, as a lock file at `lockRoot` sees it. */
export interface Dependent {
  /** Folder from the lock file's own, `''` for the same folder. */
  readonly folder: string;
  /** What the package itself asks for, `null` if it does not declare arkos. */
  readonly spec: string | null;
  /** The package's name, if it has one. */
  readonly name: string | null;
}

/** A version as a lock file writes it, or the folder it links to, from the lock file's own. */
export type Locked = { readonly version: string } | { readonly link: string };

/** What an opened lock file says for one package; `null` if it does not say. */
export type LockedVersion = (dependent: Dependent) => Locked | null;

/** The lock files that are understood, by name. bun's older `bun.lockb` is binary and is not. */
export const lockFiles: Readonly<Record<string, (text: string) => LockedVersion>> = {
  'package-lock.json': fromPackageLock,
  'npm-shrinkwrap.json': fromPackageLock,
  'pnpm-lock.yaml': fromPnpmLock,
  'yarn.lock': fromYarnLock,
  'bun.lock': fromBunLock,
};

/**
 * npm: versions 2 and 3 list `packages` by install path, nearest one up wins; version 1 nests `dependencies`.
 * A package that is not listed itself is not part of this installation.
 */
function fromPackageLock(text: string): LockedVersion {
  const lock = parseLock(text);
  const packages = objectAt(lock, 'packages');
  if (Object.keys(packages).length === 0)
    return ({ folder }) => (folder === '' ? npmEntry(objectAt(lock, 'dependencies', 'arkos')) : null);
  return ({ folder, spec }) => {
    if (folder !== '' && spec !== null && !Object.hasOwn(packages, folder)) return null;
    for (const from of foldersUp(folder)) {
      const entry = objectAt(packages, from === '' ? 'node_modules/arkos' : `${from}/node_modules/arkos`);
      const locked = npmEntry(entry);
      if (locked) return locked;
    }
    return null;
  };
}

function npmEntry(entry: JsonObject): Locked | null {
  const resolved = stringAt(entry, 'resolved');
  if (entry['link'] === true && resolved !== undefined) return { link: resolved };
  const alias = stringAt(entry, 'name');
  const version = stringAt(entry, 'version');
  if (version === undefined || (alias !== undefined && alias !== 'arkos')) return null;
  return version.startsWith('file:') ? { link: version.slice('file:'.length) } : { version };
}

/**
 * pnpm: `importers` by folder, each dependency as `{ specifier, version }` (lockfile 6 and 9) or as a bare
 * version (5); a lock of one package has no `importers`. Only the sections asked for are parsed: a lock
 * file's other sections are by far the largest.
 */
function fromPnpmLock(text: string): LockedVersion {
  const importers: unknown = parseYaml(sectionOf(text, 'importers'));
  const single: unknown = parseYaml(GROUPS.map((group) => sectionOf(text, group)).join(''));
  return ({ folder, spec }) => {
    const own = pnpmEntry(objectAt(importers, 'importers', folder === '' ? '.' : folder), folder);
    if (own) return own;
    if (spec !== null && folder !== '') return null;
    return pnpmEntry(objectAt(importers, 'importers', '.'), '') ?? pnpmEntry(single, '');
  };
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];

function pnpmEntry(importer: unknown, folder: string): Locked | null {
  for (const group of GROUPS) {
    const entry = objectAt(importer, group)['arkos'];
    const version = isJsonObject(entry) ? stringAt(entry, 'version') : entry;
    if (typeof version !== 'string') continue;
    const local = /^(?:link|file):(.*)/.exec(version)?.[1];
    return local === undefined
      ? { version: plainVersion(version) }
      : { link: resolveFolder(folder, local) ?? local };
  }
  return null;
}

/** `1.6.7(express@5.1.0)`, `1.6.7_express@5.1.0` and `/arkos/1.6.7` all mean 1.6.7. */
function plainVersion(version: string): string {
  return version.replace(/^\/arkos[/@]/, '').replace(/[(_].*$/s, '');
}

/** One top-level section of a block YAML file, its key included; empty if there is none. */
function sectionOf(text: string, key: string): string {
  const start = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1;
  if (start === 0 && !text.startsWith(`${key}:`)) return '';
  const next = /\n(?=[^\s#])/.exec(text.slice(start));
  return next ? text.slice(start, start + next.index + 1) : text.slice(start);
}

/**
 * yarn: blocks headed by the ranges they answer. Classic: `arkos@^1.6.0, arkos@^1.6.2:` with `version
 * "1.6.7"`; berry: `"arkos@npm:^1.6.0":` with `version: 1.6.7`, or `arkos@workspace:packages/arkos`.
 */
function fromYarnLock(text: string): LockedVersion {
  const blocks = [...text.matchAll(YARN_BLOCK)].map(([, head, body]) => ({
    ranges: head!.split(/,\s*/).map((range) => range.replace(/^"|"$/g, '').replace(/^arkos@(npm:)?/, '')),
    version: /^\s+version:?\s+"?([^"\s]+)"?/m.exec(body!)?.[1],
  }));
  return ({ spec }) => {
    const wanted = spec?.replace(/^npm:/, '');
    const block =
      blocks.find(({ ranges }) => wanted !== undefined && ranges.includes(wanted)) ??
      (blocks.length === 1 ? blocks[0] : undefined);
    const workspace = block?.ranges.find((range) => /^workspace:[^*^~]/.test(range));
    if (workspace) return { link: workspace.slice('workspace:'.length) };
    return block?.version === undefined ? null : { version: block.version };
  };
}

const YARN_BLOCK = /^("?arkos@[^\n]*):\r?\n((?:[ \t]+[^\n]*\n?)+)/gm;

/**
 * bun: `packages` maps an install path to `["arkos@1.6.7", …]`; a copy of a workspace's own is under that
 * workspace's name.
 */
function fromBunLock(text: string): LockedVersion {
  const lock = parseLock(text);
  const workspaces = objectAt(lock, 'workspaces');
  const packages = objectAt(lock, 'packages');
  return ({ folder, spec, name }) => {
    if (folder !== '' && spec !== null && !Object.hasOwn(workspaces, folder)) return null;
    const entry = (name === null ? undefined : packages[`${name}/arkos`]) ?? packages['arkos'];
    const id: unknown = Array.isArray(entry) ? entry[0] : undefined;
    if (typeof id !== 'string' || !id.startsWith('arkos@')) return null;
    const found = id.slice('arkos@'.length);
    return found.startsWith('workspace:') ? { link: found.slice('workspace:'.length) } : { version: found };
  };
}

/** @throws Error if it is not JSON, trailing commas (bun.lock has them) apart. */
function parseLock(text: string): unknown {
  const errors: ParseError[] = [];
  const lock = parseJson(text, errors);
  if (errors.length > 0) throw new Error(`it is not JSON (at offset ${errors[0]!.offset})`);
  return lock;
}
