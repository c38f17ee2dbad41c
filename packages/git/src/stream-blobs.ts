import { createBatchParser, type BatchAnswer } from './batch-parser.ts';
import { BlobError, openBlobReader } from './blob-reader.ts';
import type { BroughtBlob } from './brought-blobs.ts';
import { measureIds } from './measure.ts';
import type { Repository } from './repository.ts';
import { exitOf, spawnGit } from './run-git.ts';

/** A blob and its bytes, or why there are none. */
export type StreamedBlob =
  | { readonly blob: BroughtBlob; readonly bytes: Uint8Array }
  /** `size` where it is over the limit. */
  | { readonly blob: BroughtBlob; readonly error: BlobError; readonly size?: number };

/** Blobs of unknown size that are asked for it together, while those before them are read. */
const MEASURED_TOGETHER = 16 * 1024;

/**
 * The bytes of many blobs, in their order, some at a time: the fastest way to read thousands. Bytes are to be
 * looked at before the next group is asked for; kept longer, they keep the whole group.
 * @param limit larger blobs are not read, but told as an error.
 */
export async function* streamBlobs(
  repository: Repository,
  blobs: readonly BroughtBlob[],
  limit: number,
): AsyncGenerator<readonly StreamedBlob[]> {
  const reader = openBlobReader(repository.place);
  try {
    let next = measureFrom(0);
    for (let at = 0; at < blobs.length; at += MEASURED_TOGETHER) {
      const sizes = await next;
      next = measureFrom(at + MEASURED_TOGETHER);
      yield* streamMeasured(blobs.slice(at, at + MEASURED_TOGETHER), sizes);
    }
  } finally {
    await reader.close();
  }

  function measureFrom(at: number): Promise<ReadonlyMap<string, number>> {
    const unknown = blobs.slice(at, at + MEASURED_TOGETHER).filter(({ size }) => size === null);
    const sizes = measureIds(
      repository,
      unknown.map(({ id }) => id),
    );
    // It is waited for later.
    sizes.catch(() => {});
    return sizes;
  }

  async function* streamMeasured(
    some: readonly BroughtBlob[],
    sizes: ReadonlyMap<string, number>,
  ): AsyncGenerator<readonly StreamedBlob[]> {
    const sizeOf = ({ id, size }: BroughtBlob): number => size ?? sizes.get(id) ?? Infinity;
    const wanted = some.filter((blob) => sizeOf(blob) <= limit);
    for (let at = 0; at < wanted.length;) {
      for await (const answers of answerAll(repository, wanted.slice(at))) {
        const group = answers.map((answer, index) => readAnswer(wanted[at + index]!, answer));
        at += group.length;
        yield group.some((one) => one instanceof Promise)
          ? await Promise.all(group)
          : (group as StreamedBlob[]);
      }
      if (at === wanted.length) break;
      // Git ended at this one; after it, a new process goes on.
      yield [await readAlone(wanted[at]!)];
      at += 1;
    }
    for (const blob of some.filter((one) => sizeOf(one) > limit)) {
      const streamed = await readAlone(blob);
      const size = sizeOf(blob);
      yield ['error' in streamed && size !== Infinity ? { ...streamed, size } : streamed];
    }
  }

  function readAnswer(blob: BroughtBlob, answer: BatchAnswer): StreamedBlob | Promise<StreamedBlob> {
    return answer.kind === 'object' ? { blob, bytes: answer.bytes } : readAlone(blob);
  }

  async function readAlone(blob: BroughtBlob): Promise<StreamedBlob> {
    try {
      return { blob, bytes: await reader.read(blob.id, limit) };
    } catch (error) {
      if (error instanceof BlobError) return { blob, error };
      throw error;
    }
  }
}

/** All that one `git cat-file` answers; less than was asked if it ends early. */
async function* answerAll(
  { place }: Repository,
  blobs: readonly BroughtBlob[],
): AsyncGenerator<readonly BatchAnswer[]> {
  const child = spawnGit(place, ['cat-file', '--batch', '--buffer']);
  const exit = exitOf(child, place);
  exit.catch(() => {});
  child.stdin.on('error', () => {});
  child.stderr.resume();
  child.stdin.end(blobs.map(({ id }) => `${id}\n`).join(''));
  let answers: BatchAnswer[] = [];
  const push = createBatchParser(
    () => true,
    (answer) => answers.push(answer),
  );
  try {
    for await (const piece of child.stdout) {
      push(piece as Buffer);
      if (answers.length === 0) continue;
      yield answers;
      answers = [];
    }
    await exit;
  } finally {
    child.kill();
  }
}
