/** Folders of a snapshot as text: no leading or trailing slash, `''` for the root. */

/** A folder and every folder above it, the root last. */
export function foldersUp(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

/** Where a relative path leads from a folder; `null` if that is outside the snapshot. */
export function resolveFolder(from: string, relative: string): string | null {
  const parts = from === '' ? [] : from.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

export function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** A folder as seen from another one above it. */
export function relativeTo(above: string, folder: string): string {
  return above === '' ? folder : folder === above ? '' : folder.slice(above.length + 1);
}

/** The folder of an app's root. */
export function folderOf(root: string): string {
  return root === '.' ? '' : root;
}
