/** The files that `--merge` names: files, folders with files in them, globs. */
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { UserError, compareText } from '@bulwark/model';
import micromatch from 'micromatch';

/**
 * @param named each a file, a folder (all the `.json` in it and below) or a glob; from `cwd`
 * @returns absolute paths, in order, each once
 * @throws UserError for one that names no file: an empty list would be a part that nobody misses
 */
export async function findReportFiles(cwd: string, named: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const one of named) {
    const files = await filesOf(cwd, one);
    if (files.length === 0)
      throw new UserError(
        `There is no report at ${JSON.stringify(one)}.`,
        'Name a file, a folder of reports in JSON, or a glob in quotes.',
      );
    for (const file of files) found.add(file);
  }
  return [...found].toSorted(compareText);
}

async function filesOf(cwd: string, named: string): Promise<string[]> {
  const path = resolve(cwd, named);
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) return (await filesBelow(path)).filter((file) => file.endsWith('.json'));
  if (there) return [path];
  const { base, glob, isGlob } = micromatch.scan(named.split(sep).join('/'));
  if (!isGlob) return [];
  const start = resolve(cwd, base);
  const isMatch = micromatch.matcher(glob, { dot: true });
  return (await filesBelow(start)).filter((file) => isMatch(relative(start, file).split(sep).join('/')));
}

/** What lies in dependencies or in git's own folder is nobody's report. */
const PASSED_OVER: ReadonlySet<string> = new Set(['node_modules', '.git']);

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) found.push(...(await filesBelow(path)));
  }
  return found;
}
