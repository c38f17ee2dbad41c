/** Which releases of Arkos there are, and which of them a version or range means. */
import type { Generation } from '@bulwark/model';
import semver from 'semver';

/** The newest patch of each line whose behaviour was studied (FACTS, table of generations). */
const STUDIED: readonly (readonly [line: string, newestPatch: number, generation: Generation])[] = [
  ['1.0', 18, '1.0'],
  ['1.2', 9, '1.2'],
  ['1.3', 10, '1.3'],
  ['1.4', 15, '1.4'],
  ['1.5', 17, '1.5'],
  ['1.6', 7, '1.6'],
  ['1.7', 0, '1.7'],
];

/** The release of 2.0-next that was studied; there is no other 2.0 yet. */
const NEXT = '2.0.0-next.16';

/** Every studied release, oldest first, without its `-beta` or `-rc`: the tag says nothing of behaviour. */
export const studiedReleases: readonly string[] = [
  ...STUDIED.flatMap(([line, newest]) =>
    Array.from({ length: newest + 1 }, (_, patch) => `${line}.${patch}`),
  ),
  NEXT,
];

/**
 * The releases that a version may behave as: itself where its line is known; the line before as well for a
 * canary of a line's first release (1.6.0-canary.52 shipped inside a 1.5 release, FACTS); both neighbours
 * for 1.1, of which nothing is left; none if it is older or newer than what was studied.
 */
export function releasesOf(version: string): readonly string[] {
  const parsed = semver.parse(version, { loose: true });
  if (!parsed) return [];
  const { major, minor, patch, prerelease } = parsed;
  const plain = `${major}.${minor}.${patch}`;
  const line = `${major}.${minor}`;
  if (major === 2) return plain === '2.0.0' && prerelease.length > 0 ? [version] : [];
  if (line === '1.1') return [newestOf('1.0'), newestOf('1.2')];
  // 1.8 canaries have the code of 1.7 (FACTS).
  if (line === '1.8' && prerelease.length > 0) return [newestOf('1.7')];
  const at = STUDIED.findIndex(([known]) => known === line);
  if (at === -1) return [];
  const isEarly = patch === 0 && prerelease[0] === 'canary' && at > 0;
  return isEarly ? [newestOf(STUDIED[at - 1]![0]), plain] : [plain];
}

function newestOf(line: string): string {
  return `${line}.${STUDIED.find(([known]) => known === line)![1]}`;
}

/** The generation of a release that {@link releasesOf} named. */
export function generationOf(release: string): Generation {
  if (release.startsWith('2.')) return '2.0-next';
  const line = release.split('.').slice(0, 2).join('.');
  const studied = STUDIED.find(([known]) => known === line);
  if (!studied) throw new Error(`no generation for ${release}`);
  return studied[2];
}

/**
 * The releases a range allows, as npm reads it: a prerelease only where the range names one of the same
 * version. A range that starts past the newest patch studied, on a line that is known, means its start.
 */
export function releasesInRange(range: string): readonly string[] {
  if (!semver.validRange(range, { loose: true })) return [];
  const allowed = studiedReleases.filter((release) => allows(range, release));
  if (allowed.length > 0) return allowed;
  const first = semver.minVersion(range, { loose: true });
  return first ? releasesOf(first.version) : [];
}

function allows(range: string, release: string): boolean {
  const published = [release, `${release}-beta`, `${release}-rc`];
  return published.some((version) => semver.satisfies(version, range, { loose: true }));
}
