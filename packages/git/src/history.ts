import { UserError } from '@bulwark/model';
import { askGit } from './ask-git.ts';
import { openBlobReader } from './blob-reader.ts';
import { BroughtBlobs, type BroughtBlob } from './brought-blobs.ts';
import { listBrought } from './list-brought.ts';
import { measureIds } from './measure.ts';
import { dateOf, parseObjectText } from './object-text.ts';
import { listOutsideCommits, peel } from './peel.ts';
import type { Repository } from './repository.ts';

/** What a range of commits brought. */
export interface History {
  /** Each before those built upon it. */
  readonly commits: readonly string[];
  readonly blobs: readonly BroughtBlob[];
}

/**
 * Every blob that was brought in a range of commits, with each path it was brought to; `streamBlobs` reads them.
 * @param range revisions as `git rev-list` takes them (`v1..v2`, `main ^next`); every ref and HEAD if left out.
 * @throws GitError if a commit or tree is missing. @throws UserError for a range that is none.
 */
export async function findHistory(repository: Repository, range?: string): Promise<History> {
  const revisions =
    range === undefined ? { stdin: [], args: ['--all'] } : { stdin: readRange(range), args: [] };
  const commits: string[] = [];
  const brought = new BroughtBlobs();
  for await (const records of listBrought(repository.place, revisions)) {
    for (const record of records) {
      if (record.kind === 'commit') commits.push(record.commit);
      else brought.add(record.id, record.place);
    }
  }
  if (range === undefined) await addTagged(repository, brought);
  return { commits, blobs: brought.list(await measureIds(repository, brought.ids)) };
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

/** Adds what refs name that is no commit. */
async function addTagged(repository: Repository, brought: BroughtBlobs): Promise<void> {
  const refs = await askGit(repository.place, [
    'for-each-ref',
    '--format=%(objectname) %(objecttype)%(*objecttype) %(refname)',
  ]);
  const odd = refs
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, types]) => types !== undefined && types !== 'commit' && types !== 'tagcommit');
  if (odd.length === 0) return;
  const blobs = openBlobReader(repository.place);
  try {
    for (const [id = '', , ref = ''] of odd) {
      const target = await peel(blobs, id);
      if (target.type === 'commit') continue;
      for (const { id, place } of await listOutsideCommits(repository, target, ref)) brought.add(id, place);
    }
  } finally {
    await blobs.close();
  }
}
