import type { ModeFacts, WrittenKey } from '@bulwark/model';

/** What stands before keys that were left over in `arkos.init(...)`. */
const LEFT_OVER = /^arkos\.init\(\)\./;

/** A key that was written for the same purpose and that this version does not read. */
export function deadTwin({ writtenKeys }: ModeFacts, isTwin: (path: string) => boolean): WrittenKey | null {
  return (
    writtenKeys.find(({ status, path }) => status !== 'read' && isTwin(path.replace(LEFT_OVER, ''))) ?? null
  );
}
