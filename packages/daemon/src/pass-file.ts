/**
 * The pass: how a daemon is reached and known. Lines: `bulwark 1`, the socket's name in the same folder, the token of
 * whoever asks, the token of whoever answers, the process id. `hooks/hook.sh` and `ask.pl` read it too.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isPrivate } from './private-folder.ts';
import { PROTOCOL, isToken } from './protocol.ts';

export const PASS_FILE = 'pass';

const HEAD = `bulwark ${PROTOCOL}`;

export interface Pass {
  /** A name in the folder; on Windows that of a pipe. */
  readonly socket: string;
  readonly askToken: string;
  readonly answerToken: string;
  readonly pid: number;
}

export function makePass(pid: number): Pass {
  const name = `s${pid}`;
  const token = (): string => randomBytes(24).toString('hex');
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\bulwark-${token()}` : name;
  return { socket, askToken: token(), answerToken: token(), pid };
}

/** @returns null where there is none, or none that is ours alone. */
export async function readPass(folder: string): Promise<Pass | null> {
  const file = join(folder, PASS_FILE);
  if (!(await isPrivate(folder, 'directory')) || !(await isPrivate(file, 'file'))) return null;
  return parsePass(await readFile(file, 'utf8').catch(() => ''));
}

export function formatPass({ socket, askToken, answerToken, pid }: Pass): string {
  return `${HEAD}\n${socket}\n${askToken}\n${answerToken}\n${pid}\n`;
}

export function parsePass(text: string): Pass | null {
  const [head, socket, askToken, answerToken, pid, end] = text.split('\n');
  const isWhole = head === HEAD && end === '' && isToken(askToken) && isToken(answerToken);
  if (!isWhole || !socket || !/^\d+$/.test(pid ?? '')) return null;
  return { socket, askToken, answerToken, pid: Number(pid) };
}

/**
 * Publishes a pass. Of many who do so at once one succeeds.
 * @param isAlive whether the daemon of another pass answers
 * @returns whether it stands there now; if not, another daemon's does. @throws where the disk refuses.
 */
export async function claimPass(
  folder: string,
  pass: Pass,
  isAlive: (other: Pass) => Promise<boolean>,
): Promise<boolean> {
  const aside = join(folder, `${PASS_FILE}.${pass.askToken.slice(0, 12)}`);
  await writeFile(aside, formatPass(pass), { flag: 'wx', mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      if (await linkIfFree(aside, join(folder, PASS_FILE))) return true;
      const other = await readPass(folder);
      if (other !== null && (await isAlive(other))) return false;
      await withdrawPass(folder, other);
    }
    return false;
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Takes a pass away; one that another daemon published meanwhile stays.
 * @param pass `null` for a file that is no pass
 */
export async function withdrawPass(folder: string, pass: Pass | null): Promise<void> {
  const away = join(folder, `away.${randomBytes(6).toString('hex')}`);
  try {
    await rename(join(folder, PASS_FILE), away);
  } catch {
    return;
  }
  const moved = parsePass(await readFile(away, 'utf8').catch(() => ''));
  if (moved !== null && moved.askToken !== pass?.askToken) await linkIfFree(away, join(folder, PASS_FILE));
  await rm(away, { force: true });
}

async function linkIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
