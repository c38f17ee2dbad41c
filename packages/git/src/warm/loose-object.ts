import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

/** Bytes of an object, its header included; a process that goes on leaves larger ones to git. */
const LARGEST = 256 * 1024;

const ALGORITHM = { 40: 'sha1', 64: 'sha256' } as const;

/**
 * The bytes of an object that lies in a file of its own (gitformat-loose, gitrepository-layout(5)): deflated, behind
 * `<type> <size>\0`. What a commit brings does, and is read sooner than git could be asked.
 * @param folder of the objects @param largest bytes with the header
 * @returns null for whatever is not there, not of that type, larger, or not what its id says.
 */
export function readLooseObject(
  folder: string,
  id: string,
  type: 'blob' | 'tree' | 'commit',
  largest = LARGEST,
): Buffer | null {
  const algorithm = ALGORITHM[id.length as keyof typeof ALGORITHM];
  if (algorithm === undefined) return null;
  try {
    const deflated = readFileSync(join(folder, id.slice(0, 2), id.slice(2)));
    const object = inflateSync(deflated, { maxOutputLength: largest });
    const end = object.indexOf(0);
    const bytes = object.subarray(end + 1);
    const isWhole = object.toString('latin1', 0, end) === `${type} ${bytes.length}`;
    return isWhole && createHash(algorithm).update(object).digest('hex') === id ? bytes : null;
  } catch {
    return null;
  }
}
