/**
 * Files that say of themselves whether they are whole: `<sha256 of seal, NUL and body, 64 hex digits>\n<body>`.
 * The seal names what the file is for, so that one put in another's place is not taken for it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';

/** Written aside and renamed: a reader finds the old file, the new one or none. @throws where the disk refuses. */
export async function writeSealed(path: string, seal: string, body: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}${ASIDE}`;
  try {
    await writeFile(aside, `${digest(seal, Buffer.from(body))}\n${body}`, { flag: 'wx', mode: 0o600 });
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw error;
  }
}

/** Ends the name of a file that is not written yet, or never will be. */
export const ASIDE = '.aside';

const HEAD = 65;

/**
 * In one go: the files are few, and each answer from another thread is waited for longer than for the disk.
 * @returns null where there is no such file, or it is torn or another's.
 */
export function readSealed(path: string, seal: string): string | null {
  try {
    const bytes = readFileSync(path);
    const body = bytes.subarray(HEAD);
    const isWhole = bytes.toString('latin1', 0, HEAD) === `${digest(seal, body)}\n`;
    return isWhole ? body.toString('utf8') : null;
  } catch {
    return null;
  }
}

function digest(seal: string, body: Uint8Array): string {
  return createHash('sha256').update(seal).update('\0').update(body).digest('hex');
}
