import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import {
  addDependenciesToPackageJson,
  formatFiles,
  logger,
  readNxJson,
  runTasksInSerial,
  updateNxJson,
} from '@nx/devkit';
import { readOptions } from '../options.ts';
import { ciOf, writeCi } from './ci-files.ts';
import type { Ci } from './ci-files.ts';
import { PLUGIN, findInTree, pluginInNxJson } from './find-in-tree.ts';
import { keepIgnored } from './ignored-env-files.ts';
import { joinLint } from './join-lint.ts';
import { COMMANDS, managerOf } from './package-manager.ts';
import { ensureSettings } from './settings-file.ts';
import manifest from '../../package.json' with { type: 'json' };

export interface InitOptions {
  readonly targetName?: string;
  readonly lintTargetName?: string;
  readonly ci?: Ci;
  readonly hooks?: boolean;
  readonly skipFormat?: boolean;
}

const SYNC = '@bulwark/nx:sync';

export async function initGenerator(tree: Tree, options: InitOptions): Promise<GeneratorCallback> {
  const { targetName, lintTargetName } = options;
  addToNxJson(tree, readOptions({ targetName, lintTargetName }));
  const settled = pluginInNxJson(tree)!;
  ensureSettings(tree);
  const { apps, projects } = await findInTree(tree);
  keepIgnored(tree, apps);
  joinLint(tree, projects, settled);
  const leftToDo = writeCi(tree, options.ci ?? ciOf(tree), {
    branch: readNxJson(tree)?.defaultBase ?? 'main',
    targetName: settled.targetName,
  });
  const install = addDependenciesToPackageJson(tree, {}, { bulwark: manifest.version }, undefined, true);
  if (!options.skipFormat) await formatFiles(tree);
  const run = COMMANDS[managerOf(tree)].run;
  return runTasksInSerial(install, () => {
    if (options.hooks ?? true) installHooks(tree.root, run);
    if (leftToDo !== null) logger.warn(leftToDo);
    logger.info(`Judge what is here: ${run} nx run-many -t ${settled.targetName}`);
  });
}

/** An entry that is there is left as it is. */
function addToNxJson(
  tree: Tree,
  { targetName, lintTargetName }: Required<Pick<InitOptions, 'targetName' | 'lintTargetName'>>,
): void {
  const nxJson = readNxJson(tree) ?? {};
  if (pluginInNxJson(tree) === null) {
    const entry = { plugin: PLUGIN, options: { targetName, lintTargetName } };
    nxJson.plugins = [...(nxJson.plugins ?? []), entry];
  }
  const generators = nxJson.sync?.globalGenerators ?? [];
  if (!generators.includes(SYNC)) nxJson.sync = { ...nxJson.sync, globalGenerators: [...generators, SYNC] };
  updateNxJson(tree, nxJson);
}

/** The workspace is set up even where there is no repository to have hooks, so that is a warning. */
function installHooks(root: string, run: string): void {
  const bin = binIn(root);
  const status =
    bin === null
      ? null
      : spawnSync(process.execPath, [bin, 'init', '--yes'], { cwd: root, stdio: 'inherit' }).status;
  if (status !== 0) logger.warn(`The git hooks are not installed. When that is mended: ${run} bulwark init`);
}

/** The command itself: which package manager could start it, if any, is not asked. */
function binIn(root: string): string | null {
  try {
    const require = createRequire(join(root, 'package.json'));
    const { bin } = require('bulwark/package.json') as { bin: { bulwark: string } };
    return join(dirname(require.resolve('bulwark/package.json')), bin.bulwark);
  } catch {
    return null;
  }
}
