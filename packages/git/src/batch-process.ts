import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createBatchParser, type BatchAnswer } from './batch-parser.ts';
import { holdOpen } from './hold-open.ts';
import { READ_OBJECTS } from './questions.ts';
import { couldNotStart, spawnGit, type GitPlace } from './run-git.ts';

/** `info` is the first line of `contents`: what kind of object it is, and how many bytes. */
export type Question = 'info' | 'contents';

/**
 * How a `cat-file` is spoken to. `batch-command` (git 2.36) answers both questions and writes when told to
 * flush, so that many answers come in few pieces; the older two know one question each and write at once.
 */
export type Dialect = 'batch-command' | 'batch' | 'batch-check';

/** Thrown for a request that a `cat-file` process left unanswered because it ended. */
export class BatchEnded extends Error {
  /** Whether this request was the next to be answered, and so may be why the process ended. */
  readonly wasNext: boolean;

  constructor(said: string, wasNext: boolean) {
    super(said === '' ? 'git cat-file ended' : said);
    this.wasNext = wasNext;
  }
}

interface Waiting {
  readonly question: Question;
  resolve(answer: BatchAnswer): void;
  reject(error: Error): void;
}

/** One running `git cat-file`. Requests are answered in the order asked. */
export class BatchProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #dialect: Dialect;
  readonly #waiting: Waiting[] = [];
  /** Where the queue starts; shifting an array of many thousands each time is slow. */
  #next = 0;
  #unsent = '';
  #isOpen = true;
  #said = '';

  /** @param child runs already, if it is given */
  constructor(place: GitPlace, dialect: Dialect, child?: ChildProcessWithoutNullStreams) {
    this.#dialect = dialect;
    const words = dialect === 'batch-command' ? READ_OBJECTS : ['cat-file', `--${dialect}`];
    this.#child = child ?? spawnGit(place, words);
    const push = createBatchParser(
      () => this.#waiting[this.#next]?.question === 'contents',
      (answer) => this.#take()?.resolve(answer),
    );
    this.#child.stdout.on('data', push);
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-4096);
    });
    // Git may end before it has read everything; its end is what tells.
    this.#child.stdin.on('error', () => {});
    this.#child.once('error', (error) => this.#end(couldNotStart(error, place)));
    this.#child.once('close', () => this.#end());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @throws BatchEnded if the process ends before it answers. */
  ask(question: Question, id: string): Promise<BatchAnswer> {
    if (!this.#isOpen) return Promise.reject(new BatchEnded(this.#said, false));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      // What is asked in one turn is sent in one piece.
      if (this.#unsent === '') queueMicrotask(() => this.#send());
      this.#unsent += this.#dialect === 'batch-command' ? `${question} ${id}\n` : `${id}\n`;
    });
  }

  /** Tells the process to end; nobody need wait until it has. */
  close(): void {
    this.#child.stdin.end();
    this.#child.kill();
    holdOpen(this.#child, false);
  }

  #send(): void {
    this.#child.stdin.write(this.#dialect === 'batch-command' ? `${this.#unsent}flush\n` : this.#unsent);
    this.#unsent = '';
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
    while (this.#next < this.#waiting.length) {
      this.#take()?.reject(cause ?? new BatchEnded(this.#said.trim(), wasNext));
      wasNext = false;
    }
  }
}
