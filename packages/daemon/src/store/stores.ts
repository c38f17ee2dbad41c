/** The stores of a repository: one for each build of the product that looked at it lately. */
import { existsSync } from 'node:fs';
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { noStore } from '@bulwark/model';
import type { Store } from '@bulwark/model';
import { openDiskStore } from './disk-store.ts';
import { keepNewest } from './keep-newest.ts';
import { listTree } from './list-tree.ts';
import { makePrivateFolder } from '../private-folder.ts';
import { markUsed } from './mark-used.ts';

/** Below git's common folder. */
const FOLDER = 'bulwark';
const PREFIX = 'store-';

/** What the names begin with of folders that hold a team's rules, laid out to be run. */
export const PLUGIN_FOLDERS = 'plugins-';

/** Stores of other builds that stay beside the one in use: other worktrees may be of another version. */
const MOST_STORES = 4;

/**
 * The store of one build, or one that remembers nothing where there can be none.
 * @param build names all that answers depend on beside what they are asked about.
 */
export async function openStore(commonDir: string, build: string): Promise<Store> {
  const parent = join(commonDir, FOLDER);
  const folder = join(parent, PREFIX + build);
  const isNew = !existsSync(folder);
  if (!makePrivateFolder(parent) || !makePrivateFolder(folder)) return noStore;
  if (isNew) await keepNewest(parent, { entries: MOST_STORES, bytes: Infinity }, PREFIX);
  else markUsed(folder);
  return openDiskStore(folder);
}

export interface StoreSize {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** Every store of a repository, by folder, and what else can be made anew. */
export async function listStores(commonDir: string): Promise<StoreSize[]> {
  const parent = join(commonDir, FOLDER);
  const names = (await readdir(parent).catch(() => [])).filter((name) =>
    [PREFIX, PLUGIN_FOLDERS].some((prefix) => name.startsWith(prefix)),
  );
  return Promise.all(names.toSorted().map((name) => measure(join(parent, name))));
}

/** Deletes all that {@link listStores} tells of. @returns what was there. @throws where a file cannot be deleted. */
export async function clearStores(commonDir: string): Promise<StoreSize[]> {
  const stores = await listStores(commonDir);
  for (const { folder } of stores) await rm(folder, { recursive: true, force: true });
  // Stays where something else lies in it.
  await rmdir(join(commonDir, FOLDER)).catch(() => {});
  return stores;
}

async function measure(folder: string): Promise<StoreSize> {
  const entries = await listTree(folder).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(
      async ({ parentPath, name }) => (await lstat(join(parentPath, name)).catch(() => null))?.size ?? 0,
    ),
  );
  return { folder, files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
