import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
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
    const deflated = readWhole(`${folder}/${id.slice(0, 2)}/${id.slice(2)}`);
    const object = inflateSync(deflated, {
      maxOutputLength: largest,
      // Text shrinks to a fourth or so. Room for more would take longer to make than most objects take to be read.
      chunkSize: Math.min(1024 + 6 * deflated.length, MOST_ROOM),
    });
    const end = object.indexOf(0);
    const bytes = object.subarray(end + 1);
    const isWhole = object.toString('latin1', 0, end) === `${type} ${bytes.length}`;
    return isWhole && createHash(algorithm).update(object).digest('hex') === id ? bytes : null;
  } catch {
    return null;
  }
}

const MOST_ROOM = 64 * 1024;

/** Where small files are read to; a file's bytes are there until the next is read. */
const room = Buffer.alloc(16 * 1024);

/** As `readFileSync` does, which takes most of its time for what small files do not need. @throws what the disk says. */
function readWhole(file: string): Buffer {
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, room, 0, room.length, 0);
    return length < room.length ? room.subarray(0, length) : readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}
