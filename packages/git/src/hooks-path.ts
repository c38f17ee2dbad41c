import { runGit } from './run-git.ts';
import type { Repository } from './repository.ts';

/** Sets `core.hooksPath` for this repository alone. */
export async function setHooksPath({ place }: Pick<Repository, 'place'>, folder: string): Promise<void> {
  await runGit(place, ['config', '--local', 'core.hooksPath', folder]);
}

/** Takes `core.hooksPath` of this repository back, if it is this folder. Not being there is fine. */
export async function unsetHooksPath({ place }: Pick<Repository, 'place'>, folder: string): Promise<void> {
  const { code, stdout } = await runGit(place, ['config', '--local', '--get', 'core.hooksPath'], {
    codes: [0, 1],
  });
  if (code !== 0 || stdout.toString().replace(/\n$/, '') !== folder) return;
  await runGit(place, ['config', '--local', '--unset', 'core.hooksPath']);
}
