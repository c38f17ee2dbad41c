import { readName } from './read-name.ts';

export interface TreeEntry {
  readonly name: string;
  /** Octal digits without leading zeros: `40000` is a folder. */
  readonly mode: string;
  readonly id: string;
}

/** Reads a tree object: `<mode> <name>\0<id's bytes>`, repeated. @throws Error where it is not one. */
export function parseTreeObject(bytes: Buffer, idLength: number): TreeEntry[] {
  // Pieces of two long texts are had sooner than as many texts of their own.
  const text = bytes.toString('latin1');
  const hex = bytes.toString('hex');
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const blank = text.indexOf(' ', at);
    const end = text.indexOf('\0', blank);
    if (blank === -1 || end === -1 || end + 1 + idLength > bytes.length)
      throw new Error('unexpected tree object from git');
    entries.push({
      mode: text.slice(at, blank),
      name: readName(text, bytes, blank + 1, end),
      id: hex.slice(2 * (end + 1), 2 * (end + 1 + idLength)),
    });
    at = end + 1 + idLength;
  }
  return entries;
}
