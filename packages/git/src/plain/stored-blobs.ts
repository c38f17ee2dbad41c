import type { BlobReader } from '../blob-reader.ts';
import type { StoredObjects } from './stored-objects.ts';

/** Bytes of the blobs that are kept for those who ask again. */
const MOST = 32 * 1024 * 1024;

/** Blobs read without asking git; what it must be asked for, it is. @param ask opens what asks git, at first use */
export function createStoredBlobs(objects: StoredObjects, ask: () => BlobReader): BlobReader {
  const kept = new Map<string, Buffer>();
  let size = 0;
  let asked: BlobReader | undefined;
  const others = (): BlobReader => (asked ??= ask());

  function read(id: string): Buffer | null {
    const known = kept.get(id);
    if (known) return known;
    const bytes = objects.read(id, 'blob');
    if (bytes !== null && size + bytes.length <= MOST) {
      kept.set(id, bytes);
      size += bytes.length;
    }
    return bytes;
  }

  return {
    async look(id) {
      const bytes = read(id);
      return bytes ? { type: 'blob', size: bytes.length } : others().look(id);
    },
    async read(id, limit) {
      const bytes = read(id);
      return bytes && bytes.length <= (limit ?? Infinity) ? bytes : others().read(id, limit);
    },
    resolve: async (name) => others().resolve(name),
    readObject: async (id) => others().readObject(id),
    readNamed: async (name) => others().readNamed(name),
    keep: (id, bytes) => kept.set(id, Buffer.from(bytes)),
    async close() {
      objects.close();
      await asked?.close();
    },
  };
}
