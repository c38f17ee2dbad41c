/** What an answer rests on, so that it can be remembered until one of those things differs. */
import { createHash } from 'node:crypto';
import { hashablePath } from '@bulwark/model';
import type { FileRef, Snapshot } from '@bulwark/model';

/** Equal on another snapshot, the answer is equal there. */
export interface Trace {
  /** Files that were opened, with the ids of their bytes. */
  readonly files: readonly { readonly path: string; readonly blob: string | null }[];
  /** Paths that were looked for and are not there. */
  readonly missing: readonly string[];
  /** Names looked up among the packages of a workspace, and the folder each was found in. */
  readonly names: readonly { readonly root: string; readonly name: string; readonly folder: string | null }[];
  /** Folders (`''` for everything) whose files were listed, with a digest of the paths. */
  readonly lists: readonly { readonly folder: string; readonly digest: string }[];
}

/** A snapshot that remembers what it was asked. */
export interface RecordingSnapshot extends Snapshot {
  /** The files below a folder; asking this way rests on that folder alone. */
  under(folder: string): readonly FileRef[];
  trace(): Trace;
}

export function recordLookups(snapshot: Snapshot): RecordingSnapshot {
  const found = new Map<string, FileRef>();
  const missing = new Set<string>();
  const listed = new Set<string>();
  return {
    kind: snapshot.kind,
    commit: snapshot.commit,
    get files() {
      listed.add('');
      return snapshot.files;
    },
    under(folder) {
      listed.add(folder);
      return filesBelow(snapshot, folder);
    },
    file(path) {
      const file = snapshot.file(path);
      if (file) found.set(path, file);
      else missing.add(path);
      return file;
    },
    read(file) {
      found.set(file.path, file);
      return snapshot.read(file);
    },
    trace: () => ({
      files: [...found.values()].map(({ path, blob }) => ({ path, blob })),
      missing: [...missing],
      names: [],
      lists: [...listed].map((folder) => ({ folder, digest: digestOfPaths(snapshot, folder) })),
    }),
  };
}

/** The files below a folder, `''` for all. A recording snapshot remembers that this folder was asked. */
export function filesUnder(snapshot: Snapshot, folder: string): readonly FileRef[] {
  return 'under' in snapshot ? (snapshot as RecordingSnapshot).under(folder) : filesBelow(snapshot, folder);
}

function filesBelow(snapshot: Snapshot, folder: string): readonly FileRef[] {
  if (folder === '') return snapshot.files;
  const range = rangesOf(snapshot).get(folder);
  return range ? snapshot.files.slice(range.start, range.end) : [];
}

interface Range {
  readonly start: number;
  end: number;
}

const ranges = new WeakMap<Snapshot, Map<string, Range>>();

/** Where the files of each folder lie in the list: byte order keeps them together. */
function rangesOf(snapshot: Snapshot): ReadonlyMap<string, Range> {
  const known = ranges.get(snapshot);
  if (known) return known;
  const made = new Map<string, Range>();
  for (const [index, { path }] of snapshot.files.entries()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      const range = made.get(folder);
      if (range) range.end = index + 1;
      else made.set(folder, { start: index, end: index + 1 });
    }
  }
  ranges.set(snapshot, made);
  return made;
}

const digests = new WeakMap<Snapshot, Map<string, string>>();

/** A digest of the paths below a folder, `''` for all. */
export function digestOfPaths(snapshot: Snapshot, folder: string): string {
  const known = digests.get(snapshot) ?? new Map<string, string>();
  digests.set(snapshot, known);
  const digest = known.get(folder) ?? hashPaths(filesBelow(snapshot, folder));
  known.set(folder, digest);
  return digest;
}

function hashPaths(files: readonly FileRef[]): string {
  const hash = createHash('sha256');
  for (const { path } of files) hash.update(hashablePath(path)).update('\0');
  return hash.digest('hex');
}

/** Many traces as one, in a fixed order. */
export function mergeTraces(traces: readonly Partial<Trace>[]): Trace {
  return {
    files: merged(
      traces,
      ({ files }) => files,
      ({ path }) => path,
    ),
    missing: merged(
      traces,
      ({ missing }) => missing,
      (path) => path,
    ),
    names: merged(
      traces,
      ({ names }) => names,
      ({ root, name }) => `${root}\0${name}`,
    ),
    lists: merged(
      traces,
      ({ lists }) => lists,
      ({ folder }) => folder,
    ),
  };
}

function merged<T>(
  traces: readonly Partial<Trace>[],
  pick: (trace: Partial<Trace>) => readonly T[] | undefined,
  keyOf: (each: T) => string,
): readonly T[] {
  const all = new Map(
    traces.flatMap((trace) => (pick(trace) ?? []).map((each) => [keyOf(each), each] as const)),
  );
  return [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, each]) => each);
}
