import { readFile } from 'node:fs/promises';

/** The text of a file, byte for byte as Latin-1; `null` if there is none. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
