/** What scans of blobs came to, so that no blob is read twice. */
import { noStore } from '@bulwark/model';
import { pathClass } from '@bulwark/secrets';
import type { FileFacts, Json, Shelf, Store } from '@bulwark/model';

/** What a scan found, and how many bytes it looked at. */
export interface KnownScan {
  readonly bytes: number;
  readonly facts: FileFacts;
}

export interface KnownScans {
  get(path: string, blob: string | null): KnownScan | undefined;
  set(scan: KnownScan): void;
}

/** Knows nothing, and learns nothing. */
export const noKnownScans: KnownScans = { get: () => undefined, set: () => {} };

/** Fewer files are read faster than all that is known. */
const FEWEST = 256;

/**
 * @param scanner names what a scan depends on beside a file's path and bytes; `null` if that has no name.
 * @param count how many files are to be scanned
 */
export async function openKnownScans(
  store: Store,
  scanner: string | null,
  count: number,
): Promise<KnownScans> {
  if (store === noStore || scanner === null || count < FEWEST) return noKnownScans;
  return keepScans(await store.shelf(`scans ${scanner}`));
}

/** A clean blob is clean under every path of its class; what one holds is told with places, so by its path. */
function keepScans(shelf: Shelf): KnownScans {
  return {
    get(path, blob) {
      if (blob === null) return undefined;
      const bytes = shelf.get(cleanKey(path, blob));
      if (typeof bytes === 'number') return { bytes, facts: cleanFacts(path, blob) };
      const found = shelf.get(foundKey(path, blob));
      return found === undefined ? undefined : (found as unknown as KnownScan);
    },
    set(scan) {
      const { path, blob } = scan.facts;
      if (blob === null) return;
      if (isNotable(scan.facts)) shelf.set(foundKey(path, blob), scan as unknown as Json);
      else shelf.set(cleanKey(path, blob), scan.bytes);
    },
  };
}

function cleanKey(path: string, blob: string): string {
  return `${blob} ${pathClass(path)}`;
}

function foundKey(path: string, blob: string): string {
  return `${blob} =${path}`;
}

function cleanFacts(path: string, blob: string): FileFacts {
  return { path, blob, secrets: [], env: null };
}

/** Whether there is anything a file rule could object to. */
export function isNotable({ secrets, env, suppressions }: FileFacts): boolean {
  return secrets.length > 0 || env !== null || suppressions !== undefined;
}
