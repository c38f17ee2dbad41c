import type { FileMode } from '@bulwark/model';
import type { BlobReader } from '../blob-reader.ts';
import { readMode } from '../index-entries.ts';
import { parseTreeObject, type TreeEntry } from './tree-object.ts';

export interface TreeFile {
  readonly mode: FileMode;
  readonly id: string;
}

/** Every file below a tree, by path. */
export type TreeFiles = ReadonlyMap<string, TreeFile>;

/** Entries of all trees that are kept. */
const MOST_ENTRIES = 200_000;

/**
 * Reads trees, and keeps what it read: a tree's id says all that is in it. From one commit to the next, only the
 * folders that changed are read.
 */
export function createTreeReader(blobs: BlobReader): (id: string) => Promise<TreeFiles> {
  const folders = new Map<string, readonly TreeEntry[]>();
  let count = 0;
  let last: { readonly id: string; readonly files: TreeFiles } | null = null;

  async function readFolder(id: string): Promise<readonly TreeEntry[]> {
    const known = folders.get(id);
    if (known) return known;
    const entries = parseTreeObject(await blobs.readObject(id), id.length / 2);
    if (count + entries.length > MOST_ENTRIES) {
      folders.clear();
      count = 0;
    }
    folders.set(id, entries);
    count += entries.length;
    return entries;
  }

  async function collect(id: string, prefix: string, into: Map<string, TreeFile>): Promise<void> {
    const below: Promise<void>[] = [];
    for (const { name, mode, id: child } of await readFolder(id)) {
      if (mode === '40000') below.push(collect(child, `${prefix}${name}/`, into));
      else into.set(prefix + name, { mode: readMode(mode), id: child });
    }
    await Promise.all(below);
  }

  return async (id) => {
    if (last?.id === id) return last.files;
    const files = new Map<string, TreeFile>();
    await collect(id, '', files);
    last = { id, files };
    return files;
  };
}
