/** How many files are looked at together; more does not help a disk, and descriptors are few. */
const TOGETHER = 32;

/** `map` over many items, some at a time, in their order. */
export async function inTurns<T, R>(items: readonly T[], map: (item: T) => Promise<R> | R): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += TOGETHER) {
    results.push(...(await Promise.all(items.slice(from, from + TOGETHER).map(map))));
  }
  return results;
}
