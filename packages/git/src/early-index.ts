/**
 * What a hook asks of git, asked before the rest of the program is loaded, so that git answers meanwhile. One shell
 * starts all four processes: starting one takes Node longer than it takes git to answer.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Readable } from 'node:stream';
import { gitEnvironment } from './git-environment.ts';
import { holdOpen } from './hold-open.ts';
import { GLOBAL_OPTIONS, LIST_INDEX, READ_OBJECTS, WHERE_AND_HEAD, diffIndexWords } from './questions.ts';

/** Answers under the assumption that the folder is the top of a work tree with a commit; `null` where git failed. */
export interface EarlyAnswers {
  readonly where: Promise<Buffer | null>;
  readonly listing: Promise<Buffer | null>;
  readonly diff: Promise<Buffer | null>;
  /** A `git cat-file` that waits to be asked. */
  readonly objects: ChildProcessWithoutNullStreams;
}

let asked: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly answers: EarlyAnswers } | null =
  null;

/** Starts asking; does nothing where there is no POSIX shell. Whoever never takes the answers need not wait for them. */
export function askEarly(cwd: string, env: NodeJS.ProcessEnv): void {
  if (process.platform === 'win32') return;
  const child = spawn('/bin/sh', ['-c', SCRIPT], {
    cwd,
    env: gitEnvironment(env),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const objects = child as unknown as ChildProcessWithoutNullStreams;
  // Without a shell the streams just end, and git is asked the ordinary way.
  child.on('error', () => {});
  const [where, listing, diff] = [3, 4, 5].map((fd) => collect(child.stdio[fd] as Readable));
  holdOpen(objects, false);
  asked = { cwd, env, answers: { where: where!, listing: listing!, diff: diff!, objects } };
}

/** What was asked early of this folder, once: a second question is about another moment. */
export function takeEarly(cwd: string, env: NodeJS.ProcessEnv): EarlyAnswers | null {
  if (asked?.cwd !== cwd || asked.env !== env) return null;
  const { answers } = asked;
  asked = null;
  holdOpen(answers.objects, true);
  return answers;
}

/** Each answer is followed by a line break, the exit code and a line break. A job in the background reads no input. */
const SCRIPT = [
  job(WHERE_AND_HEAD, 3),
  job(LIST_INDEX, 4),
  job(diffIndexWords('HEAD', 'invisible'), 5),
  `exec ${words(READ_OBJECTS)} 3>&- 4>&- 5>&-`,
].join('\n');

function job(args: readonly string[], fd: number): string {
  return `{ command ${words(args)} 2>/dev/null; printf '\\n%s\\n' "$?"; } >&${fd} 3>&- 4>&- 5>&- &`;
}

/** Every word is one of ours; none holds a quote. */
function words(args: readonly string[]): string {
  return ['git', ...GLOBAL_OPTIONS, ...args].map((word) => `'${word}'`).join(' ');
}

/** What git printed, if all of it came and git was content. */
function collect(stream: Readable): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('error', () => resolve(null));
    stream.on('close', () => resolve(withoutCode(Buffer.concat(pieces))));
  });
}

const CONTENT = '\n0\n';

function withoutCode(bytes: Buffer): Buffer | null {
  const end = bytes.length - CONTENT.length;
  return end >= 0 && bytes.toString('latin1', end) === CONTENT ? bytes.subarray(0, end) : null;
}
