/** One answer of {@link readAhead}. */
export type Read<T> =
  | { readonly item: T; readonly bytes: Uint8Array }
  | { readonly item: T; readonly error: unknown };

/**
 * At most so many reads under way, and so many bytes: a handful of large files must not fill the memory. More are asked
 * for when half have come, many at once: whoever answers can take them in one piece.
 */
const MOST_READS = 256;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads items in order, some ahead of the one that is looked at. A read that fails is an answer too.
 * @param sizeOf bytes, or `null` where it is not known beforehand.
 */
export async function* readAhead<T>(
  items: readonly T[],
  sizeOf: (item: T) => number | null,
  read: (item: T) => Promise<Uint8Array>,
): AsyncGenerator<Read<T>> {
  const underWay: { readonly size: number; readonly answer: Promise<Read<T>> }[] = [];
  let bytes = 0;
  let next = 0;
  while (next < items.length || underWay.length > 0) {
    const most = underWay.length <= MOST_READS / 2 ? MOST_READS : 0;
    while (next < items.length && underWay.length < most && (underWay.length === 0 || bytes < MOST_BYTES)) {
      const item = items[next]!;
      const size = sizeOf(item) ?? 0;
      const answer = read(item).then(
        (content): Read<T> => ({ item, bytes: content }),
        (error: unknown): Read<T> => ({ item, error }),
      );
      underWay.push({ size, answer });
      bytes += size;
      next += 1;
    }
    const { size, answer } = underWay.shift()!;
    yield await answer;
    bytes -= size;
  }
}
