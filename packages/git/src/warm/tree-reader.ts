import type { FileMode } from '@bulwark/model';
import type { BlobReader } from '../blob-reader.ts';
import { readMode } from '../index-entries.ts';
import { readLooseObject } from './loose-object.ts';
import { parseTreeObject, type TreeEntry } from './tree-object.ts';

export interface TreeFile {
  readonly mode: FileMode;
  readonly id: string;
}

/** Every file below a tree, by path. */
export type TreeFiles = ReadonlyMap<string, TreeFile>;

/** The tree of a commit, read already. */
export interface RootTree {
  readonly id: string;
  readonly bytes: Buffer;
}

type Folders = Map<string, Promise<readonly TreeEntry[]>>;

/**
 * Reads trees, and keeps the last: a tree's id says all that is in it. From one commit to the next, only the folders
 * that changed are read.
 * @param objects folder of the repository's own objects
 */
export function createTreeReader(blobs: BlobReader, objects: string): (root: RootTree) => Promise<TreeFiles> {
  let last: { readonly id: string; readonly files: TreeFiles; readonly folders: Folders } | null = null;

  async function readFolder(id: string): Promise<readonly TreeEntry[]> {
    return parseTreeObject(
      readLooseObject(objects, id, 'tree') ?? (await blobs.readObject(id)),
      id.length / 2,
    );
  }

  async function collect(
    id: string,
    prefix: string,
    files: Map<string, TreeFile>,
    folders: Folders,
  ): Promise<void> {
    const reading = folders.get(id) ?? last?.folders.get(id) ?? readFolder(id);
    folders.set(id, reading);
    const below: Promise<void>[] = [];
    for (const { name, mode, id: child } of await reading) {
      if (mode === '40000') below.push(collect(child, `${prefix}${name}/`, files, folders));
      else files.set(prefix + name, { mode: readMode(mode), id: child });
    }
    await Promise.all(below);
  }

  return async ({ id, bytes }) => {
    if (last?.id === id) return last.files;
    const files = new Map<string, TreeFile>();
    const folders: Folders = new Map([[id, Promise.resolve(parseTreeObject(bytes, id.length / 2))]]);
    await collect(id, '', files, folders);
    last = { id, files, folders };
    return files;
  };
}
