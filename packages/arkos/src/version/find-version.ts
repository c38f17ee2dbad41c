/** Which Arkos an app runs: a pin, else what a lock file says, else what a manifest asks for. */
import type { ArkosVersion, Snapshot } from '@bulwark/model';
import semver from 'semver';
import { groupReleases } from '../generations/index.ts';
import { readCatalog } from './catalogs.ts';
import { foldersUp, resolveFolder } from './folders.ts';
import type { FoundLock, Locks } from './locks.ts';
import type { Manifest, Manifests } from './manifests.ts';
import { generationOf, releasesInRange, releasesOf, studiedReleases } from './releases.ts';

export interface VersionSources {
  readonly snapshot: Snapshot;
  readonly manifests: Manifests;
  readonly locks: Locks;
}

/** @param folder the app's root, `''` for the snapshot's. */
export async function findVersion(
  sources: VersionSources,
  folder: string,
  pin: string | undefined,
): Promise<ArkosVersion> {
  if (pin !== undefined) return ofSpec(pin, 'bulwark.json');
  const above = await manifestsUp(sources.manifests, folder);
  const owner = above[0] ?? { folder, spec: null, name: null };
  const locked = await sources.locks.find(owner);
  const found = await Promise.all(locked.map((lock) => ofLock(sources, lock)));
  if (found.length > 0) return agree(found);
  const declaring = above.find(({ spec }) => spec !== null);
  return declaring ? ofDeclared(sources, declaring, declaring.spec!, above) : nothing(null);
}

async function manifestsUp(manifests: Manifests, folder: string): Promise<readonly Manifest[]> {
  const all = await Promise.all(foldersUp(folder).map((each) => manifests.at(each)));
  return all.filter((manifest) => manifest !== null);
}

async function ofLock(sources: VersionSources, { locked, path, folder }: FoundLock): Promise<ArkosVersion> {
  if ('link' in locked) return ofFolder(sources, folder, locked.link, path);
  return ofExact(locked.version, path);
}

/** What lock files of several package managers say together. */
function agree(versions: readonly ArkosVersion[]): ArkosVersion {
  const [first] = versions;
  if (versions.every(({ version }) => version === first!.version)) return first!;
  return ofReleases(
    versions.flatMap(({ candidates }) => candidates ?? []),
    first!.from,
  );
}

/** What a manifest asks for, where no lock file says what it got. */
async function ofDeclared(
  sources: VersionSources,
  { folder, path }: Manifest,
  spec: string,
  above: readonly Manifest[],
): Promise<ArkosVersion> {
  const asked = overrideOf(above.at(-1)) ?? spec;
  const local = /^(?:link|file|portal|workspace):(\.{0,2}\/.*|\.{1,2})$/.exec(asked)?.[1];
  if (local !== undefined) return ofFolder(sources, folder, local, path);
  if (asked.startsWith('workspace:')) return ofWorkspace(sources, path);
  if (asked.startsWith('catalog:')) {
    const named = await readCatalog(sources.snapshot, folder, asked.slice('catalog:'.length));
    return named ? ofSpec(named.spec, named.path) : nothing(path);
  }
  return ofSpec(asked, path);
}

/** npm's `overrides`, yarn's `resolutions` and pnpm's `overrides` of the outermost manifest. */
function overrideOf(manifest: Manifest | undefined): string | undefined {
  if (!manifest) return undefined;
  const { overrides, resolutions, pnpm } = manifest.content as {
    overrides?: Record<string, unknown>;
    resolutions?: Record<string, unknown>;
    pnpm?: { overrides?: Record<string, unknown> };
  };
  const found = overrides?.['arkos'] ?? resolutions?.['arkos'] ?? pnpm?.overrides?.['arkos'];
  return typeof found === 'string' ? found : undefined;
}

/** A folder of the repository that is arkos itself. */
async function ofFolder(
  { manifests }: VersionSources,
  from: string,
  relative: string,
  because: string,
): Promise<ArkosVersion> {
  const folder = resolveFolder(from, relative);
  const manifest = folder === null ? null : await manifests.at(folder);
  return manifest?.name === 'arkos' && manifest.version !== null
    ? ofExact(manifest.version, manifest.path)
    : nothing(because);
}

/** The package of the workspace that is called arkos. */
async function ofWorkspace({ snapshot, manifests }: VersionSources, because: string): Promise<ArkosVersion> {
  const folders = snapshot.files
    .filter(({ path }) => path.endsWith('/package.json') && !path.includes('node_modules/'))
    .map(({ path }) => path.slice(0, -'/package.json'.length));
  const all = await Promise.all(folders.map((folder) => manifests.at(folder)));
  const arkos = all.find((manifest) => manifest?.name === 'arkos');
  return arkos?.version ? ofExact(arkos.version, arkos.path) : nothing(because);
}

function ofSpec(spec: string, from: string): ArkosVersion {
  const range = spec.replace(/^npm:arkos@/, '').trim();
  if (semver.valid(range, { loose: true })) return ofExact(range.replace(/^[v=\s]+/, ''), from);
  const isRange = range !== '' && semver.validRange(range, { loose: true }) !== null;
  if (!isRange) return nothing(from);
  return ofReleases(releasesInRange(range), from);
}

function ofExact(version: string, from: string): ArkosVersion {
  const releases = releasesOf(version);
  return { version, generations: generationsOf(releases), from, certainty: 'exact', candidates: releases };
}

function ofReleases(releases: readonly string[], from: string | null): ArkosVersion {
  return {
    version: null,
    generations: generationsOf(releases),
    from,
    certainty: 'range',
    candidates: groupReleases(releases),
  };
}

/** Nothing says which version it is, so it may be any. */
function nothing(from: string | null): ArkosVersion {
  return {
    version: null,
    generations: [],
    from,
    certainty: 'none',
    candidates: groupReleases(studiedReleases),
  };
}

function generationsOf(releases: readonly string[]): ArkosVersion['generations'] {
  return [...new Set(releases.map(generationOf))];
}
