import { baseName } from './env-names.ts';
import { isExamplePath } from './example-path.ts';

/**
 * The part of a path that can decide a verdict: its last name, and whether it lies among tests, examples or
 * documentation. Two files with the same bytes and the same class have the same secrets and are env files alike, so
 * (blob, class) is the key of what is remembered.
 */
export function pathClass(path: string): string {
  return `${isExamplePath(path) ? 'fixture' : 'plain'}/${baseName(path)}`;
}
