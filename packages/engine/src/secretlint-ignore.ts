/** The repository's own `.secretlintignore`: files it names are not searched for secrets; all else about them is judged. */
import { createRequire } from 'node:module';
import type { Ignore, Options } from 'ignore';
import type { FileFacts } from '@bulwark/model';

export const SECRETLINT_IGNORE = '.secretlintignore';

/** Whether a path is named. */
export type IgnoresSecrets = (path: string) => boolean;

/** @param text gitignore syntax (gitignore(5)), or `null` where there is no such file. */
export function createIgnoresSecrets(text: string | null): IgnoresSecrets {
  if (text === null || text.trim() === '') return () => false;
  // Loaded where there is such a file, and only there.
  const ignore = createRequire(import.meta.url)('ignore') as (options?: Options) => Ignore;
  const rules = ignore({ ignorecase: false }).add(text);
  return (path) => rules.ignores(path);
}

export function withoutSecrets(facts: FileFacts): FileFacts {
  return { ...facts, secrets: [] };
}

export const IGNORED_REASON = `not searched for secrets: ignored by ${SECRETLINT_IGNORE}`;
