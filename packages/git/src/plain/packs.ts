/** Objects out of packs, without asking git (gitformat-pack(5)). Integers are big-endian. */
import { closeSync, fstatSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { applyDelta } from './apply-delta.ts';

export interface PackedObject {
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
  readonly bytes: Buffer;
}

export interface Packs {
  /**
   * The object as the first pack has it that holds it. Nobody has looked whether it is what its id says.
   * @returns null where none does, it is larger, or a pack is not of the usual kind. @throws what the disk says.
   */
  read(id: string): PackedObject | null;
  close(): void;
}

/** Bytes of what was read that are kept. */
const MOST_KEPT = 16 * 1024 * 1024;

/** How many deltas an object may rest on; git itself makes no more than 50 unless it is told to. */
const DEEPEST = 64;

const TYPES = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' } as const;
const OFFSET_DELTA = 6;
const ID_DELTA = 7;

/** Of version 2 alone: `\377tOc`, 2, then 256 running counts by an id's first byte, ids, checksums, offsets. */
const INDEX_HEAD = 'ff744f6300000002';
const COUNTS = 8;
const IDS = COUNTS + 256 * 4;
const ID = 20;

interface Pack {
  readonly index: number;
  /** Objects in it. */
  readonly count: number;
  readonly file: string;
  /** Opened when something is read from it. */
  pack: number | null;
  /** What was read from it, by where it begins: one object is the base of many. */
  readonly read: Map<number, PackedObject>;
}

/** @param folder of the objects of a repository whose ids are SHA-1 @param largest bytes of an object */
export function openPacks(folder: string, largest: number): Packs {
  let packs: readonly Pack[] | undefined;
  let kept = 0;
  return {
    read: (id) => readFrom(id, 0),
    close() {
      for (const { index, pack } of packs ?? []) {
        closeSync(index);
        if (pack !== null) closeSync(pack);
      }
      packs = [];
    },
  };

  function readFrom(id: string, depth: number): PackedObject | null {
    packs ??= listPacks(join(folder, 'pack'));
    for (const pack of packs) {
      const offset = findOffset(pack, id);
      if (offset !== null) return readAt(pack, offset, depth);
    }
    return null;
  }

  function readAt(pack: Pack, offset: number, depth: number): PackedObject | null {
    const known = pack.read.get(offset);
    if (known) return known;
    const object = readAnew(pack, offset, depth);
    if (object !== null) {
      kept += object.bytes.length;
      if (kept > MOST_KEPT) {
        for (const { read } of packs ?? []) read.clear();
        kept = object.bytes.length;
      }
      pack.read.set(offset, object);
    }
    return object;
  }

  /** `<type and size><base, of a delta><deflated bytes>` */
  function readAnew(pack: Pack, offset: number, depth: number): PackedObject | null {
    pack.pack ??= openSync(`${pack.file}.pack`, 'r');
    const head = readUpTo(pack.pack, offset, 64);
    let at = 0;
    let byte = head[at++]!;
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let shift = 4; byte & 0x80 && shift < 32; shift += 7) {
      byte = head[at++]!;
      size += (byte & 0x7f) * 2 ** shift;
    }
    if (byte & 0x80 || size > largest || depth > DEEPEST) return null;
    let base: PackedObject | null = null;
    if (type === OFFSET_DELTA) {
      byte = head[at++]!;
      let back = byte & 0x7f;
      while (byte & 0x80 && back < 2 ** 40) {
        byte = head[at++]!;
        back = (back + 1) * 128 + (byte & 0x7f);
      }
      if (byte & 0x80 || back <= 0 || back >= offset) return null;
      base = readAt(pack, offset - back, depth + 1);
    } else if (type === ID_DELTA) {
      base = readFrom(head.toString('hex', at, at + ID), depth + 1);
      at += ID;
    }
    const isDelta = type === OFFSET_DELTA || type === ID_DELTA;
    if (isDelta ? base === null : !(type in TYPES)) return null;
    const bytes = inflate(readUpTo(pack.pack, offset + at, mostDeflated(size)), size);
    if (base === null) return { type: TYPES[type as keyof typeof TYPES], bytes };
    const made = applyDelta(base.bytes, bytes, largest);
    return made && { type: base.type, bytes: made };
  }
}

function listPacks(folder: string): Pack[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.idx'));
  return names.map((name) => {
    const file = join(folder, name.slice(0, -4));
    const index = openSync(`${file}.idx`, 'r');
    const head = readUpTo(index, 0, IDS);
    const isKnown = head.length === IDS && head.toString('hex', 0, COUNTS) === INDEX_HEAD;
    if (!isKnown) throw new Error(`${name} is not of version 2`);
    return { index, count: head.readUInt32BE(IDS - 4), file, pack: null, read: new Map() };
  });
}

/** Where an object begins in its pack; `null` where it is not in it, or far behind. */
function findOffset({ index, count }: Pack, id: string): number | null {
  const first = Number.parseInt(id.slice(0, 2), 16);
  const counts = readUpTo(index, COUNTS + Math.max(0, first - 1) * 4, first === 0 ? 4 : 8);
  const start = first === 0 ? 0 : counts.readUInt32BE(0);
  const end = counts.readUInt32BE(first === 0 ? 0 : 4);
  if (start >= end || end > count) return null;
  const ids = readUpTo(index, IDS + start * ID, (end - start) * ID).toString('hex');
  let at = ids.indexOf(id);
  while (at !== -1 && at % (2 * ID) !== 0) at = ids.indexOf(id, at + 1);
  if (at === -1) return null;
  const position = start + at / (2 * ID);
  const offset = readUpTo(index, IDS + count * (ID + 4) + position * 4, 4).readUInt32BE(0);
  // Otherwise it names a place in a table of larger offsets.
  return offset < 2 ** 31 ? offset : null;
}

/** Bytes that zlib makes at most of so many (`compressBound` of zlib.h). */
function mostDeflated(size: number): number {
  return size + (size >> 12) + (size >> 14) + 64;
}

function inflate(bytes: Buffer, size: number): Buffer {
  const inflated = inflateSync(bytes, { maxOutputLength: size + 1, chunkSize: size + 64 });
  if (inflated.length !== size) throw new Error('an object of another size than its pack says');
  return inflated;
}

function readUpTo(fd: number, position: number, length: number): Buffer {
  const most = Math.min(length, Math.max(0, fstatSync(fd).size - position));
  const bytes = Buffer.allocUnsafe(most);
  const read = most === 0 ? 0 : readSync(fd, bytes, 0, most, position);
  return bytes.subarray(0, read);
}
