/**
 * The inferred `lint` depends on ours. Where `nx.json` or a project says itself on what its `lint` depends, that is
 * said instead of the inferred, so ours has to be named there too.
 */
import type { NxJsonConfiguration, TargetConfiguration, Tree } from '@nx/devkit';
import { readJson, readNxJson, updateJson, updateNxJson } from '@nx/devkit';
import type { KnownOptions } from '../options.ts';
import { inFolder } from '../folders.ts';

type Targets = Record<string, TargetConfiguration | undefined>;

/** @param projects folders with a `bulwark` target. @returns the files that were changed. */
export function joinLint(tree: Tree, projects: readonly string[], options: KnownOptions): readonly string[] {
  if (options.lintTargetName === options.targetName) return [];
  const changed: string[] = [];
  const nxJson = readNxJson(tree) ?? {};
  // Newer releases also take a list of conditional defaults; which one applies to whom is theirs to say.
  const defaults = nxJson.targetDefaults as Targets | undefined;
  if (defaults && !Array.isArray(defaults) && join(defaults, options)) {
    updateNxJson(tree, nxJson as NxJsonConfiguration);
    changed.push('nx.json');
  }
  for (const folder of projects) {
    for (const [name, targetsOf] of HOLDERS) {
      const path = inFolder(folder, name);
      if (!tree.exists(path)) continue;
      const targets = targetsOf(readJson<Holder>(tree, path));
      if (!targets || !join(targets, options)) continue;
      updateJson<Holder>(tree, path, (json) => {
        join(targetsOf(json)!, options);
        return json;
      });
      changed.push(path);
    }
  }
  return changed;
}

interface Holder {
  readonly targets?: Targets;
  readonly nx?: { readonly targets?: Targets };
}

const HOLDERS: readonly (readonly [string, (json: Holder) => Targets | undefined])[] = [
  ['project.json', ({ targets }) => targets],
  ['package.json', ({ nx }) => nx?.targets],
];

/** Whether anything had to be added. */
function join(targets: Targets, { targetName, lintTargetName }: KnownOptions): boolean {
  const lint = targets[lintTargetName];
  if (!Array.isArray(lint?.dependsOn) || lint.dependsOn.some((one) => names(one, targetName))) return false;
  lint.dependsOn = [...lint.dependsOn, targetName];
  return true;
}

/** `"..."` stands for what was inferred. */
function names(one: NonNullable<TargetConfiguration['dependsOn']>[number], targetName: string): boolean {
  return one === targetName || one === '...' || (typeof one === 'object' && one.target === targetName);
}
