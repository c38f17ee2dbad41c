/** What a daemon did, a line each, in a file that only its owner reads. Holds no path, no text and no argument. */
import { appendFile, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const LOG_FILE = 'log';
const OLD_LOG_FILE = 'log.1';

/** Bytes after which the file is put aside; the one put aside before is forgotten. */
const LONGEST = 256 * 1024;

export interface Log {
  add(line: string): void;
  /** Waits until everything is written that can be. */
  close(): Promise<void>;
}

/** A log that cannot be written is no reason to stop. */
export function openLog(folder: string, now: () => Date = () => new Date()): Log {
  const file = join(folder, LOG_FILE);
  let writing: Promise<void> = Promise.resolve();
  let size: number | undefined;

  async function write(line: string): Promise<void> {
    size ??= (await stat(file).catch(() => null))?.size ?? 0;
    if (size > LONGEST) {
      await rename(file, join(folder, OLD_LOG_FILE));
      size = 0;
    }
    await appendFile(file, line, { mode: 0o600 });
    size += Buffer.byteLength(line);
  }

  return {
    add(text) {
      const line = `${now().toISOString()} ${process.pid} ${text.replaceAll(/[^\x20-\x7e]/g, '?')}\n`;
      writing = writing.then(() => write(line)).catch(() => {});
    },
    close: () => writing,
  };
}

/** The log of a daemon's folder, oldest line first; '' where there is none. */
export async function readLog(folder: string): Promise<string> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
  return (await read(OLD_LOG_FILE)) + (await read(LOG_FILE));
}
