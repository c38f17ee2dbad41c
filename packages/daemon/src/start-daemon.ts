import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStatus } from './client.ts';
import type { DaemonStatus } from './protocol.ts';

/** Milliseconds a daemon has to begin to listen. */
const START_WITHIN = 10_000;

/**
 * Starts a daemon in a session of its own, with none of our pipes, and waits until one answers, this or another.
 * @param command program and words that serve
 * @param env what it is started with; it keeps nothing of git's
 * @returns null where none came to answer in time.
 */
export async function startDaemon(
  folder: string,
  [program, ...words]: readonly [string, ...string[]],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<DaemonStatus | null> {
  const running = await askStatus(folder);
  if (running !== null) return running;
  const child = spawn(program, words, { cwd, env: withoutGit(env), detached: true, stdio: 'ignore' });
  let hasEnded = false;
  child.on('exit', () => (hasEnded = true));
  child.on('error', () => (hasEnded = true));
  child.unref();
  const started = performance.now();
  for (let wait = 20; performance.now() - started < START_WITHIN; wait = Math.min(wait * 1.5, 250)) {
    await sleep(wait);
    // One that has ended may have found another listening.
    const wasOver = hasEnded;
    const status = await askStatus(folder);
    if (status !== null || wasOver) return status;
  }
  return null;
}

/** A daemon outlives the hook that started it, and so must not see that hook's index or repository. */
function withoutGit(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}
