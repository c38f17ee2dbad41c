/** What a lock file says of one package, as far as Nx can name it in a hash. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from './find-apps.ts';

export const LOCK_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
] as const;

export interface Locks {
  /** Lock files at the workspace root. */
  readonly files: readonly string[];
  /** Whether Nx has exactly one node `npm:<name>`, and every app gets that version. */
  has(name: string): boolean;
  /** Whether the package is one of this workspace's own. */
  links(name: string): boolean;
}

/**
 * Patterns whose first group is a version of the package, by lock file. Such files have megabytes: none may try
 * something at every quote.
 */
const VERSIONS: Readonly<Record<string, (name: string) => RegExp>> = {
  'package-lock.json': (name) => new RegExp(String.raw`["/]node_modules/${name}": \{([^}]*)`, 'g'),
  'pnpm-lock.yaml': (name) => new RegExp(String.raw`^ {2}'?/?${name}[@/]([^('":\n]+)`, 'gm'),
  'yarn.lock': (name) => new RegExp(String.raw`^"?${name}@[^\n]*:\r?\n\s+version:?\s+"?([^"\s]+)`, 'gm'),
};

/** Opens what locks the packages of a workspace. With several lock files side by side, which one counts is not asked. */
export function openLocks(workspaceRoot: string): Locks {
  const files = LOCK_FILES.filter((name) => existsSync(join(workspaceRoot, name)));
  const only = files.length === 1 ? files[0]! : null;
  const pattern = only === null ? undefined : VERSIONS[only];
  let text: string | undefined;
  const find = (name: string): readonly string[] => {
    if (!pattern) return [];
    text ??= readIfThere(join(workspaceRoot, only!));
    return [...text.matchAll(pattern(name))].map(([, found]) => found!);
  };
  return {
    files,
    has(name) {
      const versions = new Set(find(name).map(only === 'package-lock.json' ? npmVersion : (found) => found));
      return versions.size === 1 && /^\d/.test([...versions][0]!);
    },
    links: (name) =>
      only === 'package-lock.json' && find(name).some((entry) => entry.includes('"link": true')),
  };
}

/** `"version": "1.6.7"` of an entry that is no link and no alias; `""` for any other. */
function npmVersion(entry: string): string {
  return /"(?:link|name)":/.test(entry) ? '' : (/"version": "([^"]+)"/.exec(entry)?.[1] ?? '');
}
