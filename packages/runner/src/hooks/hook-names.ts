/** The git hooks Bulwark installs (githooks(5)). */
export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** What was done, or would be, about one hook. */
export interface HookChange {
  readonly hook: HookName;
  readonly file: string;
  readonly did: 'created' | 'chained' | 'updated' | 'kept' | 'removed' | 'restored';
}
