/** The entry of the bundle: joins {@link run} to this process. */
import { run } from './run.ts';

/** A reader that went away changes no verdict (EPIPE); where else nothing can be written, a pass is none. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode ||= 2;
  });
}

/** Node leaves `isTTY` out, rather than false, where there is no terminal. */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

/** Loaded when a thread asks for it. */
export async function work(): Promise<void> {
  await (await import('./daemon/work.ts')).work();
}

export async function main(): Promise<void> {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  process.on('SIGINT', () => process.exit(130));
  const code = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    isTerminal: isTerminal(process.stdout),
    isErrorTerminal: isTerminal(process.stderr),
    isStdinTerminal: isTerminal(process.stdin),
  });
  process.exitCode = code || process.exitCode;
}
