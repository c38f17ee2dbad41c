/** Whether `arkos build` emits `arkos.config.ts` (FACTS §1.3). */
import type { Snapshot } from '@bulwark/model';
import micromatch from 'micromatch';
import { filesUnder } from '../record-lookups.ts';
import { inFolder, resolveFolder } from '../version/folders.ts';
import { readJson } from '../version/read-json.ts';
import type { JsonObject } from '../version/read-json.ts';

const CONFIG = 'arkos.config.ts';

/** `true` if tsc emits it, `false` if not, `unknown` if that depends on a file outside the repository. */
export async function emitsConfig(snapshot: Snapshot, folder: string): Promise<boolean | 'unknown'> {
  const scope = await scopeOf(snapshot, inFolder(folder, 'tsconfig.json'), 0);
  if (scope === 'unknown') return 'unknown';
  const path = inFolder(folder, CONFIG);
  if (scope.files?.includes(path)) return true;
  if (scope.exclude === undefined && scope.include?.includes(path)) return true;
  // Without `files` and `include` everything under the folder counts.
  const include = scope.include ?? (scope.files ? [] : [inFolder(folder, '**/*')]);
  const isExcluded = micromatch.isMatch(path, [...(scope.exclude ?? [])], { dot: true });
  if (!isExcluded && micromatch.isMatch(path, include.map(asFileGlob), { dot: true })) return true;
  return importsConfig(snapshot, folder);
}

interface Scope {
  readonly files: readonly string[] | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
}

/** `files`, `include` and `exclude` as paths from the snapshot's root; a value in a tsconfig replaces the extended one's. */
async function scopeOf(snapshot: Snapshot, path: string, depth: number): Promise<Scope | 'unknown'> {
  const read = await readJson(snapshot, path);
  if (read.kind !== 'object' || depth > 8)
    return depth === 0 && read.kind === 'missing' ? NOTHING : 'unknown';
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const own: Scope = {
    files: pathsAt(read.object, 'files', folder),
    include: pathsAt(read.object, 'include', folder),
    exclude: pathsAt(read.object, 'exclude', folder),
  };
  const base = read.object['extends'];
  const bases = (Array.isArray(base) ? base : [base]).filter(
    (each): each is string => typeof each === 'string',
  );
  const inherited = await Promise.all(bases.map((each) => extended(snapshot, folder, each, depth)));
  if (own.include || own.files) return own;
  const known = inherited.filter((each) => each !== 'unknown');
  const from = known.findLast((each) => each.include ?? each.files);
  if (from) return { ...from, exclude: own.exclude ?? from.exclude };
  return own;
}

const NOTHING: Scope = { files: undefined, include: undefined, exclude: undefined };

/** A base outside the repository sets compiler options; published ones name no files of an app. */
async function extended(
  snapshot: Snapshot,
  folder: string,
  base: string,
  depth: number,
): Promise<Scope | 'unknown'> {
  if (!base.startsWith('.')) return NOTHING;
  const path = resolveFolder(folder, base.endsWith('.json') ? base : `${base}.json`);
  return path === null ? 'unknown' : scopeOf(snapshot, path, depth + 1);
}

function pathsAt(object: JsonObject, key: string, folder: string): readonly string[] | undefined {
  const list = object[key];
  if (!Array.isArray(list)) return undefined;
  return list
    .filter((each): each is string => typeof each === 'string')
    .map((each) => resolveFolder(folder, each) ?? each);
}

/** A folder stands for everything under it. */
function asFileGlob(pattern: string): string {
  if (pattern === '') return '**/*';
  const last = pattern.split('/').at(-1)!;
  return last.includes('*') || last.includes('.') ? pattern : `${pattern}/**/*`;
}

/** tsc also emits what the emitted sources import. */
async function importsConfig(snapshot: Snapshot, folder: string): Promise<boolean> {
  const sources = filesUnder(snapshot, inFolder(folder, 'src')).filter(({ path }) =>
    /\.[mc]?tsx?$/.test(path),
  );
  for (const file of sources) {
    const text = new TextDecoder().decode(await snapshot.read(file));
    if (/(?:from|import\(|require\()\s*['"][^'"\n]*arkos\.config(?:\.[jt]s)?['"]/.test(text)) return true;
  }
  return false;
}
