import { readFileSync } from 'node:fs';

/**
 * A digest of all the code that gives answers, its dependencies included, as the build wrote it beside the bundle.
 * @returns null for source that is not built: it has no such name.
 */
export function readBuildId(): string | null {
  try {
    return readFileSync(new URL('./build-id', import.meta.url), 'utf8');
  } catch {
    return null;
  }
}
