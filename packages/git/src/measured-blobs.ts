/** Many blobs, sorted by whether they are small enough to be read; a few more at a time, as git says how large they are. */
import type { BroughtBlob } from './brought-blobs.ts';
import { measureIds } from './measure.ts';
import type { Repository } from './repository.ts';

export interface MeasuredBlobs {
  /** Within the limit, in their order; it grows until all are measured. */
  readonly wanted: readonly BroughtBlob[];
  /** Over the limit, or of no size that can be told: `null`. */
  readonly others: readonly { readonly blob: BroughtBlob; readonly size: number | null }[];
  readonly isDone: boolean;
  /** Once more of them are there, or all are. @throws GitError */
  more(): Promise<void>;
  /** Measures no more. */
  stop(): void;
}

/** The first few are there soon, and the last in few questions. */
const FIRST = 1024;
const GROWTH = 4;

export function measureBlobs(
  repository: Repository,
  blobs: readonly BroughtBlob[],
  limit: number,
): MeasuredBlobs {
  const wanted: BroughtBlob[] = [];
  const others: { blob: BroughtBlob; size: number | null }[] = [];
  let isDone = false;
  let step: Promise<void> = measureFrom(0, FIRST);

  async function measureFrom(at: number, count: number): Promise<void> {
    const some = blobs.slice(at, at + count);
    const unknown = some.filter(({ size }) => size === null);
    const sizes = await measureIds(
      repository,
      unknown.map(({ id }) => id),
    );
    for (const blob of some) {
      const size = blob.size ?? sizes.get(blob.id) ?? null;
      if (size !== null && size <= limit) wanted.push(blob);
      else others.push({ blob, size });
    }
    isDone ||= at + count >= blobs.length;
    if (!isDone) step = measureFrom(at + count, count * GROWTH);
    // Whoever waits for the next step hears of it.
    step.catch(() => {});
  }

  step.catch(() => {});
  return {
    wanted,
    others,
    get isDone() {
      return isDone;
    },
    more: () => step,
    stop() {
      isDone = true;
    },
  };
}
