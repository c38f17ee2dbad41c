import { createBatchParser, type BatchAnswer } from './batch-parser.ts';
import { BlobError, openBlobReader } from './blob-reader.ts';
import type { BroughtBlob } from './brought-blobs.ts';
import type { Repository } from './repository.ts';
import { exitOf, spawnGit } from './run-git.ts';

/** A blob and its bytes, or why there are none. */
export type StreamedBlob =
  | { readonly blob: BroughtBlob; readonly bytes: Uint8Array }
  | { readonly blob: BroughtBlob; readonly error: BlobError };

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
  const wanted = blobs.filter(({ size }) => size !== null && size <= limit);
  const reader = openBlobReader(repository.place);
  try {
    for (let at = 0; at < wanted.length;) {
      for await (const answers of answerAll(repository, wanted.slice(at))) {
        const group = answers.map((answer, index) => readAnswer(wanted[at + index]!, answer));
        at += group.length;
        yield await Promise.all(group);
      }
      if (at === wanted.length) break;
      // Git ended at this one; after it, a new process goes on.
      yield [await readAlone(wanted[at]!)];
      at += 1;
    }
    const left = blobs.filter(({ size }) => size === null || size > limit);
    for (const blob of left) yield [await readAlone(blob)];
  } finally {
    await reader.close();
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
