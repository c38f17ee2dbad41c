/** The lock files of a snapshot, each read once. */
import { messageOf } from '@bulwark/model';
import type { Problem, Snapshot } from '@bulwark/model';
import { foldersUp, inFolder, relativeTo } from './folders.ts';
import { lockFiles } from './lock-files.ts';
import type { Locked, LockedVersion } from './lock-files.ts';
import type { Manifest } from './manifests.ts';

export interface FoundLock {
  readonly locked: Locked;
  readonly path: string;
  /** The lock file's folder, from which links count. */
  readonly folder: string;
}

export interface Locks {
  /** What the nearest lock files say the package of this manifest gets; several only if they lie side by side. */
  find(manifest: Pick<Manifest, 'folder' | 'spec' | 'name'>): Promise<readonly FoundLock[]>;
  readonly problems: readonly Problem[];
}

export function openLocks(snapshot: Snapshot): Locks {
  const opened = new Map<string, Promise<LockedVersion | null>>();
  const problems: Problem[] = [];
  const open = (path: string, name: string): Promise<LockedVersion | null> => {
    const known = opened.get(path) ?? readLock(snapshot, path, name, problems);
    opened.set(path, known);
    return known;
  };
  return {
    problems,
    async find({ folder, spec, name }) {
      for (const at of foldersUp(folder)) {
        const found: FoundLock[] = [];
        for (const lockName of Object.keys(lockFiles)) {
          const path = inFolder(at, lockName);
          const locked = (await open(path, lockName))?.({ folder: relativeTo(at, folder), spec, name });
          if (locked) found.push({ locked, path, folder: at });
        }
        if (found.length > 0) return found;
      }
      return [];
    },
  };
}

async function readLock(
  snapshot: Snapshot,
  path: string,
  name: string,
  problems: Problem[],
): Promise<LockedVersion | null> {
  const file = snapshot.file(path);
  if (!file) return null;
  try {
    return lockFiles[name]!(new TextDecoder().decode(await snapshot.read(file)));
  } catch (error) {
    problems.push({
      path,
      message: `the lock file cannot be read: ${messageOf(error).split('\n')[0]}`,
      hint: 'Mend or regenerate it: it says which version of Arkos runs.',
    });
    return null;
  }
}
