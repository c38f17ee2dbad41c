/**
 * A shelf on disk: a folder of segments, each a sealed file of lines `<key>\t<answer as JSON>`. Whoever learned
 * something adds a segment of its own, so no two writers meet; now and then one of them merges them.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, Shelf } from '@bulwark/model';
import { makePrivateFolder } from '../private-folder.ts';
import { readSealed, writeSealed } from './sealed-file.ts';

export interface DiskShelf extends Shelf {
  /** Writes what was added. @returns whether there was anything. @throws where the disk refuses. */
  save(): Promise<boolean>;
}

/** More segments than that are merged by the next one that has something to add. */
const MOST_SEGMENTS = 8;

/** Characters of one answer; a longer one is not remembered. */
const LONGEST = 64 * 1024;

/** Above a shelf: all shelves, the store, and the folder of everything of ours. */
const ABOVE = 3;

/** @param mostCharacters of all lines together; what was used longest ago goes first. */
export async function openDiskShelf(
  folder: string,
  seal: string,
  mostCharacters: number,
): Promise<DiskShelf> {
  let segments = namesIn(folder)
    .filter((name) => name.endsWith(SEGMENT))
    .toSorted();
  let kept = new Map<string, string>();
  let characters = 0;
  for (const name of segments) {
    const body = readSealed(join(folder, name), seal);
    if (body === null) continue;
    readLines(body, kept);
    characters += body.length;
  }
  const added = new Map<string, string>();
  const used = new Set<string>();
  let mayOverflow = characters > mostCharacters / 2;
  return {
    get(key) {
      const name = lineKey(key);
      const text = added.get(name) ?? kept.get(name);
      if (text === undefined) return undefined;
      if (mayOverflow) used.add(name);
      return parse(text);
    },
    set(key, answer) {
      const text = JSON.stringify(answer);
      if (text.length <= LONGEST) added.set(lineKey(key), text);
    },
    async save() {
      if (added.size === 0) return false;
      const isMerge = segments.length >= MOST_SEGMENTS || characters > mostCharacters;
      const lines = isMerge ? newest([...byUse(kept, used), ...added], mostCharacters) : [...added];
      if (!makePrivateFolder(folder, ABOVE)) throw new Error(`${folder} is not ours`);
      const name = `${Date.now().toString(36)}-${randomBytes(6).toString('hex')}${SEGMENT}`;
      const body = lines.map(([key, text]) => `${key}\t${text}\n`).join('');
      const old = segments;
      await writeSealed(join(folder, name), seal, body);
      // Whoever goes on finds here what lies there.
      if (isMerge) [kept, segments, characters] = [new Map(lines), [name], body.length];
      else {
        for (const [key, text] of added) kept.set(key, text);
        segments = [...segments, name];
        characters += body.length;
      }
      mayOverflow = characters > mostCharacters / 2;
      used.clear();
      added.clear();
      if (isMerge) await Promise.all(old.map((one) => rm(join(folder, one), { force: true })));
      return true;
    },
  };
}

const SEGMENT = '.lines';

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readLines(body: string, into: Map<string, string>): void {
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\n', at);
    const tab = body.indexOf('\t', at);
    if (end === -1 || tab === -1 || tab > end) return;
    into.set(body.slice(at, tab), body.slice(tab + 1, end));
    at = end + 1;
  }
}

const PLAIN = /^[\x20-\x21\x23-\x7e]*$/;

/** The key as it stands in a line: quoted where it holds what ends a key or line, or what UTF-8 cannot. */
function lineKey(key: string): string {
  return PLAIN.test(key) ? key : JSON.stringify(key);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What was used comes last. */
function byUse(kept: ReadonlyMap<string, string>, used: ReadonlySet<string>): [string, string][] {
  const all = [...kept];
  return [...all.filter(([key]) => !used.has(key)), ...all.filter(([key]) => used.has(key))];
}

/** The last lines, as many as fit in half of it once all of them do not; each key once. */
function newest(lines: readonly (readonly [string, string])[], most: number): (readonly [string, string])[] {
  const distinct = [...new Map(lines)];
  const sizeOf = ([key, text]: readonly [string, string]): number => key.length + text.length + 2;
  const total = distinct.reduce((sum, line) => sum + sizeOf(line), 0);
  if (total <= most) return distinct;
  let left = most / 2;
  const start = distinct.findLastIndex((line) => (left -= sizeOf(line)) < 0) + 1;
  return distinct.slice(start);
}
