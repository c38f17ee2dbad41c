import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What lies in a folder and below it; links are named and not followed. `readdir` with `recursive` goes through links
 * to folders since Node 26, and did not before.
 */
export async function listTree(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  const below = await Promise.all(folders.map(({ name }) => listTree(join(folder, name))));
  return [...entries, ...below.flat()];
}
