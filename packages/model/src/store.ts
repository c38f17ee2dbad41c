import type { Json } from './json.ts';

/**
 * Remembers answers by what they are a function of, so that nothing in it can be stale. It may forget at any
 * time: a broken, torn or foreign entry is a miss, and failing to remember is no error. Never holds a secret.
 */
export interface Store {
  /** The remembered answer, as it was; `undefined` where there is none. */
  recall(key: string): Promise<Json | undefined>;
  keep(key: string, answer: Json): Promise<void>;
  /** Many small answers that are loaded together; one name always gives the same shelf. */
  shelf(name: string): Promise<Shelf>;
  /** Writes what the shelves gained. */
  close(): Promise<void>;
}

/** Small answers by the thousand. */
export interface Shelf {
  get(key: string): Json | undefined;
  /** Remembered when the store is closed. */
  set(key: string, answer: Json): void;
}

const emptyShelf: Shelf = { get: () => undefined, set: () => {} };

/** A store that remembers nothing. */
export const noStore: Store = {
  recall: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
  shelf: () => Promise.resolve(emptyShelf),
  close: () => Promise.resolve(),
};

/** A store in memory: for tests, and for a process that is asked more than once. */
export function createMemoryStore(): Store {
  const answers = new Map<string, string>();
  const shelves = new Map<string, Map<string, string>>();
  const parse = (text: string | undefined): Json | undefined =>
    text === undefined ? undefined : (JSON.parse(text) as Json);
  return {
    recall: (key) => Promise.resolve(parse(answers.get(key))),
    keep: (key, answer) => Promise.resolve(void answers.set(key, JSON.stringify(answer))),
    shelf(name) {
      const kept = shelves.get(name) ?? new Map<string, string>();
      shelves.set(name, kept);
      return Promise.resolve({
        get: (key: string) => parse(kept.get(key)),
        set: (key: string, answer: Json) => void kept.set(key, JSON.stringify(answer)),
      });
    },
    close: () => Promise.resolve(),
  };
}
