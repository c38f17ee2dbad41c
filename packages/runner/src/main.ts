/** The entry of the bundle: joins {@link run} to this process. */
import { run } from './run.ts';

/** A reader that went away changes no verdict (EPIPE); any other failure to write is said by the exit code. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 2;
  });
}

export async function main(): Promise<void> {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  process.on('SIGINT', () => process.exit(130));
  process.exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY,
    isErrorTerminal: process.stderr.isTTY,
    isStdinTerminal: process.stdin.isTTY,
  });
}
