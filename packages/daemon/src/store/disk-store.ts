/** The store on disk: `answers/<sha256 of the key>`, one sealed file each, and `shelves/<sha256 of the name>/`. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Json, Store } from '@bulwark/model';
import { openDiskShelf } from './disk-shelf.ts';
import type { DiskShelf } from './disk-shelf.ts';
import { keepNewest } from './keep-newest.ts';
import type { Bounds } from './keep-newest.ts';
import { makePrivateFolder } from '../private-folder.ts';
import { markUsed } from './mark-used.ts';
import { readSealed, writeSealed } from './sealed-file.ts';

export interface StoreBounds {
  readonly answers: Bounds;
  /** Characters of one answer; a longer one is not remembered. */
  readonly longestAnswer: number;
  readonly shelves: number;
  /** Characters of one shelf. */
  readonly shelf: number;
}

/** 60,000 clean blobs are about 5 million characters. */
export const defaultBounds: StoreBounds = {
  answers: { entries: 512, bytes: 64 * 1024 * 1024 },
  longestAnswer: 16 * 1024 * 1024,
  shelves: 4,
  shelf: 24 * 1024 * 1024,
};

/** Above what the store makes: its folder, and that of everything of ours. */
const ABOVE = 2;

/**
 * A store in a folder that is ours. After the disk refused once (full, read-only), nothing more is written.
 * @param folder named for the product's build: answers of another build are never in it.
 */
export function openDiskStore(folder: string, bounds: StoreBounds = defaultBounds): Store {
  const answers = join(folder, 'answers');
  const shelves = new Map<string, Promise<DiskShelf>>();
  const sealOf = (name: string): string => `${basename(folder)}/${name}`;
  let mayWrite = true;
  let isOurs = false;
  let isFullPerhaps = false;
  let hasShelved = false;

  async function write(deed: () => Promise<void>): Promise<void> {
    if (!mayWrite) return;
    try {
      await deed();
    } catch {
      mayWrite = false;
    }
  }

  return {
    async recall(key) {
      const name = nameOf(key);
      const body = readSealed(join(answers, name), sealOf(name));
      if (body === null) return undefined;
      markUsed(join(answers, name));
      return parse(body);
    },
    keep: (key, answer) =>
      write(async () => {
        const text = JSON.stringify(answer);
        if (text.length > bounds.longestAnswer) return;
        if (!isOurs && !makePrivateFolder(answers, ABOVE)) throw new Error(`${answers} is not ours`);
        isOurs = true;
        const name = nameOf(key);
        await writeSealed(join(answers, name), sealOf(name), text);
        isFullPerhaps ||= isOneInMany(name, bounds.answers) || isLarge(text, bounds.answers);
      }),
    shelf(name) {
      const id = nameOf(name);
      const opened = shelves.get(id) ?? openDiskShelf(join(folder, 'shelves', id), sealOf(id), bounds.shelf);
      shelves.set(id, opened);
      return opened;
    },
    async close() {
      for (const opened of shelves.values()) {
        const shelf = await opened;
        await write(async () => {
          hasShelved = (await shelf.save()) || hasShelved;
        });
      }
      if (isFullPerhaps) await keepNewest(answers, bounds.answers);
      if (hasShelved) await keepNewest(join(folder, 'shelves'), { entries: bounds.shelves, bytes: Infinity });
      isFullPerhaps = hasShelved = false;
    },
  };
}

/**
 * To look through hundreds of entries takes longer than to write one, so not every one that is added is a reason to:
 * a few more than the bound may lie there for a while.
 */
function isOneInMany(name: string, { entries }: Bounds): boolean {
  return Number.parseInt(name.slice(0, 8), 16) % Math.ceil(entries / 32) === 0;
}

/** Far above its share. */
function isLarge(text: string, { entries, bytes }: Bounds): boolean {
  return text.length * entries > bytes * 16;
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
