import type { FileMode } from '@bulwark/model';
import { splitNul } from './nul-records.ts';

export interface IndexEntry {
  readonly path: string;
  readonly mode: FileMode;
  readonly id: string;
  /** 0; or 1 to 3 for the sides of a conflict. */
  readonly stage: number;
}

/** Reads `git ls-files --stage -z`: `100644 <id> 0\tpath\0`, repeated. */
export function parseIndexEntries(bytes: Uint8Array): IndexEntry[] {
  return splitNul(bytes).map((record) => {
    const tab = record.indexOf('\t');
    const [mode, id, stage] = record.slice(0, tab).split(' ');
    if (tab === -1 || id === undefined || stage === undefined) {
      throw new Error('unexpected index listing from git');
    }
    return { path: record.slice(tab + 1), mode: readMode(mode), id, stage: Number(stage) };
  });
}

/** Old trees may hold other permission bits (`100664`), which git itself reads as `100644`. */
export function readMode(mode: string | undefined): FileMode {
  switch (mode) {
    case '100644':
    case '100755':
    case '120000':
    case '160000':
      return mode;
    default:
      if (mode === undefined || !/^100[0-7]{3}$/.test(mode)) {
        throw new Error(`unexpected mode ${String(mode)} from git`);
      }
      return (Number.parseInt(mode, 8) & 0o100) === 0 ? '100644' : '100755';
  }
}
