/**
 * What kind of entry a path is, in git's words: a file, an executable file, a symbolic link (its bytes
 * are the target text), or a gitlink (a submodule's commit, never read).
 */
export type FileMode = '100644' | '100755' | '120000' | '160000';

/** One path of a snapshot. */
export interface FileRef {
  /** From the snapshot's root, `/`-separated; see `path.ts`. */
  readonly path: string;
  /**
   * Git's object id of the bytes (40 or 64 hex digits). `null` only where the bytes were never read to
   * name them: a gitlink, or a file of the work tree larger than the cap.
   */
  readonly blob: string | null;
  readonly mode: FileMode;
  /** Bytes, where known without reading. */
  readonly size: number | null;
}

/** Which tree a snapshot froze. */
export type SnapshotKind = 'index' | 'commit' | 'worktree';

/** A frozen tree. Everything above sees only this, so no rule knows which hook is running. */
export interface Snapshot {
  readonly kind: SnapshotKind;
  /** The commit itself, or HEAD for an index or work tree; `null` before the first commit or without git. */
  readonly commit: string | null;
  /** In byte order of their paths, each path once. */
  readonly files: readonly FileRef[];
  /** What was left out though it is there: a repository inside this one, a folder of dependencies. */
  readonly skipped?: readonly { readonly path: string; readonly reason: string }[];
  /** The file at exactly this path, if there is one. */
  file(path: string): FileRef | undefined;
  /**
   * The file's bytes. Many reads may be under way at once; they are answered in the order asked.
   * @throws ReadError if the object is missing or cannot be read.
   */
  read(file: FileRef): Promise<Uint8Array>;
  /** These files with their sizes, as far as they can be had, in the same order. Left out where it has them already. */
  measure?(files: readonly FileRef[]): Promise<readonly FileRef[]>;
}

/** How a path differs from the base a change is judged against. */
export interface Change {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'type-changed' | 'unmerged';
}
