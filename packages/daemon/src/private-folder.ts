import { chmod, lstat, mkdir } from 'node:fs/promises';

/**
 * Makes a folder that is this user's alone (0700), whatever the umask says, or takes the one that is there if it
 * is that.
 * @returns false where it is somebody else's, a link, or cannot be made: it is then not used at all.
 */
export async function makePrivateFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const found = await lstat(path);
    if (!found.isDirectory()) return false;
    // Windows has neither owners nor modes here: the folder has the rights of the repository it lies in.
    if (process.getuid === undefined) return true;
    if (found.uid !== process.getuid()) return false;
    if ((found.mode & 0o077) !== 0) await chmod(path, 0o700);
    return true;
  } catch {
    return false;
  }
}
