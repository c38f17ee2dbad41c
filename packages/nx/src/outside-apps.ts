import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldersUp, inFolder } from './folders.ts';

/** Never part of what is judged. */
const PASSED_OVER = new Set(['node_modules', '.git', '.nx', '.bulwark']);

/**
 * Globs that together match every file outside the apps' folders and none inside. Nx looks at globs with a `!` when
 * it computes a hash, but not when it asks who is affected, so what is left out cannot be said by exclusion.
 * @param apps folders from the workspace root.
 * @param pattern what to match in such a folder, such as `*` or `tsconfig*.json`.
 */
export function globsOutside(
  workspaceRoot: string,
  apps: readonly string[],
  pattern: string,
): readonly string[] {
  const isApp = new Set(apps);
  if (isApp.has('')) return [];
  const hasAppBelow = new Set(apps.flatMap((app) => foldersUp(app).slice(1)));
  const globs: string[] = [];
  const visit = (folder: string): void => {
    if (isApp.has(folder)) return;
    if (folder !== '' && !hasAppBelow.has(folder)) {
      globs.push(inFolder(folder, `**/${pattern}`));
      return;
    }
    globs.push(inFolder(folder, pattern));
    for (const name of foldersIn(join(workspaceRoot, folder))) visit(inFolder(folder, name));
  };
  visit('');
  return globs;
}

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !PASSED_OVER.has(entry.name))
    .map(({ name }) => name)
    .toSorted();
}
