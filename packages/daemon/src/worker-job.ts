import type { Answer, Ask } from './protocol.ts';

/** What the daemon sends to a worker. */
export interface Job {
  readonly id: number;
  readonly ask: Ask;
}

/** What comes back; `null` where the call threw. */
export interface JobDone {
  readonly id: number;
  readonly answer: Answer | null;
  /** What was thrown, in words. */
  readonly failure?: string;
}

/** The first word of a thread. */
export const READY = 'ready';
export type Ready = typeof READY;
