import { UserError } from '@bulwark/model';
import type { Io } from '../io.ts';
import { isUnderGit } from '../work-tree/refuse-under-git.ts';

/** @throws UserError where git started this process: a hook would run what the change brings. */
export function refuseTrial(io: Pick<Io, 'env' | 'daemon'>): void {
  if (io.daemon) throw new UserError('Code that is not committed is run by each check for itself.');
  if (!isUnderGit(io)) return;
  throw new UserError(
    '--try-plugins never runs inside a hook, or anything else that git starts: it runs code that is not committed.',
    'Run it in a shell.',
  );
}
