/** The targets themselves. Nothing here looks at the disk. */
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { KnownOptions } from './options.ts';
import type { JudgedProject } from './place-apps.ts';
import { NO_START_FILES, START_FILES } from './start-files.ts';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** What the answers of a workspace rest on beside the files that are judged. */
export interface WorkspaceInputs {
  /** Our own version, the version of Arkos, and what else is no file of the folder judged. */
  readonly others: Inputs;
  /** Files outside the apps that an app's build extends. */
  readonly bases: readonly string[];
  /** Files opened to see whether they start an app. */
  readonly asked: readonly string[];
  /** Every file outside the apps. */
  readonly outside: readonly string[];
}

/** Where the report is written, from the folder judged. */
const REPORT = '.bulwark/report.json';

/** Read by every check, from the root of what is judged. */
const SETTINGS_FILES = ['bulwark.json', '.secretlintrc.json', '.secretlintrc', '.secretlintignore'];

/** What each project with an app calls the inputs that all of them have alike. */
const APP_INPUTS = 'bulwarkApp';

/** What all projects with an app share: one list for all, which Nx then neither copies nor walks for each of them. */
export interface SharedInputs {
  readonly namedInputs: Record<string, Inputs>;
  readonly inputs: Inputs;
}

export function sharedInputs({ bases, asked, others }: WorkspaceInputs): SharedInputs {
  // Nx hashes the text of named inputs, so none may say what lies on one disk and not on another: an empty folder.
  const named: Inputs = [
    '{projectRoot}/**/*',
    `!{projectRoot}/${REPORT}`,
    ...inWorkspace(SETTINGS_FILES),
    ...inWorkspace(START_FILES),
    ...inWorkspace(NO_START_FILES).map((glob) => `!${glob}`),
  ];
  return {
    namedInputs: { [APP_INPUTS]: named },
    inputs: [APP_INPUTS, '^default', ...inWorkspace(bases), ...inWorkspace(asked), ...others],
  };
}

/** A project with an app: its own folder. */
export function inferAppProject(
  { within }: JudgedProject,
  { namedInputs, inputs }: SharedInputs,
  options: KnownOptions,
): Pick<ProjectConfiguration, 'namedInputs' | 'targets'> {
  const targets = withLint(options, {
    ...judging('bulwark lint .', 'Judges the Arkos app of this project and every file of its folder'),
    inputs:
      within.length === 0 ? inputs : [...inWorkspace(within.map((folder) => `${folder}/**/*`)), ...inputs],
  });
  return { namedInputs, targets };
}

/** The workspace: what lies outside the apps; or everything, where the workspace itself is an app. */
export function inferWorkspaceTargets(
  isApp: boolean,
  workspace: WorkspaceInputs,
  options: KnownOptions,
): Record<string, TargetConfiguration> {
  const target = isApp
    ? judging('bulwark lint .', 'Judges the Arkos app at the root of this workspace, and every file')
    : judging(
        'bulwark lint --workspace',
        'Judges every file outside the Arkos apps, and the workspace itself',
      );
  return withLint(options, {
    ...target,
    inputs: [
      ...(isApp ? ['{workspaceRoot}/**/*'] : ['{projectRoot}/**/*', ...inWorkspace(workspace.outside)]),
      isApp ? `!{workspaceRoot}/**/${REPORT}` : `!{projectRoot}/${REPORT}`,
      ...(isApp ? [] : inWorkspace(workspace.asked)),
      ...workspace.others,
    ],
  });
}

function judging(command: string, description: string): TargetConfiguration {
  return {
    command: `${command} --format json=${REPORT} --format pretty`,
    options: { cwd: '{projectRoot}' },
    cache: true,
    // The second keeps git from seeing the first, and comes back from a cache together with it.
    outputs: [`{projectRoot}/${REPORT}`, '{projectRoot}/.bulwark/.gitignore'],
    metadata: { description },
  };
}

/** Nx merges the `lint` here with one that another plugin, a `project.json` or a script gives the project. */
function withLint(
  { targetName, lintTargetName }: KnownOptions,
  target: TargetConfiguration,
): Record<string, TargetConfiguration> {
  return {
    [targetName]: target,
    ...(lintTargetName === targetName ? {} : { [lintTargetName]: { dependsOn: [targetName] } }),
  };
}

function inWorkspace(globs: readonly string[]): string[] {
  return globs.map((glob) => `{workspaceRoot}/${glob}`);
}
