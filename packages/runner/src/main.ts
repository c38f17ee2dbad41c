/** The entry of the bundle: joins {@link run} to this process. */
import { isatty } from 'node:tty';
import { run } from './run.ts';

/** A reader that went away changes no verdict (EPIPE); where else nothing can be written, a pass is none. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode ||= 2;
  });
}

let isErrorOpen = false;

/** Streams are made where they are used: each costs a commit more than a look at a terminal. */
function errors(): NodeJS.WriteStream {
  if (!isErrorOpen) ignoreClosedPipe(process.stderr);
  isErrorOpen = true;
  return process.stderr;
}

/** Loaded when a thread asks for it. */
export async function work(): Promise<void> {
  await (await import('./daemon/work.ts')).work();
}

export async function main(): Promise<void> {
  ignoreClosedPipe(process.stdout);
  process.on('SIGINT', () => process.exit(130));
  const code = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    get stdin() {
      return process.stdin;
    },
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void errors().write(text),
    isTerminal: isatty(1),
    isErrorTerminal: isatty(2),
    isStdinTerminal: isatty(0),
  });
  process.exitCode = code || process.exitCode;
}
