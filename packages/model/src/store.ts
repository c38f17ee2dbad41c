import type { Json } from './json.ts';

/** Remembers answers by what they are a function of. Never holds a secret. */
export interface Store {
  /** The remembered answer, or the computed one, which is remembered. A broken entry is a miss. */
  remember<T extends Json>(key: string, compute: () => Promise<T>): Promise<T>;
}

/** A store that remembers nothing. */
export const noStore: Store = { remember: (_key, compute) => compute() };
