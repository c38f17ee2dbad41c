import { UserError } from '@bulwark/model';
import type { Io } from '../io.ts';

/**
 * Nothing writes to the work tree while git is at work: a hook judges, it does not change what is being committed.
 *
 * Git sets `GIT_EXEC_PATH` and `GIT_PREFIX` for everything it starts (hooks of every kind, aliases, `rebase --exec`),
 * and `GIT_INDEX_FILE` for the hooks of a commit; a shell has none of them. `GIT_PREFIX` is set though it is often
 * empty. Seen with git 2.39; git(1) and githooks(5) name the variables.
 *
 * @throws UserError where git started this process
 */
export function refuseUnderGit(what: string, { env }: Pick<Io, 'env'>): void {
  const isStartedByGit = env['GIT_EXEC_PATH'] !== undefined && env['GIT_PREFIX'] !== undefined;
  if (!isStartedByGit && env['GIT_INDEX_FILE'] === undefined) return;
  throw new UserError(
    `bulwark ${what} never runs inside a hook, or anything else that git starts: it writes to the work tree.`,
    `Run it in a shell, look at what it did, and commit. (GIT_INDEX_FILE, or GIT_EXEC_PATH and GIT_PREFIX, are set.)`,
  );
}
