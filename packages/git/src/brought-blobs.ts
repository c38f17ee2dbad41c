import type { FileMode } from '@bulwark/model';

/** Where a blob comes into a history. */
export interface BroughtPlace {
  /** From the root of the commit's tree; the ref where a tag names the blob itself. */
  readonly path: string;
  readonly mode: FileMode;
  /** The first commit found to bring it there from this; `null` where a tag names the blob or a tree without a commit. */
  readonly commit: string | null;
  /** What this commit's parents have at the path: a finding that is there too is older than the commit. */
  readonly before: readonly string[];
}

/** A blob that commits bring, at one path or several. */
export interface BroughtBlob {
  readonly id: string;
  /** Bytes; `null` if that could not be asked, as for a missing object: reading it says why. */
  readonly size: number | null;
  /** At least one, in the order of the commits. A path is there once for each `before` that can make a finding new. */
  readonly places: readonly BroughtPlace[];
}

/** With so many places, a set finds one sooner than a look at each. */
const MANY = 16;

/** Gathers places by blob, the blobs in the order in which they came first. */
export class BroughtBlobs {
  readonly #places = new Map<string, BroughtPlace[]>();
  readonly #keys = new Map<string, Set<string>>();

  add(id: string, place: BroughtPlace): void {
    const places = this.#places.get(id);
    if (places === undefined) this.#places.set(id, [place]);
    else if (!this.#saysNothing(id, places, place)) places.push(place);
  }

  get ids(): Iterable<string> {
    return this.#places.keys();
  }

  list(sizes: ReadonlyMap<string, number>): BroughtBlob[] {
    return [...this.#places].map(([id, places]) => ({ id, size: sizes.get(id) ?? null, places }));
  }

  /** Whether the path is there from the same, or from nothing: then all in it is new already. */
  #saysNothing(id: string, places: readonly BroughtPlace[], { path, before }: BroughtPlace): boolean {
    const fromSame = keyOf(path, before);
    const fromNothing = keyOf(path, []);
    if (places.length < MANY) {
      return places.some((place) => {
        if (place.path !== path) return false;
        const key = keyOf(path, place.before);
        return key === fromSame || key === fromNothing;
      });
    }
    const keys = this.#keys.get(id) ?? new Set(places.map((place) => keyOf(place.path, place.before)));
    this.#keys.set(id, keys);
    if (keys.has(fromSame) || keys.has(fromNothing)) return true;
    keys.add(fromSame);
    return false;
  }
}

/** No id holds a blank, and the last blank ends the path. */
function keyOf(path: string, before: readonly string[]): string {
  return `${path} ${before.join()}`;
}
