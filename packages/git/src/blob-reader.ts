import { messageOf, UserError } from '@bulwark/model';
import type { BatchAnswer } from './batch-parser.ts';
import { BatchEnded, BatchProcess } from './batch-process.ts';
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
  /** The bytes of an object of any kind. @throws BlobError */
  readObject(id: string): Promise<Buffer>;
  /**
   * The object's bytes; many reads may be under way, and are answered in the order asked.
   * @param limit more bytes than this are not read. @throws BlobError
   */
  read(id: string, limit?: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

type Mode = '--batch' | '--batch-check';

/** Opens no process before the first question. */
export function openBlobReader(place: GitPlace): BlobReader {
  const running = new Map<Mode, BatchProcess>();
  const secondLooks = new Set<BatchProcess>();
  let isClosed = false;

  return {
    look: (id) => ask('--batch-check', id),
    readObject: async (id) => (await ask('--batch', id)).bytes,
    async read(id, limit) {
      if (limit !== undefined) {
        const { size } = await ask('--batch-check', id);
        if (size > limit) throw new BlobError(`${size} bytes are more than the ${limit} allowed`);
      }
      const { bytes, type } = await ask('--batch', id);
      if (type !== 'blob') throw new BlobError(`object ${id} is a ${type}`);
      return bytes;
    },
    async close() {
      isClosed = true;
      const open = [...running.values(), ...secondLooks];
      await Promise.all(open.map((process) => process.close()));
    },
  };

  async function ask(mode: Mode, id: string): Promise<Extract<BatchAnswer, { kind: 'object' }>> {
    for (;;) {
      try {
        const answer = await processFor(mode).ask(id);
        if (answer.kind === 'object') return answer;
        break;
      } catch (error) {
        if (!(error instanceof BatchEnded) || isClosed) throw failed(id, error);
        // In a partial clone, git ends at the first object it may not fetch.
        if (error.wasNext && error.message.includes('promisor remote')) throw failed(id, error);
        if (error.wasNext) break;
      }
    }
    return lookAgain(mode, id);
  }

  /** A repack may have moved the object away under a process that was opened before. */
  async function lookAgain(mode: Mode, id: string): Promise<Extract<BatchAnswer, { kind: 'object' }>> {
    const process = new BatchProcess(place, mode);
    secondLooks.add(process);
    try {
      const answer = await process.ask(id);
      if (answer.kind === 'object') return answer;
    } catch (error) {
      throw failed(id, error);
    } finally {
      secondLooks.delete(process);
      await process.close();
    }
    throw new BlobError(`object ${id} is missing from the repository`);
  }

  function processFor(mode: Mode): BatchProcess {
    if (isClosed) throw new BlobError('the snapshot is closed');
    const open = running.get(mode);
    if (open?.isOpen === true) return open;
    const process = new BatchProcess(place, mode);
    running.set(mode, process);
    return process;
  }
}

function failed(id: string, error: unknown): BlobError {
  return new BlobError(`object ${id} cannot be read: ${messageOf(error)}`, { cause: error });
}
