import type { FileRef } from '@bulwark/model';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/**
 * The files with their sizes filled in, so that large ones need not be read to be refused. Where an object
 * is missing its size stays unknown; reading the file then says so.
 */
export async function measure(
  { place }: Pick<Repository, 'place'>,
  files: readonly FileRef[],
  isWanted: (file: FileRef) => boolean = () => true,
): Promise<readonly FileRef[]> {
  const unknown = files.filter((file) => file.size === null && isWanted(file));
  const ids = new Set(unknown.flatMap(({ blob }) => blob ?? []));
  if (ids.size === 0) return files;
  const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'];
  // 128: git ends at an object that a partial clone lacks.
  const { stdout } = await runGit(place, args, { input: [...ids, ''].join('\n'), codes: [0, 128] });
  const sizes = new Map<string, number>();
  for (const line of stdout.toString('latin1').split('\n')) {
    const [id, size] = line.split(' ');
    if (id !== undefined && size !== undefined && /^\d+$/.test(size)) sizes.set(id, Number(size));
  }
  return files.map((file) =>
    file.size === null && file.blob !== null ? { ...file, size: sizes.get(file.blob) ?? null } : file,
  );
}
