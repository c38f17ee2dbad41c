import type { FileMode } from '@bulwark/model';

/** Where a blob comes into a history. */
export interface BroughtPlace {
  /** From the root of the commit's tree; the ref where a tag names the blob itself. */
  readonly path: string;
  readonly mode: FileMode;
  /** The first commit found to bring it there; `null` where a tag names the blob or a tree without a commit. */
  readonly commit: string | null;
  /** What this commit's parents have at the path: a finding that is there too is older than the commit. */
  readonly before: readonly string[];
}

/** A blob that commits bring, at one path or several. */
export interface BroughtBlob {
  readonly id: string;
  /** Bytes; `null` if that could not be asked, as for a missing object: reading it says why. */
  readonly size: number | null;
  /** At least one, each path once, in the order of the commits. */
  readonly places: readonly BroughtPlace[];
}

/** With so many places, a set finds one sooner than a look at each. */
const MANY = 16;

/** Gathers places by blob, the blobs in the order in which they came first. */
export class BroughtBlobs {
  readonly #places = new Map<string, BroughtPlace[]>();
  readonly #paths = new Map<string, Set<string>>();

  add(id: string, place: BroughtPlace): void {
    const places = this.#places.get(id);
    if (places === undefined) this.#places.set(id, [place]);
    else if (!this.#has(id, places, place.path)) places.push(place);
  }

  get ids(): Iterable<string> {
    return this.#places.keys();
  }

  list(sizes: ReadonlyMap<string, number>): BroughtBlob[] {
    return [...this.#places].map(([id, places]) => ({ id, size: sizes.get(id) ?? null, places }));
  }

  #has(id: string, places: readonly BroughtPlace[], path: string): boolean {
    if (places.length < MANY) return places.some((place) => place.path === path);
    const paths = this.#paths.get(id) ?? new Set(places.map((place) => place.path));
    this.#paths.set(id, paths);
    if (paths.has(path)) return true;
    paths.add(path);
    return false;
  }
}
