import { splitNul } from './nul-records.ts';

/** One side-by-side entry of git's raw diff format. */
export interface RawChange {
  readonly path: string;
  readonly status: 'A' | 'M' | 'D' | 'T' | 'U';
  /** `000000` where that side has nothing. */
  readonly oldMode: string;
  readonly newMode: string;
  /** All zeros where that side has nothing, or where git did not look at the file on disk. */
  readonly oldId: string;
  readonly newId: string;
}

/**
 * Reads `diff-index`, `diff-files` and `diff-tree` with `--raw -z --no-renames --no-abbrev`
 * (git-diff-index(1), "RAW OUTPUT FORMAT"):
 * `:100644 100755 <old id> <new id> M\0path\0`, repeated.
 */
export function parseRawDiff(bytes: Uint8Array): RawChange[] {
  const records = splitNul(bytes);
  const changes: RawChange[] = [];
  for (let at = 0; at < records.length; at += 2) {
    const [oldMode, newMode, oldId, newId, status] = records[at]!.slice(1).split(' ');
    const path = records[at + 1];
    if (oldMode === undefined || newMode === undefined || oldId === undefined || path === undefined) {
      throw new Error('unexpected raw diff from git');
    }
    changes.push({ path, status: readStatus(status), oldMode, newMode, oldId, newId: newId ?? '' });
  }
  return changes;
}

function readStatus(status: string | undefined): RawChange['status'] {
  switch (status) {
    case 'A':
    case 'M':
    case 'D':
    case 'T':
    case 'U':
      return status;
    default:
      throw new Error(`unexpected status ${String(status)} in git's raw diff`);
  }
}

/** Whether an object id is git's "nothing": all zeros, 40 or 64 of them. */
export function isZeroId(id: string): boolean {
  return /^0+$/.test(id);
}
