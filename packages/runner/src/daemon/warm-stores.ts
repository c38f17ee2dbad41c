/** What is remembered, kept in memory between calls; the disk has it as well. */
import { createWarmStore } from '@bulwark/daemon/store';
import type { Store } from '@bulwark/model';
import { openStoreOf } from '../compose.ts';

/** Characters of remembered answers in memory. */
const MOST = 16 * 1024 * 1024;

/** Repositories a thread keeps in mind: one, and what tests and copies ask about. */
const MOST_STORES = 2;

export function createWarmStores(): (commonDir: string) => Promise<Store> {
  const stores = new Map<string, Promise<Store>>();
  return (commonDir) => {
    const known = stores.get(commonDir);
    if (known) return known;
    const opened = openStoreOf(commonDir).then((disk) => createWarmStore(disk, MOST));
    stores.set(commonDir, opened);
    for (const [oldest] of stores) {
      if (stores.size <= MOST_STORES) break;
      stores.delete(oldest);
    }
    return opened;
  };
}
