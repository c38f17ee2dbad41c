/** Path aliases of `tsconfig.json` and `jsconfig.json` (TypeScript, "paths", "baseUrl", "extends"). */
import type { Json } from '@bulwark/model';
import { isRecord } from './lookup.ts';
import type { Lookups, SnapshotFiles } from './lookup.ts';
import { folderOf, joinPath } from './paths.ts';

export interface Aliases {
  readonly baseUrl: string | null;
  /** Pattern to targets, from the folder they are written against. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly pathsFolder: string;
  readonly customConditions: readonly string[];
}

const MAX_EXTENDS = 16;

/** The aliases that a config file gives, with what it extends. `packages` finds a workspace package's folder. */
export async function readAliases(
  path: string,
  files: SnapshotFiles,
  log: Lookups,
  packages: (name: string) => Promise<string | null>,
  depth = 0,
): Promise<Aliases | null> {
  const json = await files.json(path, log);
  if (!isRecord(json) || depth > MAX_EXTENDS) return null;
  const folder = folderOf(path);
  let aliases: Aliases = { baseUrl: null, paths: {}, pathsFolder: folder, customConditions: [] };
  for (const base of texts(json.extends)) {
    const target = await extended(folder, base, files, log, packages);
    const inherited = target && (await readAliases(target, files, log, packages, depth + 1));
    if (inherited) aliases = merge(aliases, inherited);
  }
  return withOwn(aliases, json.compilerOptions, folder);
}

function merge(below: Aliases, above: Aliases): Aliases {
  const hasPaths = Object.keys(above.paths).length > 0;
  return {
    baseUrl: above.baseUrl ?? below.baseUrl,
    paths: hasPaths ? above.paths : below.paths,
    pathsFolder: hasPaths ? above.pathsFolder : below.pathsFolder,
    customConditions: above.customConditions.length > 0 ? above.customConditions : below.customConditions,
  };
}

function withOwn(aliases: Aliases, options: Json | undefined, folder: string): Aliases {
  if (!isRecord(options)) return aliases;
  const baseUrl = typeof options.baseUrl === 'string' ? joinPath(folder, configDir(options.baseUrl)) : null;
  const paths = isRecord(options.paths)
    ? Object.fromEntries(
        Object.entries(options.paths).map(([pattern, targets]) => [pattern, texts(targets).map(configDir)]),
      )
    : null;
  return {
    baseUrl: baseUrl ?? aliases.baseUrl,
    paths: paths ?? aliases.paths,
    pathsFolder: paths ? (baseUrl ?? aliases.baseUrl ?? folder) : aliases.pathsFolder,
    customConditions:
      options.customConditions === undefined ? aliases.customConditions : texts(options.customConditions),
  };
}

function configDir(path: string): string {
  return path.replace(/^\$\{configDir\}\/?/, './');
}

async function extended(
  folder: string,
  base: string,
  files: SnapshotFiles,
  log: Lookups,
  packages: (name: string) => Promise<string | null>,
): Promise<string | null> {
  let path: string | null;
  if (base.startsWith('.')) {
    path = joinPath(folder, base);
  } else {
    const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(base) ?? [];
    const home = name === undefined ? null : await packages(name);
    path = home === null ? null : joinPath(home, rest === '' ? 'tsconfig.json' : rest);
  }
  if (path === null) return null;
  for (const candidate of [path, `${path}.json`, `${path}/tsconfig.json`]) {
    if (await files.find(candidate, log)) return candidate;
  }
  return null;
}

/** The paths an import may mean by its aliases, best first; empty if none matches. */
export function aliasTargets(specifier: string, aliases: Aliases): string[] {
  const targets: (string | null)[] = [];
  const exact = Object.hasOwn(aliases.paths, specifier) ? aliases.paths[specifier] : undefined;
  if (exact) targets.push(...exact.map((target) => joinPath(aliases.pathsFolder, target)));
  else targets.push(...patternTargets(specifier, aliases));
  if (aliases.baseUrl !== null) targets.push(joinPath(aliases.baseUrl, specifier));
  return targets.filter((target) => target !== null);
}

function patternTargets(specifier: string, aliases: Aliases): (string | null)[] {
  let best: { head: string; matched: string; targets: readonly string[] } | null = null;
  for (const [pattern, targets] of Object.entries(aliases.paths)) {
    const [head, tail] = pattern.split('*');
    if (head === undefined || tail === undefined) continue;
    if (
      !specifier.startsWith(head) ||
      !specifier.endsWith(tail) ||
      specifier.length < head.length + tail.length
    )
      continue;
    if (best && best.head.length >= head.length) continue;
    best = { head, matched: specifier.slice(head.length, specifier.length - tail.length), targets };
  }
  if (!best) return [];
  const { matched } = best;
  return best.targets.map((target) =>
    joinPath(
      aliases.pathsFolder,
      target.replace('*', () => matched),
    ),
  );
}

function texts(json: Json | undefined): string[] {
  if (typeof json === 'string') return [json];
  return Array.isArray(json) ? (json as Json[]).filter((item) => typeof item === 'string') : [];
}
