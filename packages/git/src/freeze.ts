import { encodePath, quotePath, ReadError } from '@bulwark/model';
import type { FileRef, Snapshot } from '@bulwark/model';
import { BlobError, type BlobReader } from './blob-reader.ts';

/** A snapshot of these files, put in byte order. `read` gets only files of this snapshot. */
export function freeze(
  { kind, commit }: Pick<Snapshot, 'kind' | 'commit'>,
  list: readonly FileRef[],
  read: (file: FileRef) => Promise<Uint8Array>,
): Snapshot {
  let files: readonly FileRef[] | undefined;
  let byPath: Map<string, FileRef> | undefined;
  return {
    kind,
    commit,
    // Of what a change is compared with, few are asked for all of it.
    get files() {
      return (files ??= sortByPath(list));
    },
    file(path) {
      byPath ??= new Map(list.map((file) => [file.path, file]));
      return byPath.get(path);
    },
    read,
  };
}

/** A file whose size was not asked beforehand is not read past this many bytes. */
const UNMEASURED_LIMIT = 64 * 1024 * 1024;

/** Reads a file from the objects; its blob id says which. */
export function readFrom(blobs: BlobReader): (file: FileRef) => Promise<Uint8Array> {
  return async ({ path, blob, mode, size }) => {
    if (mode === '160000' || blob === null) throw new ReadError(path, 'a submodule has no bytes here');
    try {
      return await blobs.read(blob, size === null ? UNMEASURED_LIMIT : undefined);
    } catch (error) {
      if (!(error instanceof BlobError)) throw error;
      throw new ReadError(path, `${quotePath(path)}: ${error.message}`, { cause: error });
    }
  };
}

/** The same list where it is in order already, as git's own lists are. */
function sortByPath(list: readonly FileRef[]): readonly FileRef[] {
  const compare = list.some(({ path }) => FROM_SURROGATES_ON.test(path)) ? comparePaths : compareUnits;
  const isSorted = list.every((file, at) => at === 0 || compare(list[at - 1]!.path, file.path) < 0);
  return isSorted ? list : list.toSorted((a, b) => compare(a.path, b.path));
}

/** Without these, the order of UTF-16 units is the order of UTF-8 bytes. */
const FROM_SURROGATES_ON = /[\uD800-\uFFFF]/;

/** The order of the paths' bytes, in which git keeps them. */
export function comparePaths(a: string, b: string): number {
  if (FROM_SURROGATES_ON.test(a) || FROM_SURROGATES_ON.test(b)) {
    return Buffer.compare(encodePath(a), encodePath(b));
  }
  return compareUnits(a, b);
}

function compareUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
