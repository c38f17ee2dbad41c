import { UserError, fingerprint } from '@bulwark/model';
import { openBlobReader } from './blob-reader.ts';
import { BroughtBlobs, type BroughtBlob } from './brought-blobs.ts';
import { listBroughtBy } from './list-brought.ts';
import { dateOf, parseObjectText } from './object-text.ts';
import { listOutsideCommits, peel } from './peel.ts';
import type { Repository } from './repository.ts';
import { runGit, type GitPlace } from './run-git.ts';

/** A range of commits, and a way to what they brought. */
export interface History {
  /** Each before those built upon it. */
  readonly commits: readonly string[];
  /** Two histories of one key brought the same: it names the commits, their parents, and what tags name beside them. */
  readonly key: string;
  /**
   * Every blob that was brought, with each path it was brought to, without sizes; `streamBlobs` reads them.
   * @throws GitError if a tree is missing.
   */
  listBlobs(): Promise<readonly BroughtBlob[]>;
}

/**
 * @param range revisions as `git rev-list` takes them (`v1..v2`, `main ^next`); every ref and HEAD if left out.
 * @throws GitError if a commit is missing. @throws UserError for a range that is none.
 */
export async function findHistory(repository: Repository, range?: string): Promise<History> {
  const { place } = repository;
  const [lines, odd] = await Promise.all([
    walk(place, range === undefined ? '' : `${readRange(range).join('\n')}\n`, range === undefined),
    range === undefined ? listOddRefs(place) : [],
  ]);
  const commits = lines.map((line) => line.slice(0, /$| /.exec(line)!.index));
  return {
    commits,
    key: fingerprint(lines.join('\n'), odd.join('\n')),
    async listBlobs() {
      const brought = new BroughtBlobs();
      for await (const records of listBroughtBy(place, commits))
        for (const record of records) if (record.kind !== 'commit') brought.add(record.id, record.place);
      await addTagged(repository, odd, brought);
      return brought.list(new Map());
    },
  };
}

/** A line for each commit: its id, and those of its parents. */
async function walk(place: GitPlace, input: string, ofAll: boolean): Promise<string[]> {
  const args = ['rev-list', '--topo-order', '--reverse', '--parents', ...(ofAll ? ['--all'] : []), '--stdin'];
  const { stdout } = await runGit(place, args, { input });
  return stdout.toString('latin1').split('\n').slice(0, -1);
}

/** The dates of commits by their authors, in UTC; `null` where a commit holds none. @throws BlobError */
export async function readAuthorDates(
  repository: Repository,
  commits: Iterable<string>,
): Promise<ReadonlyMap<string, string | null>> {
  const blobs = openBlobReader(repository.place);
  try {
    const dates = [...new Set(commits)].map(async (id) => {
      const { headers } = parseObjectText(await blobs.readObject(id));
      return [id, dateOf(headers.get('author'))] as const;
    });
    return new Map(await Promise.all(dates));
  } finally {
    await blobs.close();
  }
}

/** @throws UserError for anything that git would take for an option. */
function readRange(range: string): string[] {
  const revisions = range.split(/\s+/).filter((revision) => revision !== '');
  if (revisions.length > 0 && revisions.every((revision) => !revision.startsWith('-'))) return revisions;
  throw new UserError(
    `${JSON.stringify(range)} is no range of commits`,
    'Name commits as for `git rev-list`: `main`, `v1..v2`.',
  );
}

/** Lines of `<id> <types> <ref>` for the refs that name something else than a commit. */
async function listOddRefs(place: GitPlace): Promise<string[]> {
  const args = ['for-each-ref', '--format=%(objectname) %(objecttype)%(*objecttype) %(refname)'];
  const lines = (await runGit(place, args)).stdout.toString('utf8').split('\n').slice(0, -1);
  return lines.filter((line) => !/^\S+ (?:tag)?commit /.test(line));
}

async function addTagged(
  repository: Repository,
  odd: readonly string[],
  brought: BroughtBlobs,
): Promise<void> {
  if (odd.length === 0) return;
  const blobs = openBlobReader(repository.place);
  try {
    for (const [id = '', , ref = ''] of odd.map((line) => line.split(' '))) {
      const target = await peel(blobs, id);
      if (target.type === 'commit') continue;
      for (const { id, place } of await listOutsideCommits(repository, target, ref)) brought.add(id, place);
    }
  } finally {
    await blobs.close();
  }
}
