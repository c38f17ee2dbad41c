import { readdir } from 'node:fs/promises';
import { decodePath, encodePath, UserError } from '@bulwark/model';
import type { Snapshot } from '@bulwark/model';
import { lookAtFile, readDiskFile } from './disk-file.ts';
import { freeze } from './freeze.ts';
import { enterFolder, isIgnored, type IgnoreRules } from './ignore-rules.ts';
import { inTurns } from './in-turns.ts';

type Skipped = NonNullable<Snapshot['skipped']>[number];

/**
 * A folder that no git repository holds, with the same ignore semantics: its own and nested `.gitignore`.
 * `node_modules` is left out even where nothing ignores it; without git nobody has decided to keep it.
 * Links are not followed.
 */
export async function folderSnapshot(root: string): Promise<Snapshot> {
  const paths: string[] = [];
  const skipped: Skipped[] = [];
  await walk('', []);
  const looked = await inTurns(paths, (path) => lookAtFile(root, path, 'sha1'));
  const files = looked.filter((file) => file !== null);
  const snapshot = freeze({ kind: 'worktree', commit: null }, files, (file) =>
    readDiskFile(root, file, 'sha1'),
  );
  return { ...snapshot, skipped };

  async function walk(folder: string, outer: IgnoreRules): Promise<void> {
    const rules = await enterFolder(root, folder, outer);
    for (const entry of await list(folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name === '.git' || isIgnored(rules, path, entry.isFolder)) continue;
      if (entry.isFolder && entry.name === 'node_modules') {
        skipped.push({ path, reason: 'dependencies, in a folder that is not in a git repository' });
      } else if (entry.isFolder) {
        await walk(path, rules);
      } else {
        paths.push(path);
      }
    }
  }

  async function list(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
    const place = Buffer.concat([Buffer.from(`${root}/`), encodePath(folder)]);
    try {
      const entries = await readdir(place, { withFileTypes: true, encoding: 'buffer' });
      return entries.map((entry) => ({ name: decodePath(entry.name), isFolder: entry.isDirectory() }));
    } catch (error) {
      throw new UserError(
        `The folder ${folder === '' ? root : folder} could not be read`,
        'Make it readable, or name it in a .gitignore.',
        { cause: error },
      );
    }
  }
}
