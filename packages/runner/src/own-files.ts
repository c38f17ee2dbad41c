import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Call } from './command.ts';
import { reportOutputs } from './report-outputs.ts';

/**
 * The files that a call writes its reports to, or reads reports from: lying in the work tree untracked, they are no
 * part of what is judged.
 * @returns absolute paths, links in their folders resolved
 */
export async function ownFiles(
  { options, io }: Pick<Call, 'options' | 'io'>,
  read: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const written = reportOutputs(options).flatMap(({ file }) => (file === null ? [] : resolve(io.cwd, file)));
  const found = await Promise.all(
    [...written, ...read].map(async (file) => {
      const folder = await realpath(dirname(file)).catch(() => null);
      return folder === null ? [] : join(folder, basename(file));
    }),
  );
  return new Set(found.flat());
}
