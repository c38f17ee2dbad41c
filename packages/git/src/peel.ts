import { BlobError, type BlobReader } from './blob-reader.ts';
import type { BroughtPlace } from './brought-blobs.ts';
import { parseObjectText } from './object-text.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { parseTreeEntries } from './tree-entries.ts';

/** The message of a commit or annotated tag. */
export interface Message {
  readonly kind: 'commit' | 'tag';
  /** Of the commit or tag; for a tag within a merge commit, of that commit. */
  readonly id: string;
  readonly text: Uint8Array;
}

export interface Peeled {
  readonly type: string;
  readonly id: string;
  /** Annotated tags on the way, outermost first. */
  readonly tags: readonly Message[];
}

/** What an object names in the end, through tags of tags. @throws BlobError */
export async function peel(blobs: BlobReader, id: string): Promise<Peeled> {
  const tags: Message[] = [];
  let at = id;
  for (;;) {
    const { type } = await blobs.look(at);
    if (type !== 'tag') return { type, id: at, tags };
    const { headers, message } = parseObjectText(await blobs.readObject(at));
    const next = headers.get('object');
    if (next === undefined) throw new BlobError(`tag ${at} names no object`);
    tags.push({ kind: 'tag', id: at, text: message });
    at = next;
  }
}

/** The blobs of a tree or blob that a ref names without a commit; a blob's path is then the ref. */
export async function listOutsideCommits(
  { place }: Repository,
  { type, id }: Pick<Peeled, 'type' | 'id'>,
  ref: string,
): Promise<{ readonly id: string; readonly place: BroughtPlace }[]> {
  const outside = { commit: null, before: [] };
  if (type === 'blob') return [{ id, place: { path: ref, mode: '100644', ...outside } }];
  const { stdout } = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', '--no-abbrev', id]);
  return parseTreeEntries(stdout).flatMap(({ path, mode, blob }) =>
    blob === null ? [] : [{ id: blob, place: { path, mode, ...outside } }],
  );
}
