import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../repository.ts';

/** Object id of SHA-1. */
const ID = /^[0-9a-f]{40}\n$/;

/** A branch, by a name that git takes (git-check-ref-format(1)): of no part that could lead elsewhere. */
const BRANCH = /^ref: (refs\/heads(?:\/[\w+#=@%,-][\w+#=@%,.-]*)+)\n$/;

/**
 * The commit that HEAD names: `ref: refs/heads/<name>` or an id; the branch's own file holds an id, or a line of
 * `packed-refs` does (gitrepository-layout(5)). Of a repository that keeps its refs in files.
 * @returns null where none is named so. @throws what the disk says.
 */
export function readHeadCommit({
  gitDir,
  commonDir,
}: Pick<Repository, 'gitDir' | 'commonDir'>): string | null {
  const head = readPlainFile(join(gitDir, 'HEAD'));
  if (head === null) return null;
  if (ID.test(head)) return head.slice(0, -1);
  const branch = BRANCH.exec(head)?.[1];
  if (branch === undefined || branch.includes('..') || /\.(?:lock)?(?:\/|$)/.test(branch)) return null;
  const loose = readPlainFile(join(commonDir, branch));
  if (loose !== null) return ID.test(loose) ? loose.slice(0, -1) : null;
  return findPacked(readPlainFile(join(commonDir, 'packed-refs')), branch);
}

/** Lines `<id> <ref>`; others begin with `#` or `^`. */
function findPacked(text: string | null, ref: string): string | null {
  const at = text?.indexOf(` ${ref}\n`) ?? -1;
  if (text === null || at < 40) return null;
  const start = text.lastIndexOf('\n', at) + 1;
  const id = `${text.slice(start, at)}\n`;
  return ID.test(id) ? id.slice(0, -1) : null;
}

/** @returns null where there is no file. @throws where it is a link, which old versions of git made of HEAD. */
function readPlainFile(file: string): string | null {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (!stats) return null;
  if (!stats.isFile()) throw new Error(`${file} is not a file`);
  return readFileSync(file, 'latin1');
}
