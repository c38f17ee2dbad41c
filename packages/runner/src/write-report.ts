import { lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a report's file aside and renames it, so that nobody ever reads half of one; folders above it are made.
 * What is no plain file, such as `/dev/stderr` or a named pipe, is written to directly.
 */
export async function writeReport(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined && basename(folder) === '.bulwark') await hideFromGit(folder);
  if (!(await isReplaceable(file))) return writeFile(file, text);
  const aside = join(folder, `.${basename(file).slice(0, LONGEST)}.${process.pid}`);
  try {
    const handle = await open(aside, 'wx', 0o666);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** Characters of a name that leave room for what is put behind it: a name may have 255 bytes. */
const LONGEST = 50;

/** A report that lies among the files it is about would be one of them at the next check. */
async function hideFromGit(folder: string): Promise<void> {
  await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => {});
}

async function isReplaceable(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
