import { readFile } from 'node:fs/promises';

/**
 * A digest of all the code that gives answers, its dependencies included, as the build wrote it beside the bundle.
 * @returns null for source that is not built: it has no such name.
 */
export function readBuildId(): Promise<string | null> {
  return readFile(new URL('./build-id', import.meta.url), 'utf8').catch(() => null);
}
