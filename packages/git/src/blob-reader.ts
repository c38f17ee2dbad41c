import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { messageOf, UserError } from '@bulwark/model';
import type { BatchAnswer } from './batch-parser.ts';
import { BatchEnded, BatchProcess, type Dialect, type Question } from './batch-process.ts';
import { RecentBlobs } from './recent-blobs.ts';
import type { GitPlace } from './run-git.ts';

/** Why an object's bytes cannot be had. */
export class BlobError extends UserError {
  override readonly name = 'BlobError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, 'Run `git fsck` to see what is missing or broken; `git fetch` may bring it.', options);
  }
}

/** Objects of a repository by id, through one `cat-file` that stays open. Asks nothing of the network. */
export interface BlobReader {
  /** What kind of object it is, and how many bytes. @throws BlobError */
  look(id: string): Promise<{ readonly type: string; readonly size: number }>;
  /** The id that a name stands for, as git-rev-parse(1) reads it, at this moment; `null` if there is none. */
  resolve(name: string): Promise<string | null>;
  /** The bytes of an object of any kind. @throws BlobError */
  readObject(id: string): Promise<Buffer>;
  /** The same of the object that a name stands for at this moment; `null` if there is none. */
  readNamed(name: string): Promise<{ readonly id: string; readonly bytes: Buffer } | null>;
  /**
   * The object's bytes; many reads may be under way, and are answered in the order asked.
   * @param limit more bytes than this are not read. @throws BlobError
   */
  read(id: string, limit?: number): Promise<Uint8Array>;
  /** Keeps a small blob that was read in another way, for those who ask for it next. */
  keep(id: string, bytes: Uint8Array): void;
  close(): Promise<void>;
}

/**
 * Opens no process before the first question.
 * @param waiting a `git cat-file` of this repository that was started already
 */
export function openBlobReader(place: GitPlace, waiting?: ChildProcessWithoutNullStreams): BlobReader {
  const running = new Map<Dialect, BatchProcess>();
  if (waiting) running.set('batch-command', new BatchProcess(place, 'batch-command', waiting));
  const secondLooks = new Set<BatchProcess>();
  const recent = new RecentBlobs();
  let isOld = false;
  let isClosed = false;

  return {
    async look(id) {
      const known = isClosed ? undefined : recent.get(id);
      return known ? { type: 'blob', size: known.length } : ask('info', id);
    },
    resolve: async (name) => (await askNamed('info', name))?.id ?? null,
    readObject: async (id) => (await ask('contents', id)).bytes,
    readNamed: (name) => askNamed('contents', name),
    async read(id, limit) {
      const known = isClosed ? undefined : recent.get(id);
      if (known && known.length <= (limit ?? Infinity)) return known;
      if (limit !== undefined) {
        const { size } = await ask('info', id);
        if (size > limit) throw new BlobError(`${size} bytes are more than the ${limit} allowed`);
      }
      const { bytes, type } = await ask('contents', id);
      if (type !== 'blob') throw new BlobError(`object ${id} is a ${type}`);
      recent.keep(id, bytes);
      return bytes;
    },
    keep: (id, bytes) => recent.keep(id, bytes),
    async close() {
      isClosed = true;
      const open = [...running.values(), ...secondLooks];
      for (const process of open) process.close();
    },
  };

  async function ask(question: Question, id: string): Promise<Answered> {
    for (;;) {
      try {
        const answer = await processFor(question).ask(question, id);
        if (answer.kind === 'object') return answer;
        break;
      } catch (error) {
        if (!(error instanceof BatchEnded) || isClosed) throw failed(id, error);
        if (!isOld && /unknown option.*batch-command/.test(error.message)) isOld = true;
        // In a partial clone, git ends at the first object it may not fetch.
        else if (error.wasNext && error.message.includes('promisor remote')) throw failed(id, error);
        else if (error.wasNext) break;
      }
    }
    return lookAgain(question, id);
  }

  async function askNamed(question: Question, name: string): Promise<Answered | null> {
    try {
      return await ask(question, name);
    } catch (error) {
      if (error instanceof BlobError) return null;
      throw error;
    }
  }

  /** A repack may have moved the object away under a process that was opened before. */
  async function lookAgain(question: Question, id: string): Promise<Answered> {
    const process = new BatchProcess(place, dialectFor(question));
    secondLooks.add(process);
    try {
      const answer = await process.ask(question, id);
      if (answer.kind === 'object') return answer;
    } catch (error) {
      throw failed(id, error);
    } finally {
      secondLooks.delete(process);
      process.close();
    }
    throw new BlobError(`object ${id} is missing from the repository`);
  }

  function processFor(question: Question): BatchProcess {
    if (isClosed) throw new BlobError('the repository was closed before this was read');
    const dialect = dialectFor(question);
    const open = running.get(dialect);
    if (open?.isOpen === true) return open;
    const process = new BatchProcess(place, dialect);
    running.set(dialect, process);
    return process;
  }

  function dialectFor(question: Question): Dialect {
    if (!isOld) return 'batch-command';
    return question === 'contents' ? 'batch' : 'batch-check';
  }
}

type Answered = Extract<BatchAnswer, { kind: 'object' }>;

function failed(id: string, error: unknown): BlobError {
  if (error instanceof BlobError) return error;
  return new BlobError(`object ${id} cannot be read: ${messageOf(error)}`, { cause: error });
}
