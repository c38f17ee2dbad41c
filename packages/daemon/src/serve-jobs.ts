import { parentPort } from 'node:worker_threads';
import { messageOf } from '@bulwark/model';
import type { Answer, Ask } from './protocol.ts';
import { READY } from './worker-job.ts';
import type { Job, JobDone } from './worker-job.ts';

/**
 * The worker's side of a lane: answers whatever the daemon sends to this thread.
 * @param warmUp is done before the first answer @throws outside a worker.
 */
export async function serveJobs(
  answerOf: (ask: Ask) => Promise<Answer>,
  warmUp: () => Promise<void>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('there is no daemon behind this thread');
  await warmUp();
  port.postMessage(READY);
  port.on('message', (job: Job) => void answer(job));

  async function answer({ id, ask }: Job): Promise<void> {
    try {
      post({ id, answer: await answerOf(ask) });
    } catch (error) {
      post({ id, answer: null, failure: messageOf(error) });
    }
  }

  function post(done: JobDone): void {
    port!.postMessage(done);
  }
}
