/**
 * One thread that answers calls, few at a time and in their order: were all of a crowd begun at once, each would wait
 * for all, and none be answered while its asker still listens. A call that takes too long ends the thread, and all
 * that are under way are told so; the next call gets a new one. So one bad file stalls nobody.
 */
import { Worker } from 'node:worker_threads';
import type { Answer, Ask } from './protocol.ts';
import { READY } from './worker-job.ts';
import type { Job, JobDone, Ready } from './worker-job.ts';

export interface LaneOptions {
  /** Module whose thread calls `serveJobs`. */
  readonly worker: URL;
  /** Calls that the thread has at a time; while one waits for git, another can be thought about. */
  readonly atOnce: number;
  /** Milliseconds until a call whose turn has not come is answered with `null`. */
  readonly patience: number;
  /** Milliseconds after which a call that was begun is given up. */
  readonly deadline: number;
  /** Megabytes of JavaScript objects, beyond which the thread ends. */
  readonly heap: number;
  readonly onFailure: (what: string) => void;
}

export interface Lane {
  /** Starts the thread and waits until it is ready to answer, or has failed. */
  prepare(): Promise<void>;
  /** `null`: it could not be answered. Never rejects. */
  answer(ask: Ask): Promise<Answer | null>;
  /** Calls under way, and those that wait for their turn. */
  readonly busy: number;
  /** Ends the thread; what is under way is answered with `null`, what waits gets a new thread. */
  renew(): Promise<void>;
}

type Settle = (answer: Answer | null) => void;

export function openLane(options: LaneOptions): Lane {
  const { worker: module, atOnce, patience, deadline, heap, onFailure } = options;
  const begun = new Map<number, Settle>();
  /** In the order they came. */
  const waiting = new Map<Ask, Settle>();
  let thread: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(module, {
      // What it needs of anybody's environment comes with each call.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 48 },
      stdout: true,
      stderr: true,
    });
    started.stdout.resume();
    started.stderr.resume();
    started.unref();
    started.on('message', (said: JobDone | Ready) => {
      if (said === READY) return;
      if (said.failure !== undefined) onFailure(`a call failed: ${said.failure}`);
      settle(said.id, said.answer);
    });
    started.on('error', (error) => onFailure(`a thread failed: ${error.message}`));
    started.on('exit', () => {
      if (thread === started) abandon();
    });
    return started;
  }

  function settle(id: number, answer: Answer | null): void {
    begun.get(id)?.(answer);
    begun.delete(id);
    beginNext();
  }

  function abandon(): void {
    thread = null;
    const ended = [...begun.values()];
    begun.clear();
    for (const told of ended) told(null);
    beginNext();
  }

  async function renew(): Promise<void> {
    const ended = thread;
    abandon();
    await ended?.terminate();
  }

  function beginNext(): void {
    for (const [ask, told] of waiting) {
      if (begun.size >= atOnce) return;
      waiting.delete(ask);
      begin(ask, told);
    }
  }

  function begin(ask: Ask, told: Settle): void {
    thread ??= start();
    const job: Job = { id: (lastId += 1), ask };
    const asked = thread;
    const timer = setTimeout(() => {
      onFailure(`a call took more than ${deadline} ms`);
      if (thread === asked) void renew();
    }, deadline);
    begun.set(job.id, (answer) => {
      clearTimeout(timer);
      told(answer);
    });
    asked.postMessage(job);
  }

  return {
    async prepare() {
      thread ??= start();
      const started = thread;
      await new Promise<void>((resolve) => {
        started.once('message', () => resolve());
        started.once('exit', () => resolve());
      });
    },
    answer(ask) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          if (waiting.delete(ask)) resolve(null);
        }, patience);
        waiting.set(ask, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        beginNext();
      });
    },
    get busy() {
      return begun.size + waiting.size;
    },
    renew,
  };
}
