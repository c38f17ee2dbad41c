import type { BroughtPlace } from './brought-blobs.ts';
import { readMode } from './index-entries.ts';
import { splitNul } from './nul-records.ts';
import { isZeroId } from './raw-diff.ts';

/** A commit, or a file that it brings: one that is at this path in none of its parents as it is here. */
export type BroughtRecord =
  | { readonly kind: 'commit'; readonly commit: string }
  | { readonly kind: 'file'; readonly id: string; readonly place: BroughtPlace };

/**
 * Reads `git diff-tree --stdin -r -z --root -c --raw --always`, cut at any place (git-diff-tree(1)): for each
 * commit `<id>\0`, then for each path `:<old mode> <mode> <old id> <id> M\0path\0`; a merge has as many
 * colons, old modes and old ids as parents, and only the paths that differ from all of them.
 * Deletions and submodules bring no bytes, and are left out.
 */
export function createDiffTreeParser(onRecord: (record: BroughtRecord) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let commit = '';
  let raw: string | null = null;

  return function push(piece) {
    const end = piece.lastIndexOf(0);
    if (end === -1) {
      rest = Buffer.concat([rest, piece]);
      return;
    }
    const whole =
      rest.length === 0 ? piece.subarray(0, end + 1) : Buffer.concat([rest, piece.subarray(0, end + 1)]);
    rest = Buffer.from(piece.subarray(end + 1));
    for (const record of splitNul(whole)) take(record);
  };

  function take(record: string): void {
    if (raw !== null) {
      const file = readFile(raw, commit, record);
      raw = null;
      if (file !== null) onRecord(file);
    } else if (record.startsWith(':')) {
      raw = record;
    } else {
      commit = record;
      onRecord({ kind: 'commit', commit });
    }
  }
}

function readFile(raw: string, commit: string, path: string): BroughtRecord | null {
  const parents = /^:+/.exec(raw)![0].length;
  const fields = raw.slice(parents).split(' ');
  const mode = fields[parents];
  const id = fields[2 * parents + 1];
  if (mode === undefined || id === undefined) throw new Error('unexpected diff from git');
  if (mode === '000000' || mode === '160000') return null;
  const before = fields
    .slice(parents + 1, 2 * parents + 1)
    .filter((old, parent) => !isZeroId(old) && fields[parent] !== '160000');
  return { kind: 'file', id, place: { path, mode: readMode(mode), commit, before } };
}
