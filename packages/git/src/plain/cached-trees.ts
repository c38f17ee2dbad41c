/**
 * The trees that an index knows its folders by (gitformat-index(5), "Cache tree"): git writes them into a commit as they
 * stand there, and takes a folder to be unchanged where HEAD has the same. A record each, folders behind the one that
 * holds them: `<name>\0<entries> <folders>\n<id>`; -1 entries and no id where the folder was changed since.
 */
import { decodePath } from '@bulwark/model';

/** Bytes of an id of SHA-1. */
const ID = 20;
const SIGNATURE = 'TREE';

/** By folder: `''` for the top, `lib/`. What does not read as expected is left out. @param extensions of a whole index */
export function readCachedTrees(extensions: Buffer): ReadonlyMap<string, string> {
  for (let at = 0; at + 8 <= extensions.length;) {
    const start = at + 8;
    const end = start + extensions.readUInt32BE(at + 4);
    if (extensions.toString('latin1', at, at + 4) === SIGNATURE)
      return readRecords(extensions.subarray(start, end));
    at = end;
  }
  return new Map();
}

function readRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const trees = new Map<string, string>();
  let at = 0;
  readRecord('', true);
  return trees;

  /** @returns whether it was one. */
  function readRecord(above: string, isTop: boolean): boolean {
    const nameEnd = bytes.indexOf(0, at);
    const lineEnd = bytes.indexOf('\n', nameEnd);
    if (nameEnd === -1 || lineEnd === -1 || (nameEnd === at) !== isTop) return false;
    const counts = /^(-1|\d+) (\d+)$/.exec(bytes.toString('latin1', nameEnd + 1, lineEnd));
    if (!counts) return false;
    const folder = isTop ? '' : `${above}${decodePath(bytes.subarray(at, nameEnd))}/`;
    at = lineEnd + 1;
    if (counts[1] !== '-1') {
      if (at + ID > bytes.length) return false;
      trees.set(folder, bytes.toString('hex', at, at + ID));
      at += ID;
    }
    for (let left = Number(counts[2]); left > 0; left -= 1) if (!readRecord(folder, false)) return false;
    return true;
  }
}
