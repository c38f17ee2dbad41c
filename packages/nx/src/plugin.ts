/** What Nx loads: configuration files → targets (nx.dev/extending-nx/recipes/project-graph-plugins). */
import type { CreateNodesContextV2, CreateNodesV2, ProjectConfiguration } from '@nx/devkit';
import { CONFIG_FILES, findApps } from './find-apps.ts';
import { inferAppProject, inferWorkspaceTargets, sharedInputs } from './infer-targets.ts';
import type { WorkspaceInputs } from './infer-targets.ts';
import { readOptions } from './options.ts';
import type { PluginOptions } from './options.ts';
import { otherInputs } from './other-inputs.ts';
import { globsOutside } from './outside-apps.ts';
import { placeApps } from './place-apps.ts';
import { projectNames } from './project-names.ts';
import { refuseOldNx } from './refuse-old-nx.ts';

export type { PluginOptions } from './options.ts';

export const name = '@bulwark/nx';

export const createNodes: CreateNodesV2<PluginOptions> = [
  CONFIG_FILES,
  (files, options, context) => {
    refuseOldNx(context?.workspaceRoot ?? process.cwd());
    const projects = inferProjects(files, options, context);
    return [[files[0]!, { projects }]];
  },
];

/** The name it has until Nx 21. */
export const createNodesV2: CreateNodesV2<PluginOptions> = [...createNodes];

function inferProjects(
  files: readonly string[],
  said: unknown,
  { workspaceRoot, nxJsonConfiguration }: CreateNodesContextV2,
): Record<string, Partial<ProjectConfiguration>> {
  const options = readOptions(said);
  const { folders, asked } = findApps(workspaceRoot, files);
  const workspace: WorkspaceInputs = {
    others: otherInputs(workspaceRoot, nxJsonConfiguration),
    bases: globsOutside(workspaceRoot, folders, '{ts,js}config*.json'),
    asked,
    outside: globsOutside(workspaceRoot, folders, '*'),
  };
  const name = projectNames(workspaceRoot, files);
  const shared = sharedInputs(workspace);
  const projects: Record<string, Partial<ProjectConfiguration>> = {
    '.': { ...name(''), targets: inferWorkspaceTargets(folders.includes(''), workspace, options) },
  };
  for (const project of placeApps(folders, files))
    projects[project.folder] = {
      ...name(project.folder),
      ...inferAppProject(project, shared, options),
    };
  return projects;
}
