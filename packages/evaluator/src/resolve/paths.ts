/** Arithmetic on `/`-separated paths of a snapshot; `.` is its root. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

/** The path that `relative` means from a folder; `null` if it leads out of the snapshot. */
export function joinPath(folder: string, relative: string): string | null {
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? '.' : parts.join('/');
}

/** The folder and every folder above it, nearest first. */
export function ancestorsOf(folder: string): string[] {
  const folders = [folder];
  let at = folder;
  while (at !== '.') {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}
