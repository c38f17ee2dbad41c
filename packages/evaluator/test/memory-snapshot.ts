import { createHash } from 'node:crypto';
import type { FileRef, Snapshot } from '@bulwark/model';

/** A snapshot of texts by path; `-> target` makes a symbolic link. */
export function memorySnapshot(texts: Readonly<Record<string, string>>): Snapshot {
  const contents = new Map<string, Buffer>();
  const files = Object.entries(texts)
    .map(([path, text]): FileRef => {
      const isLink = text.startsWith('-> ');
      const bytes = Buffer.from(isLink ? text.slice(3) : text);
      contents.set(path, bytes);
      const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
      return { path, blob, mode: isLink ? '120000' : '100644', size: bytes.length };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    kind: 'worktree',
    commit: null,
    files,
    file: (path) => byPath.get(path),
    read: async (file) => contents.get(file.path)!,
  };
}
