/**
 * Where a daemon keeps its socket, pass and log: `bulwark/daemon-<build>` in git's folder that all worktrees share.
 * The socket is always named from inside the folder, so that its path is never too long for the system
 * (unix(7): 108 bytes).
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isPrivate, makePrivateFolder } from './private-folder.ts';

const PARENT = 'bulwark';
const PREFIX = 'daemon-';

/** @param build digest of the code that answers, hex */
export function daemonFolder(commonDir: string, build: string): string {
  return join(commonDir, PARENT, PREFIX + build.slice(0, 16));
}

/**
 * Makes it, or takes the one that is there. What lies in one that was open to others is not trusted and goes.
 * @returns whether it is ours alone.
 */
export async function makeDaemonFolder(commonDir: string, build: string): Promise<boolean> {
  const parent = join(commonDir, PARENT);
  const folder = daemonFolder(commonDir, build);
  const mayBeTrusted = (await isPrivate(parent, 'directory')) && (await isPrivate(folder, 'directory'));
  if (!makePrivateFolder(parent)) return false;
  if (!mayBeTrusted) await rm(folder, { recursive: true, force: true });
  return makePrivateFolder(folder);
}

/** Those of every build that ever had a daemon here, absolute. */
export async function listDaemonFolders(commonDir: string): Promise<string[]> {
  const names = await readdir(join(commonDir, PARENT)).catch(() => []);
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => join(commonDir, PARENT, name));
}
