import { baseName } from './env-names.ts';

/**
 * The part of a path that can decide a verdict. Two files with the same bytes and the same class have the
 * same secrets and are env files alike, so (blob, class) is the key of what is remembered.
 */
export function pathClass(path: string): string {
  return baseName(path).toLowerCase();
}
