/** What the plugin would infer, from the files a generator works on. */
import type { Tree } from '@nx/devkit';
import { globAsync, readNxJson } from '@nx/devkit';
import { CONFIG_FILES, findApps } from '../find-apps.ts';
import { readOptions } from '../options.ts';
import type { KnownOptions } from '../options.ts';
import { placeApps } from '../place-apps.ts';

export const PLUGIN = '@bulwark/nx/plugin';
const NAMES: ReadonlySet<string> = new Set([PLUGIN, '@bulwark/nx']);

export interface FoundInTree {
  /** Folders of apps. */
  readonly apps: readonly string[];
  /** Folders of projects that have the target. */
  readonly projects: readonly string[];
}

export async function findInTree(tree: Tree): Promise<FoundInTree> {
  const files = await globAsync(tree, [CONFIG_FILES]);
  const { folders } = findApps(tree.root, files);
  return { apps: folders, projects: ['', ...placeApps(folders, files).map(({ folder }) => folder)] };
}

/** The plugin's options in `nx.json`; `null` where it is not there. */
export function pluginInNxJson(tree: Tree): KnownOptions | null {
  for (const entry of readNxJson(tree)?.plugins ?? []) {
    if (typeof entry === 'string' && NAMES.has(entry)) return readOptions(undefined);
    if (typeof entry === 'object' && NAMES.has(entry.plugin)) return readOptions(entry.options);
  }
  return null;
}
