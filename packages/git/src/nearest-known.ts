import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/**
 * The commit nearest to a tip that is already known, to compare the tip with: where a new branch leaves what
 * the remote has. `null` where nothing that is known is related to it.
 */
export async function findNearestKnown(
  { place }: Pick<Repository, 'place'>,
  tip: string,
  known: readonly string[],
): Promise<string | null> {
  // A first push of many refs must not list the whole history for each.
  if (known.length === 0) return null;
  const input = [tip, ...known.map((id) => `^${id}`), ''].join('\n');
  const { stdout } = await runGit(place, ['rev-list', '--boundary', '--topo-order', '--stdin'], { input });
  const lines = stdout.toString('latin1').split('\n').slice(0, -1);
  // Boundary commits are marked; without a single new commit, the tip itself is known.
  if (lines.length === 0) return tip;
  return lines.find((line) => line.startsWith('-'))?.slice(1) ?? null;
}
