import type { Tree } from '@nx/devkit';
import { readOptions } from '../options.ts';
import { findInTree, pluginInNxJson } from './find-in-tree.ts';
import { keepIgnored } from './ignored-env-files.ts';
import { joinLint } from './join-lint.ts';

/** Run by `nx sync` and `nx sync:check`. An empty answer says that nothing had to be done. */
export async function syncGenerator(tree: Tree): Promise<{ outOfSyncMessage?: string }> {
  const { apps, projects } = await findInTree(tree);
  const options = pluginInNxJson(tree) ?? readOptions(undefined);
  const reasons = [
    ...keepIgnored(tree, apps).map((path) => `${path}: git would let in an env file or a report of Bulwark`),
    ...joinLint(tree, projects, options).map(
      (path) => `${path}: a ${options.lintTargetName} target leaves out ${options.targetName}`,
    ),
  ];
  return reasons.length === 0 ? {} : { outOfSyncMessage: reasons.join('\n') };
}
