import type { Json, Shelf, Store } from '@bulwark/model';

/** Milliseconds. */
const LATER = 1000;

/**
 * A store that keeps what it was asked for in memory as well, so that it is read from the disk once. Answers are
 * functions of their keys, so what another process learned meanwhile is missed at worst, never contradicted. The disk is
 * written a moment later, when nobody waits; what is not there yet when the process ends is learned again.
 * @param most characters of the answers kept in memory; what was used longest ago goes first. Shelves stay whole.
 */
export function createWarmStore(disk: Store, most: number): Store {
  const answers = new Map<string, string>();
  const shelves = new Map<string, Promise<Shelf>>();
  let size = 0;
  let unwritten: (() => Promise<void>)[] = [];
  let isDue = false;

  function writeLater(deed: () => Promise<void>): void {
    unwritten.push(deed);
    if (isDue) return;
    isDue = true;
    // To fail to remember is no error.
    setTimeout(() => void write().catch(() => {}), LATER).unref();
  }

  async function write(): Promise<void> {
    const deeds = unwritten;
    unwritten = [];
    isDue = false;
    for (const deed of deeds) await deed();
    await disk.close();
  }

  function remember(key: string, text: string): void {
    forget(key);
    if (text.length > most / 2) return;
    answers.set(key, text);
    size += text.length;
    for (const [oldest] of answers) {
      if (size <= most) break;
      forget(oldest);
    }
  }

  function forget(key: string): void {
    size -= answers.get(key)?.length ?? 0;
    answers.delete(key);
  }

  return {
    async recall(key) {
      const known = answers.get(key);
      if (known !== undefined) {
        remember(key, known);
        return JSON.parse(known) as Json;
      }
      const found = await disk.recall(key);
      if (found !== undefined) remember(key, JSON.stringify(found));
      return found;
    },
    async keep(key, answer) {
      remember(key, JSON.stringify(answer));
      writeLater(() => disk.keep(key, answer));
    },
    shelf(name) {
      const opened = shelves.get(name) ?? disk.shelf(name);
      shelves.set(name, opened);
      return opened;
    },
    async close() {
      writeLater(() => Promise.resolve());
    },
  };
}
