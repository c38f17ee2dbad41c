import { realpath } from 'node:fs/promises';
import { findRepository } from '@bulwark/git';
import { UserError } from '@bulwark/model';
import type { Io } from '../io.ts';

/**
 * Where the paths of a report begin: the top of the work tree, or without a repository the folder itself.
 * @throws UserError where there is no work tree
 */
export async function workTreeTop({ cwd, env }: Pick<Io, 'cwd' | 'env'>): Promise<string> {
  const repository = await findRepository(cwd, env);
  if (repository === null) return realpath(cwd);
  if (repository.topLevel !== null) return repository.topLevel;
  throw new UserError('There is no work tree here to write to.', 'Run it in a clone with a work tree.');
}
