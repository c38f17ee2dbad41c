import type { Writable } from 'node:stream';
import { createBatchParser, type BatchAnswer } from './batch-parser.ts';
import { BlobError, openBlobReader } from './blob-reader.ts';
import type { BroughtBlob } from './brought-blobs.ts';
import { measureBlobs, type MeasuredBlobs } from './measured-blobs.ts';
import type { Repository } from './repository.ts';
import { exitOf, spawnGit } from './run-git.ts';

/** A blob and its bytes, or why there are none. */
export type StreamedBlob =
  | { readonly blob: BroughtBlob; readonly bytes: Uint8Array }
  /** `size` where it is over the limit. */
  | { readonly blob: BroughtBlob; readonly error: BlobError; readonly size?: number };

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
  const measured = measureBlobs(repository, blobs, limit);
  const { wanted } = measured;
  const reader = openBlobReader(repository.place);
  try {
    for (let at = 0; ;) {
      if (at === wanted.length) {
        if (measured.isDone) break;
        await measured.more();
        continue;
      }
      for await (const answers of answerAll(repository, measured, at)) {
        const group = answers.map((answer, index) => readAnswer(wanted[at + index]!, answer));
        at += group.length;
        yield group.some((one) => one instanceof Promise)
          ? await Promise.all(group)
          : (group as StreamedBlob[]);
      }
      if (at === wanted.length) continue;
      // Git ended at this one; after it, a new process goes on.
      yield [await readAlone(wanted[at]!)];
      at += 1;
    }
    for (const { blob, size } of measured.others) {
      const streamed = await readAlone(blob);
      yield ['error' in streamed && size !== null ? { ...streamed, size } : streamed];
    }
  } finally {
    measured.stop();
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

/** All that one `git cat-file` answers of those from `at` on; less if it ends early. */
async function* answerAll(
  { place }: Repository,
  measured: MeasuredBlobs,
  at: number,
): AsyncGenerator<readonly BatchAnswer[]> {
  const child = spawnGit(place, ['cat-file', '--batch', '--buffer']);
  const exit = exitOf(child, place);
  exit.catch(() => {});
  child.stdin.on('error', () => {});
  child.stderr.resume();
  const fed = feed(child.stdin, measured, at);
  fed.catch(() => {});
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
    await fed;
  } finally {
    child.kill();
  }
}

/** Asks for the wanted ones as they come to be known. @throws GitError where they cannot be measured. */
async function feed(into: Writable, measured: MeasuredBlobs, at: number): Promise<void> {
  try {
    for (let sent = at; into.writable;) {
      const some = measured.wanted.slice(sent);
      sent += some.length;
      into.write(some.map(({ id }) => `${id}\n`).join(''));
      if (measured.isDone) break;
      await measured.more();
    }
  } finally {
    into.end();
  }
}
