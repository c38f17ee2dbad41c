/**
 * One thread that answers calls. A call that takes too long ends the thread, and all that wait for it are told so;
 * the next call gets a new one. So one bad file stalls nobody.
 */
import { Worker } from 'node:worker_threads';
import type { Answer, Ask } from './protocol.ts';
import { READY } from './worker-job.ts';
import type { Job, JobDone, Ready } from './worker-job.ts';

export interface LaneOptions {
  /** Module whose thread calls `serveJobs`. */
  readonly worker: URL;
  /** Milliseconds after which a call is given up. */
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
  /** Calls under way. */
  readonly busy: number;
  /** Ends the thread; what is under way is answered with `null`. */
  renew(): Promise<void>;
}

export function openLane({ worker: module, deadline, heap, onFailure }: LaneOptions): Lane {
  const waiting = new Map<number, (answer: Answer | null) => void>();
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
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  function abandon(): void {
    thread = null;
    for (const id of waiting.keys()) settle(id, null);
  }

  async function renew(): Promise<void> {
    const ended = thread;
    abandon();
    await ended?.terminate();
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
      thread ??= start();
      const job: Job = { id: (lastId += 1), ask };
      const asked = thread;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          onFailure(`a call took more than ${deadline} ms`);
          if (thread === asked) void renew();
        }, deadline);
        waiting.set(job.id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        asked.postMessage(job);
      });
    },
    get busy() {
      return waiting.size;
    },
    renew,
  };
}
