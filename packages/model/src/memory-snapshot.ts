import { createHash } from 'node:crypto';
import { ReadError } from './errors.ts';
import { encodePath } from './path.ts';
import type { FileMode, FileRef, Snapshot, SnapshotKind } from './snapshot.ts';

/** A file of a snapshot held in memory: its text, its bytes, or either with a mode of its own. */
export type MemoryFile =
  | string
  | Uint8Array
  | { readonly content: string | Uint8Array; readonly mode: FileMode };

/** A snapshot of files held in memory: the tree a test, or a caller without git, asks about. */
export function memorySnapshot(
  files: Readonly<Record<string, MemoryFile>>,
  kind: SnapshotKind = 'worktree',
): Snapshot {
  const contents = new Map<string, Uint8Array>();
  const refs = new Map<string, FileRef>();
  for (const path of Object.keys(files).sort(comparePathBytes)) {
    const { content, mode } = withMode(files[path]!);
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    contents.set(path, bytes);
    refs.set(path, { path, blob: mode === '160000' ? null : blobId(bytes), mode, size: bytes.length });
  }
  return {
    kind,
    commit: null,
    files: [...refs.values()],
    file: (path) => refs.get(path),
    read: async ({ path }) => {
      const bytes = contents.get(path);
      if (!bytes) throw new ReadError(path, 'no such file in this snapshot');
      return bytes;
    },
  };
}

function withMode(file: MemoryFile): { content: string | Uint8Array; mode: FileMode } {
  return typeof file === 'string' || file instanceof Uint8Array ? { content: file, mode: '100644' } : file;
}

function comparePathBytes(a: string, b: string): number {
  return Buffer.compare(encodePath(a), encodePath(b));
}

/** Git's own name for these bytes: SHA-1 over `blob <size>\0` and the bytes (git-hash-object(1)). */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
