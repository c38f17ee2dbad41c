import { createHash } from 'node:crypto';
import { readLooseObject } from '../warm/loose-object.ts';
import { openPacks } from './packs.ts';

/** Bytes of an object; a larger one is left to git. */
const LARGEST = 4 * 1024 * 1024;

/** Objects of a repository, read without asking git; those that it does not keep as most are kept are left to git. */
export interface StoredObjects {
  /** @returns null for what is not here, not of that type, larger, or not what its id says. */
  read(id: string, type: 'blob' | 'tree' | 'commit'): Buffer | null;
  close(): void;
}

/** @param folder of the objects of a repository whose ids are SHA-1 */
export function openStoredObjects(folder: string): StoredObjects {
  const packs = openPacks(folder, LARGEST);
  let isReadable = true;
  return {
    read(id, type) {
      const loose = readLooseObject(folder, id, type, LARGEST);
      if (loose !== null || !isReadable) return loose;
      try {
        const packed = packs.read(id);
        return packed?.type === type && isWhole(id, type, packed.bytes) ? packed.bytes : null;
      } catch {
        isReadable = false;
        return null;
      }
    },
    close: () => packs.close(),
  };
}

function isWhole(id: string, type: string, bytes: Buffer): boolean {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex') === id;
}
