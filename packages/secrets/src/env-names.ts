/** Which files are env files by their names. */
import { createRequire } from 'node:module';
import type Micromatch from 'micromatch';

/** The names taken for env files, as micromatch patterns over lower-case base names. */
export const DEFAULT_ENV_NAMES: readonly string[] = [
  '.env',
  '.env.*',
  '*.env',
  '.envrc',
  '.dev.vars',
  '.dev.vars.*',
];

/** Code, documentation and data that only happen to be called env: `.env.d.ts`, `.env.md`. */
const OTHER_KINDS =
  /\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml|md|mdx|txt|rst|html?|css|py|rb|go|rs|java|kt|php|sh|bash|zsh|ps1|gpg|age|asc|enc|lock|png|svg)$/;
const DEFAULT = /^(?:\.env(?:\..+)?|.*\.env|\.envrc|\.dev\.vars(?:\..+)?)$/;

export type EnvNames = (path: string) => boolean;

/**
 * A matcher for the given patterns: a pattern without a slash is about the base name, any other about the
 * whole path, in any case. The defaults need no matching library.
 */
export function createEnvNames(patterns: readonly string[] = DEFAULT_ENV_NAMES): EnvNames {
  if (patterns === DEFAULT_ENV_NAMES) return isDefaultEnvName;
  const micromatch = createRequire(import.meta.url)('micromatch') as typeof Micromatch;
  const options = { nocase: true, dot: true };
  const byName = patterns.filter((pattern) => !pattern.includes('/'));
  const byPath = patterns.filter((pattern) => pattern.includes('/'));
  return (path) =>
    micromatch.isMatch(baseName(path), byName, options) || micromatch.isMatch(path, byPath, options);
}

function isDefaultEnvName(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return name.includes('env') || name.includes('vars')
    ? DEFAULT.test(name) && !OTHER_KINDS.test(name)
    : false;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
