import { encodePath, memorySnapshot } from '@bulwark/model';
import type { FileMode, FileRef, Snapshot } from '@bulwark/model';

/** The snapshot as it would be with these texts in it. */
export function overlay(base: Snapshot, texts: ReadonlyMap<string, string>): Snapshot {
  const modeOf = (path: string): FileMode => base.file(path)?.mode ?? '100644';
  const own = memorySnapshot(
    Object.fromEntries([...texts].map(([path, content]) => [path, { content, mode: modeOf(path) }])),
  );
  const added = own.files.filter(({ path }) => base.file(path) === undefined);
  const kept = base.files.map((file) => own.file(file.path) ?? file);
  return {
    ...base,
    files: added.length === 0 ? kept : [...kept, ...added].toSorted(byPathBytes),
    file: (path) => own.file(path) ?? base.file(path),
    read: (file) => (own.file(file.path) ? own.read(file) : base.read(file)),
  };
}

function byPathBytes(a: FileRef, b: FileRef): number {
  return Buffer.compare(encodePath(a.path), encodePath(b.path));
}
