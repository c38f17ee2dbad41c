import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ASIDE } from './sealed-file.ts';

export interface Bounds {
  readonly entries: number;
  readonly bytes: number;
}

/** Milliseconds after which nobody is still writing a file aside. */
const ABANDONED = 60 * 60 * 1000;

/**
 * Deletes what was used longest ago (by the time stamps of the entries) until the rest is within half the
 * bounds, so that it need not be done every time. Leaves all as it is while it is within them.
 * @param prefix what the names begin with of the entries it is about; all if left out
 */
export async function keepNewest(folder: string, bounds: Bounds, prefix = ''): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix));
  const found = (await Promise.all(names.map((name) => look(join(folder, name))))).filter(
    (entry) => entry !== null,
  );
  const abandoned = found.filter(({ path, used }) => path.endsWith(ASIDE) && Date.now() - used > ABANDONED);
  const entries = found.filter(({ path }) => !path.endsWith(ASIDE)).toSorted((a, b) => b.used - a.used);
  const doomed = entries.slice(countWithin(entries, bounds));
  await Promise.all([...abandoned, ...doomed].map(({ path }) => remove(path)));
}

interface Entry {
  readonly path: string;
  readonly used: number;
  readonly size: number;
}

async function look(path: string): Promise<Entry | null> {
  const stats = await lstat(path).catch(() => null);
  return stats && { path, used: stats.mtimeMs, size: stats.size };
}

function countWithin(entries: readonly Entry[], bounds: Bounds): number {
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (entries.length <= bounds.entries && bytes <= bounds.bytes) return entries.length;
  let left = bounds.bytes / 2;
  const most = Math.ceil(bounds.entries / 2);
  const end = entries.findIndex(({ size }, at) => at >= most || (left -= size) < 0);
  return end === -1 ? entries.length : end;
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true }).catch(() => {});
}
