/** Installs into, and removes from, whichever place was found. */
import { isAbsolute, relative, sep } from 'node:path';
import { setHooksPath, unsetHooksPath } from '@bulwark/git';
import type { HookChange } from './hook-names.ts';
import { hookScript } from './hook-script.ts';
import type { HookPlace } from './hook-target.ts';
import { installHuskyHooks, uninstallHuskyHooks } from './husky-hooks.ts';
import { keepLineFeeds, stopKeepingLineFeeds } from './keep-line-feeds.ts';
import { installPlainHooks, uninstallPlainHooks } from './plain-hooks.ts';
import { installBeforeSharedHooks, uninstallBeforeSharedHooks } from './shared-folder-hooks.ts';

export async function installHooks(place: HookPlace): Promise<HookChange[]> {
  const { target, repository, packageFolder } = place;
  const script = await hookScript(packageFolder);
  if (isCommitted(place)) await keepLineFeeds(target.folder);
  if (target.kind === 'husky') return installHuskyHooks(target.folder, script);
  if (target.kind === 'plain') return installPlainHooks(target.folder, script);
  const changes = await installBeforeSharedHooks(target.folder, target.shared, script);
  await setHooksPath(repository, target.folder);
  return changes;
}

export async function uninstallHooks(place: HookPlace): Promise<HookChange[]> {
  const { target, repository } = place;
  if (isCommitted(place)) await stopKeepingLineFeeds(target.folder);
  if (target.kind === 'husky') return uninstallHuskyHooks(target.folder);
  if (target.kind === 'plain') return uninstallPlainHooks(target.folder);
  await unsetHooksPath(repository, target.folder);
  return uninstallBeforeSharedHooks(target.folder);
}

/** Whether the hooks lie in the work tree, and so come to others with a clone. */
function isCommitted({ target: { folder }, repository: { commonDir }, top }: HookPlace): boolean {
  return isBelow(folder, top) && !isBelow(folder, commonDir);
}

function isBelow(folder: string, above: string): boolean {
  const path = relative(above, folder);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

const WORDS: Readonly<Record<HookChange['did'], string>> = {
  created: 'installed',
  chained: 'installed; the hook that was there runs after it',
  updated: 'brought up to date',
  kept: 'already installed',
  removed: 'removed',
  restored: 'removed; the hook that was there is back',
};

/** One line for each hook. */
export function describeChanges(changes: readonly HookChange[], top: string): string {
  return changes
    .map(({ hook, file, did }) => `  ${hook.padEnd(16)}  ${WORDS[did]}  (${relative(top, file)})\n`)
    .join('');
}
