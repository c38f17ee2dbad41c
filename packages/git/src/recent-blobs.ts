/** The bytes of small blobs that were read last: a check reads a manifest or a config for several reasons. */
export class RecentBlobs {
  readonly #kept = new Map<string, Buffer>();
  readonly #most: number;
  #size = 0;

  /** @param most bytes of them all */
  constructor(most = MOST) {
    this.#most = most;
  }

  get(id: string): Buffer | undefined {
    return this.#kept.get(id);
  }

  /** Keeps a copy: the bytes themselves lie in a piece of git's answer, which would stay as a whole. */
  keep(id: string, bytes: Uint8Array): void {
    if (bytes.length > LARGEST || this.#kept.has(id)) return;
    this.#kept.set(id, Buffer.from(bytes));
    this.#size += bytes.length + ENTRY;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= this.#most) break;
      this.#kept.delete(oldest);
      this.#size -= length + ENTRY;
    }
  }
}

const MOST = 8 * 1024 * 1024;
/** Bytes of a blob; larger ones are not kept. */
export const LARGEST = 16 * 1024;
/** Bytes that an entry takes beside those of the blob, about. */
const ENTRY = 256;
