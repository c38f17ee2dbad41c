import { serveJobs } from '@bulwark/daemon';
import { createAnswerer } from './answer-call.ts';
import { warmUp } from './warm-up.ts';

/** The thread behind a daemon: answers until it is ended. */
export function work(): Promise<void> {
  return serveJobs(createAnswerer(), warmUp);
}
