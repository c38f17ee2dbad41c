/** Which files and apps a part is about. */
import { compareText } from '@bulwark/model';
import type { App, PartName, Snapshot } from '@bulwark/model';
import { isWithin } from '../folder-within.ts';

export interface PartScope {
  covers(path: string): boolean;
  wantsApp(app: Pick<App, 'root'>): boolean;
}

/**
 * A shard has every `count`-th app with all its files, and every `count`-th of the files outside apps: each is in
 * exactly one shard, whatever machine it runs on.
 * @param apps every app there is
 */
export function partScope(of: PartName, { files }: Pick<Snapshot, 'files'>, apps: readonly App[]): PartScope {
  if (of.kind === 'folder') {
    const { folder } = of;
    return {
      covers: (path) => isWithin(path, folder),
      wantsApp: ({ root }) => root === folder || isWithin(root, folder),
    };
  }
  const roots = apps.map(({ root }) => root).toSorted(compareText);
  const rootOf = innermostRoot(new Set(roots));
  if (of.kind === 'workspace') return { covers: (path) => rootOf(path) === null, wantsApp: () => false };
  const isMine = (place: number): boolean => place % of.count === of.index - 1;
  const placeOfRoot = new Map(roots.map((root, place) => [root, place]));
  const outside = files.filter(({ path }) => rootOf(path) === null);
  const placeOfFile = new Map(outside.map(({ path }, place) => [path, place]));
  return {
    covers(path) {
      const root = rootOf(path);
      return isMine(root === null ? (placeOfFile.get(path) ?? 0) : placeOfRoot.get(root)!);
    },
    wantsApp: ({ root }) => isMine(placeOfRoot.get(root) ?? 0),
  };
}

/** The root of the innermost app that holds a path. */
function innermostRoot(roots: ReadonlySet<string>): (path: string) => string | null {
  return (path) => {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (roots.has(folder)) return folder;
    }
    return roots.has('.') ? '.' : null;
  };
}
