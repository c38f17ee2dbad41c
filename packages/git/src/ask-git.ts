import { GitError } from './git-error.ts';
import type { GitPlace } from './run-git.ts';

/** What any program needs to start; simple-git refuses an environment that names editors, pagers and the like. */
const PLAIN = new Set(['PATH', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SystemRoot', 'LC_ALL']);

/**
 * The text of a small answer (configuration, names, versions) through simple-git, which is loaded only when
 * such a question comes up: a commit is judged without any.
 * @returns '' where git exits with a code and says nothing, as `git config --get` does for an unset key.
 * @throws GitError with git's words.
 */
export async function askGit({ cwd, env }: GitPlace, args: readonly string[]): Promise<string> {
  const { simpleGit } = await import('simple-git');
  const kept = Object.entries(env).filter(([name]) => PLAIN.has(name) || name.startsWith('GIT_'));
  const git = simpleGit({
    baseDir: cwd,
    // It takes the `GIT_*` of a hook away unless each is named, and would ask the wrong index and repository.
    allowEnvironment: kept.map(([name]) => name),
    // These three come from whoever started us, as git itself would have taken them.
    unsafe: { allowUnsafeConfigPaths: true, allowUnsafeConfigEnvCount: true, allowUnsafeExec: true },
    errors: (error, { exitCode, stdErr }) => {
      const said = Buffer.concat(stdErr).toString();
      return exitCode !== 0 && said !== '' ? new GitError(args, exitCode, said) : error;
    },
  });
  return await git.env(Object.fromEntries(kept)).raw([...args]);
}
