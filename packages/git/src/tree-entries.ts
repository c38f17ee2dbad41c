import type { FileRef } from '@bulwark/model';
import { readMode } from './index-entries.ts';
import { splitNul } from './nul-records.ts';

/**
 * Reads `git ls-tree -r -z` with `--long` or without: `100644 blob <id> <size>\tpath\0`, repeated; the size
 * is padded with blanks, `-` for a submodule and `BAD` for an object that is not there.
 */
export function parseTreeEntries(bytes: Uint8Array): FileRef[] {
  return splitNul(bytes).map((record) => {
    const tab = record.indexOf('\t');
    const [mode, type, id, size] = record.slice(0, tab).split(/ +/);
    if (tab === -1 || id === undefined) throw new Error('unexpected tree listing from git');
    return {
      path: record.slice(tab + 1),
      mode: readMode(mode),
      blob: type === 'blob' ? id : null,
      size: size !== undefined && /^\d+$/.test(size) ? Number(size) : null,
    };
  });
}
