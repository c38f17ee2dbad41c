import { decodePath } from '@bulwark/model';

export interface TreeEntry {
  readonly name: string;
  /** Octal digits without leading zeros: `40000` is a folder. */
  readonly mode: string;
  readonly id: string;
}

/** Reads a tree object: `<mode> <name>\0<id's bytes>`, repeated. @throws Error where it is not one. */
export function parseTreeObject(bytes: Buffer, idLength: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, blank);
    if (blank === -1 || end === -1 || end + 1 + idLength > bytes.length)
      throw new Error('unexpected tree object from git');
    entries.push({
      mode: bytes.toString('latin1', at, blank),
      name: decodePath(bytes.subarray(blank + 1, end)),
      id: bytes.toString('hex', end + 1, end + 1 + idLength),
    });
    at = end + 1 + idLength;
  }
  return entries;
}
