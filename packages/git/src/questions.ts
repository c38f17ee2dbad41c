/** The words of what every hook asks git, for the two ways of asking it. */

/**
 * Settings that hold for every call: no pager, no background process or hook of the repository's
 * choosing (`core.fsmonitor` may name a program), no locks.
 */
export const GLOBAL_OPTIONS = ['--no-pager', '--no-optional-locks', '-c', 'core.fsmonitor=false'] as const;

/** Where the repository is; a line for each but `--path-format`. The last is asked of a work tree alone. */
export const WHERE = [
  '--is-bare-repository',
  '--is-inside-work-tree',
  '--show-object-format',
  '--path-format=absolute',
  '--git-dir',
  '--git-common-dir',
  '--show-toplevel',
] as const;

/** Where, and the commit that is checked out. */
export const WHERE_AND_HEAD = ['rev-parse', ...WHERE, 'HEAD^{commit}'] as const;

export const LIST_INDEX = ['ls-files', '--stage', '-z', '--full-name', '--no-recurse-submodules'] as const;

/** The index against a commit or tree. */
export function diffIndexWords(base: string, intentToAdd: 'invisible' | 'visible'): string[] {
  return [
    'diff-index',
    '--cached',
    '--raw',
    '-z',
    '--no-renames',
    '--no-abbrev',
    // A submodule's `ignore` setting must not hide that it moved.
    '--ignore-submodules=dirty',
    `--ita-${intentToAdd}-in-index`,
    base,
    '--',
  ];
}

export const READ_OBJECTS = ['cat-file', '--batch-command', '--buffer'] as const;
