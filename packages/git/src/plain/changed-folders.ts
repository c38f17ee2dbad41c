import type { IndexEntry } from '../index-entries.ts';
import { readMode } from '../index-entries.ts';
import { parseTreeObject } from '../warm/tree-object.ts';
import type { TreeFile, TreeFiles } from '../warm/tree-reader.ts';
import type { StoredObjects } from './stored-objects.ts';

export interface ChangedFolders {
  /** HEAD's files, without those below a folder that is the same in the index. */
  readonly files: TreeFiles;
  /** The index's, without the same. */
  readonly entries: readonly IndexEntry[];
}

/**
 * What is to be compared of HEAD and the index: the folders that differ.
 * @param root HEAD's tree @param cached the index's trees, by folder
 * @returns null where a tree is to be asked of git. @throws Error where one is no tree.
 */
export function findChangedFolders(
  root: string,
  entries: readonly IndexEntry[],
  cached: ReadonlyMap<string, string>,
  objects: StoredObjects,
): ChangedFolders | null {
  const files = new Map<string, TreeFile>();
  const same = new Set<string>();
  if (!collect(root, '')) return null;
  return { files, entries: same.size === 0 ? entries : withoutFolders(entries, same) };

  function collect(id: string, folder: string): boolean {
    if (cached.get(folder) === id) {
      same.add(folder);
      return true;
    }
    const bytes = objects.read(id, 'tree');
    if (bytes === null) return false;
    return parseTreeObject(bytes, id.length / 2).every(({ name, mode, id: child }) => {
      if (mode === '40000') return collect(child, `${folder}${name}/`);
      files.set(folder + name, { mode: readMode(mode), id: child });
      return true;
    });
  }
}

function withoutFolders(entries: readonly IndexEntry[], folders: ReadonlySet<string>): IndexEntry[] {
  const known = new Map<string, boolean>();
  const isWithin = (folder: string): boolean => {
    let answer = known.get(folder);
    if (answer === undefined) {
      answer = folders.has(folder) || (folder !== '' && isWithin(folderOf(folder.slice(0, -1))));
      known.set(folder, answer);
    }
    return answer;
  };
  return entries.filter(({ path }) => !isWithin(folderOf(path)));
}

/** With the slash behind it; `''` for the top. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
