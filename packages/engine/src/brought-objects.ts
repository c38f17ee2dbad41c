/** What there is to judge of a push or a history: blobs, and where commits bring them. */
import type { FileMode } from '@bulwark/model';

/** Where a commit brings a blob. */
export interface ObjectPlace {
  readonly path: string;
  readonly mode: FileMode;
  /** `null` where a tag names the blob itself. */
  readonly commit: string | null;
  /** Blob ids that the commit's parents have at the path. */
  readonly before: readonly string[];
}

export interface BroughtObject {
  readonly id: string;
  readonly size: number | null;
  /** A path is there again where another commit brings the blob there from something else. */
  readonly places: readonly ObjectPlace[];
}

export type StreamedObject<T> =
  | { readonly blob: T; readonly bytes: Uint8Array }
  /** `size` where it is over the limit. */
  | { readonly blob: T; readonly error: Error; readonly size?: number };

/** A way to many blobs. */
export interface ObjectSource<T extends BroughtObject = BroughtObject> {
  readonly blobs: readonly T[];
  /** The bytes of these blobs in groups, in order; bytes are looked at before the next group is asked for. */
  stream(blobs: readonly T[], limit: number): AsyncIterable<readonly StreamedObject<T>[]>;
  /** One blob by its id. */
  read(id: string, limit: number): Promise<Uint8Array>;
}

/** Of several things said of a path, the first. */
export function oncePerPath<P extends { readonly path: string }>(places: readonly P[]): readonly P[] {
  return places.length < 2 ? places : firstOfEach(places, ({ path }) => path);
}

/** The first of each key, in order. */
export function firstOfEach<P>(all: readonly P[], keyOf: (one: P) => string): readonly P[] {
  const first = new Map<string, P>();
  for (const one of all) {
    const key = keyOf(one);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}
