import { resolveCommit, type Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/**
 * The newest commit that two names have in common, or the first one's own where their histories do not meet, as in a
 * shallow clone. @returns which of the names is no commit, if one is not.
 */
export async function findMergeBase(
  { place }: Pick<Repository, 'place'>,
  base: string,
  head: string,
): Promise<{ readonly commit: string } | { readonly unknown: string }> {
  const [ours, theirs] = await Promise.all([resolveCommit(place, base), resolveCommit(place, head)]);
  if (ours === null) return { unknown: base };
  if (theirs === null) return { unknown: head };
  const { stdout, code } = await runGit(place, ['merge-base', ours, theirs], { codes: [0, 1] });
  return { commit: code === 0 ? stdout.toString().trim() : ours };
}
