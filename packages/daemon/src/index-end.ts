import { open } from 'node:fs/promises';

/** Bytes at the end of an index file; see {@link readIndexEnd}. */
const LENGTH = 20;

/**
 * Names what an index file holds: its last bytes, in hex, are the end of a checksum over all before them
 * (gitformat-index(5)). `hooks/hook.sh` reads the same.
 * @returns null where there is no such name: no file, or git was told to write no checksum (`index.skipHash`).
 */
export async function readIndexEnd(file: string): Promise<string | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    if (size < LENGTH) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LENGTH), 0, LENGTH, size - LENGTH);
    const end = buffer.toString('hex');
    return bytesRead === LENGTH && !/^0+$/.test(end) ? end : null;
  } finally {
    await handle.close();
  }
}
