/** Workflows that judge every project and the workspace, and every commit that a change brings. */
import type { Tree } from '@nx/devkit';
import { COMMANDS, managerOf } from './package-manager.ts';
import type { Manager } from './package-manager.ts';

export type Ci = 'github' | 'gitlab' | 'none';

const GITHUB = '.github/workflows/bulwark.yml';
const GITLAB = '.gitlab/bulwark.gitlab-ci.yml';
const GITLAB_ROOT = '.gitlab-ci.yml';

export interface CiOptions {
  /** The branch that changes go to. */
  readonly branch: string;
  readonly targetName: string;
}

/** The one the repository uses already. */
export function ciOf(tree: Tree): Ci {
  if (tree.exists(GITLAB_ROOT)) return 'gitlab';
  return tree.exists('.github') ? 'github' : 'none';
}

/** Writes the workflow, unless there is one. @returns what is left to do by hand. */
export function writeCi(tree: Tree, ci: Ci, options: CiOptions): string | null {
  const manager = managerOf(tree);
  if (ci === 'github' && !tree.exists(GITHUB)) tree.write(GITHUB, githubWorkflow(manager, options));
  if (ci !== 'gitlab') return null;
  if (!tree.exists(GITLAB)) tree.write(GITLAB, gitlabJob(manager, options));
  const include = `include:\n  - local: ${GITLAB}\n`;
  if (!tree.exists(GITLAB_ROOT)) {
    tree.write(GITLAB_ROOT, include);
    return null;
  }
  if (tree.read(GITLAB_ROOT, 'utf8')!.includes(GITLAB)) return null;
  return `Add the job to ${GITLAB_ROOT}:\n\n${include}`;
}

function githubWorkflow(manager: Manager, { branch, targetName }: CiOptions): string {
  const { install, run } = COMMANDS[manager];
  return `name: bulwark

on:
  push:
    branches: [${branch}]
  pull_request:

permissions:
  contents: read

jobs:
  bulwark:
    runs-on: ubuntu-latest
    env:
      NX_DAEMON: 'false'
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
${githubSetUp(manager)}
      - run: ${install}
      - name: Judge every project and the workspace
        run: ${run} nx run-many -t ${targetName}
      - name: Make one report of it, whatever a cache says
        run: ${run} bulwark audit --merge '**/.bulwark/report.json'
      - name: Judge every commit of the pull request
        if: github.event_name == 'pull_request'
        run: ${run} bulwark audit --missed "origin/$BASE..HEAD"
        env:
          BASE: \${{ github.base_ref }}
`;
}

function githubSetUp(manager: Manager): string {
  const node = (cache: string): string =>
    `      - uses: actions/setup-node@v4\n        with:\n          node-version: 24\n${cache}`;
  if (manager === 'bun') return `${node('')}      - uses: oven-sh/setup-bun@v2`;
  const first = manager === 'pnpm' ? '      - uses: pnpm/action-setup@v4\n' : '';
  return `${first}${node(`          cache: ${manager}`)}`;
}

function gitlabJob(manager: Manager, { targetName }: CiOptions): string {
  const { install, run } = COMMANDS[manager];
  const first: Readonly<Record<Manager, string>> = {
    npm: '',
    pnpm: '    - corepack enable\n',
    yarn: '    - corepack enable\n',
    bun: '    - npm install --global bun\n',
  };
  return `bulwark:
  image: node:24
  variables:
    GIT_DEPTH: '0'
    NX_DAEMON: 'false'
  script:
${first[manager]}    - ${install}
    - ${run} nx run-many -t ${targetName}
    - ${run} bulwark audit --merge '**/.bulwark/report.json'
    - |
      if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then
        ${run} bulwark audit --missed "$CI_MERGE_REQUEST_DIFF_BASE_SHA..HEAD"
      fi
  rules:
    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`;
}
