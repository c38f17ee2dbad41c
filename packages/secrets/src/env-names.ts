/** Which files are env files by their names. */
import { createRequire } from 'node:module';
import { UserError } from '@bulwark/model';
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
const DEFAULT = /^(?:\.env(?:\..*)?|.*\.env|\.envrc|\.dev\.vars(?:\..*)?)$/;

export type EnvNames = (path: string) => boolean;

/**
 * A matcher for the default names and further patterns, which are about the last name of a path, in any case. The
 * defaults need no matching library.
 * @throws UserError for a pattern about folders: whether a file is an env file must not hang on where it lies.
 */
export function createEnvNames(patterns: readonly string[] = []): EnvNames {
  if (patterns.length === 0) return isDefaultEnvName;
  const names = patterns.map((pattern) => pattern.replace(/^\*\*\//, ''));
  const odd = names.find((pattern) => pattern.includes('/'));
  if (odd !== undefined) {
    throw new UserError(`the env file pattern ${odd} names folders`, 'Name files only: ".env", "*.env".');
  }
  const micromatch = createRequire(import.meta.url)('micromatch') as typeof Micromatch;
  const isFurther = names.map((name) => micromatch.matcher(name, { nocase: true, dot: true }));
  return (path) => isDefaultEnvName(path) || isFurther.some((matches) => matches(baseName(path)));
}

function isDefaultEnvName(path: string): boolean {
  if (!MAY_BE_DEFAULT.test(path)) return false;
  const name = baseName(path).toLowerCase();
  return DEFAULT.test(name) && !OTHER_KINDS.test(name);
}

/** One look at the path tells nearly all others. */
const MAY_BE_DEFAULT = /\.(?:env|dev\.vars)[^/]*$/i;

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
