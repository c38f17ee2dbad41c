import { UserError } from '@bulwark/model';
import type { Io } from '../io.ts';

/**
 * Whether git started this process: a hook of any kind, an alias, `rebase --exec`.
 *
 * Git sets `GIT_EXEC_PATH` and `GIT_PREFIX` for everything it starts, and `GIT_INDEX_FILE` for the hooks of a commit; a shell has none of them. `GIT_PREFIX` is set though it is often
 * empty. Seen with git 2.39; git(1) and githooks(5) name the variables.
 */
export function isUnderGit({ env }: Pick<Io, 'env'>): boolean {
  const isStartedByGit = env['GIT_EXEC_PATH'] !== undefined && env['GIT_PREFIX'] !== undefined;
  return isStartedByGit || env['GIT_INDEX_FILE'] !== undefined;
}

/**
 * Nothing writes to the work tree while git is at work: a hook judges, it does not change what is being committed.
 * @throws UserError where git started this process
 */
export function refuseUnderGit(what: string, { env }: Pick<Io, 'env'>): void {
  if (!isUnderGit({ env })) return;
  throw new UserError(
    `bulwark ${what} never runs inside a hook, or anything else that git starts: it writes to the work tree.`,
    `Run it in a shell, look at what it did, and commit. (GIT_INDEX_FILE, or GIT_EXEC_PATH and GIT_PREFIX, are set.)`,
  );
}
