import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createBatchParser, type BatchAnswer } from './batch-parser.ts';
import { couldNotStart, spawnGit, type GitPlace } from './run-git.ts';

/** Thrown for a request that a `cat-file` process left unanswered because it ended. */
export class BatchEnded extends Error {
  /** Whether this request was the next to be answered, and so may be why the process ended. */
  readonly wasNext: boolean;

  constructor(said: string, wasNext: boolean, options?: ErrorOptions) {
    super(said === '' ? 'git cat-file ended' : said, options);
    this.wasNext = wasNext;
  }
}

interface Waiting {
  resolve(answer: BatchAnswer): void;
  reject(error: Error): void;
}

/** One running `git cat-file --batch` or `--batch-check`. Requests are answered in the order asked. */
export class BatchProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  /** Where the queue starts; shifting an array of many thousands each time is slow. */
  #next = 0;
  #isOpen = true;
  #said = '';
  readonly #ended: Promise<void>;

  constructor(place: GitPlace, mode: '--batch' | '--batch-check') {
    this.#child = spawnGit(place, ['cat-file', mode]);
    const push = createBatchParser(mode === '--batch', (answer) => this.#take()?.resolve(answer));
    this.#child.stdout.on('data', push);
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-4096);
    });
    this.#child.stdin.on('error', () => {});
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#end(couldNotStart(error, place));
        resolve();
      });
      this.#child.once('close', () => {
        this.#end();
        resolve();
      });
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isIdle(): boolean {
    return this.#next === this.#waiting.length;
  }

  /** @throws BatchEnded if the process ends before it answers. */
  ask(id: string): Promise<BatchAnswer> {
    if (!this.#isOpen) return Promise.reject(new BatchEnded(this.#said, false));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${id}\n`);
    });
  }

  async close(): Promise<void> {
    this.#child.stdin.end();
    this.#child.kill();
    await this.#ended;
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting[this.#next];
    this.#next += 1;
    if (this.#next >= this.#waiting.length) {
      this.#waiting.length = 0;
      this.#next = 0;
    }
    return waiting;
  }

  #end(cause?: Error): void {
    this.#isOpen = false;
    let wasNext = true;
    while (!this.isIdle) {
      const options = cause === undefined ? {} : { cause };
      this.#take()?.reject(cause ?? new BatchEnded(this.#said.trim(), wasNext, options));
      wasNext = false;
    }
  }
}
