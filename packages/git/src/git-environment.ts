import { GIT_VARIABLES } from '@bulwark/model';

/**
 * The `GIT_*` a child git keeps (git(1), "ENVIRONMENT VARIABLES"): those that name the repository, its
 * index and its objects, as a hook is handed them, and those that say which configuration holds.
 * Everything else is dropped: tracing, prefixes, external diffs, pathspec modes, replacement refs.
 */
const KEPT: ReadonlySet<string> = new Set([...GIT_VARIABLES, 'GIT_CONFIG_COUNT']);

const FIXED = {
  LC_ALL: 'C',
  // Reading must not refresh the index: that takes its lock and rewrites it.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // Of a partial clone, what is not here stays away. Old versions know only the second way to say so.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  // `refs/replace/*` and grafts show other bytes and other parents than those a push sends.
  GIT_NO_REPLACE_OBJECTS: '1',
  // A name that cannot be there; an empty file would make git advise against grafts.
  GIT_GRAFT_FILE: '/dev/null/none',
  // Records are written when there is a buffer full of them, not one by one.
  GIT_FLUSH: '0',
} as const;

/** The environment for a git of ours, made from the one we were called in. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !name.startsWith('GIT_') || KEPT.has(name) || /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name),
  );
  return { ...Object.fromEntries(kept), ...FIXED };
}
