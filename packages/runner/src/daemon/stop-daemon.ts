import { setTimeout as sleep } from 'node:timers/promises';
import { askToStop } from '@bulwark/daemon';
import { UserError } from '@bulwark/model';

/** Milliseconds a daemon has to end. */
const END_WITHIN = 5000;

/** @returns its process; null where none answered. @throws UserError if it does not end. */
export async function stopDaemon(folder: string): Promise<number | null> {
  const pid = await askToStop(folder);
  if (pid === null) return null;
  const began = performance.now();
  while (isRunning(pid)) {
    if (performance.now() - began > END_WITHIN)
      throw new UserError(
        `The daemon (process ${pid}) was told to end and has not.`,
        `End it by: kill ${pid}`,
      );
    await sleep(20);
  }
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
