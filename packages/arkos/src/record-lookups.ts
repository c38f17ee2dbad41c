import type { FileRef, Snapshot } from '@bulwark/model';

/** What an answer rests on: equal on another snapshot, the answer is equal there. */
export interface Trace {
  /** Files that were opened, with the ids of their bytes. */
  readonly files: readonly { readonly path: string; readonly blob: string | null }[];
  /** Paths that were looked for and are not there. */
  readonly missing: readonly string[];
  /** Names looked up among the packages of a workspace, and the folder each was found in. */
  readonly names: readonly { readonly root: string; readonly name: string; readonly folder: string | null }[];
}

/** A snapshot that remembers what it was asked. */
export interface RecordingSnapshot extends Snapshot {
  trace(): Trace;
}

export function recordLookups(snapshot: Snapshot): RecordingSnapshot {
  const found = new Map<string, FileRef>();
  const missing = new Set<string>();
  return {
    ...snapshot,
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
    trace: () => mergeTraces([{ files: [...found.values()], missing: [...missing], names: [] }]),
  };
}

/** Many traces as one, in a fixed order. */
export function mergeTraces(traces: readonly Trace[]): Trace {
  const files = new Map(traces.flatMap(({ files }) => files.map(({ path, blob }) => [path, blob] as const)));
  const names = new Map(
    traces.flatMap(({ names }) => names.map((each) => [`${each.root}\0${each.name}`, each] as const)),
  );
  return {
    files: [...files].map(([path, blob]) => ({ path, blob })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    missing: [...new Set(traces.flatMap(({ missing }) => missing))].sort(),
    names: [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
  };
}
