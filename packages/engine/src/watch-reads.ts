import type { FileRef, Snapshot } from '@bulwark/model';

export interface WatchedSnapshot {
  /** Has the same files; whoever reads one, or looks at its blob id or size, is seen. */
  readonly snapshot: Snapshot;
  /** The files that were looked into, in order; `null` if one could not be read. */
  paths(): readonly string[] | null;
}

/** A snapshot that remembers which files an answer rests on. Which paths there are is not watched. */
export function watchReads(snapshot: Snapshot): WatchedSnapshot {
  const seen = new Set<string>();
  let isWhole = true;
  let files: readonly FileRef[] | undefined;
  const watched = new Map<string, FileRef>();

  function watch(file: FileRef): FileRef {
    const known = watched.get(file.path);
    if (known) return known;
    const { path, mode } = file;
    const made: FileRef = {
      path,
      mode,
      get blob() {
        seen.add(path);
        return file.blob;
      },
      get size() {
        seen.add(path);
        return file.size;
      },
    };
    watched.set(path, made);
    return made;
  }

  return {
    snapshot: {
      kind: 'commit',
      commit: null,
      get files() {
        files ??= snapshot.files.map(watch);
        return files;
      },
      file(path) {
        const file = snapshot.file(path);
        return file && watch(file);
      },
      async read({ path }) {
        seen.add(path);
        try {
          return await snapshot.read(snapshot.file(path)!);
        } catch (error) {
          isWhole = false;
          throw error;
        }
      },
    },
    paths: () => (isWhole ? [...seen].toSorted() : null),
  };
}
