import type { FileRef } from '@bulwark/model';
import { BlobError, type BlobReader } from './blob-reader.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/**
 * The files with their sizes filled in, so that large ones need not be read to be refused. Where an object
 * is missing its size stays unknown; reading the file then says so.
 */
export async function measure(
  repository: Pick<Repository, 'place'>,
  files: readonly FileRef[],
  isWanted: (file: FileRef) => boolean = () => true,
): Promise<readonly FileRef[]> {
  const unknown = files.filter((file) => file.size === null && isWanted(file));
  const sizes = await measureIds(
    repository,
    unknown.flatMap(({ blob }) => blob ?? []),
  );
  return withSizes(files, sizes);
}

/** The same through a reader that will be asked for the bytes as well, so that no process is started for it. */
export async function measureSome(
  repository: Pick<Repository, 'place'>,
  blobs: BlobReader,
  files: readonly FileRef[],
  isWanted: (file: FileRef) => boolean,
): Promise<readonly FileRef[]> {
  const ids = new Set(
    files.filter(isWanted).flatMap(({ blob, size }) => (size === null ? (blob ?? []) : [])),
  );
  try {
    const looks = [...ids].map(async (id) => [id, (await blobs.look(id)).size] as const);
    return withSizes(files, new Map(await Promise.all(looks)));
  } catch (error) {
    // One that is missing ends the process in some clones; the other way goes round it.
    if (error instanceof BlobError) return measure(repository, files, isWanted);
    throw error;
  }
}

function withSizes(files: readonly FileRef[], sizes: ReadonlyMap<string, number>): readonly FileRef[] {
  if (sizes.size === 0) return files;
  return files.map((file) =>
    file.size === null && file.blob !== null ? { ...file, size: sizes.get(file.blob) ?? null } : file,
  );
}

/** Bytes of each object, by id; without those that are missing. */
export async function measureIds(
  { place }: Pick<Repository, 'place'>,
  list: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const ids = new Set(list);
  if (ids.size === 0) return sizes;
  const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'];
  // 128: git ends at an object that a partial clone lacks.
  const { stdout } = await runGit(place, args, { input: [...ids, ''].join('\n'), codes: [0, 128] });
  for (const line of stdout.toString('latin1').split('\n')) {
    const [id, size] = line.split(' ');
    if (id !== undefined && size !== undefined && /^\d+$/.test(size)) sizes.set(id, Number(size));
  }
  return sizes;
}
