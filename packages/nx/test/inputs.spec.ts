/** Whatever the engine looks at to judge an app of the example is an input of that app's target, as Nx sees it. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCheck } from '@bulwark/engine';
import { createOpenSubject } from '@bulwark/git';
import type { OpenSubject, Snapshot } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import micromatch from 'micromatch';
import { LOCK_FILES } from '../src/locked-packages.ts';
import { commitAll, layOut, openWorkspace } from './nx-workspace.ts';
import type { NxWorkspace } from './nx-workspace.ts';
import { REPOSITORY, packBoth } from './pack.ts';
import type { Packed } from './pack.ts';
import { tempFolder } from './temp-folder.ts';

let packed: Packed;
let workspace: NxWorkspace;

beforeAll(async () => {
  packed = packBoth();
  const { root, remove } = tempFolder({});
  workspace = openWorkspace(root, join(root, 'harbour'), remove);
  cpSync(join(REPOSITORY, 'tools/examples/harbour'), workspace.root, { recursive: true });
  const nxJson = JSON.parse(workspace.read('nx.json')) as object;
  workspace.write('nx.json', JSON.stringify({ ...nxJson, plugins: ['@bulwark/nx/plugin'] }));
  // A file of every kind that the example does not have, each in another app's folder or in none.
  for (const path of START_FILES) workspace.write(path, path.endsWith('.json') ? '{}' : '');
  await workspace.git('init', '--quiet', '--initial-branch=main');
  layOut(packed, workspace.root);
  await commitAll(workspace);
});
afterAll(async () => {
  await workspace.remove();
  packed.remove();
});

const START_FILES = [
  'apps/tolls/Containerfile',
  'apps/tolls/Dockerfile.dev',
  'apps/tolls/web.Dockerfile',
  'apps/tolls/old.dockerfile',
  'apps/tolls/Dockerfile.dockerignore',
  'apps/tolls/compose.prod.yml',
  'apps/tolls/Procfile.dev',
  'apps/tolls/pm2.config.json',
  'apps/tolls/process.json',
  'apps/tolls/tolls.service',
  'apps/tolls/fly.toml',
  'apps/tolls/fly.staging.toml',
  'apps/tolls/railway.toml',
  'apps/tolls/railway.json',
  'apps/tolls/nixpacks.toml',
  'apps/tolls/render.yaml',
  'apps/tolls/app.yaml',
  'apps/tolls/chart/Chart.yaml',
  'apps/tolls/chart/values.yaml',
  'apps/tolls/bin/run.sh',
  'apps/tolls/bin/entrypoint',
  'apps/tolls/bin/docker-entrypoint',
  'apps/tolls/bin/start',
  'apps/tolls/project.json',
  'apps/tolls/.gitignore',
  'apps/tolls/.env.example',
  '.gitlab-ci.yml',
];

test.each([
  ['apps/berths', '@harbour/berths'],
  ['apps/manifests', '@harbour/manifests'],
  ['apps/customs', '@harbour/customs'],
])('%s', async (folder, project) => {
  const { seen, missed } = await lookedAt(folder);
  const { text } = await workspace.nx(`show target inputs ${project}:bulwark --json`);
  const { files } = JSON.parse(text.slice(text.indexOf('{'))) as { files: readonly string[] };
  const inputs = new Set(files);
  expect([...seen].filter((path) => !inputs.has(path))).toEqual([]);
  // The kinds above were really asked for, or they would prove nothing.
  expect(START_FILES.filter((path) => !seen.has(path))).toEqual([]);

  // A file that was looked for in vain would be an input if it were there. In another app's folder it would only say
  // which file carries that one's configuration.
  const globs = await globsOf(project, folder);
  const isOthers = (path: string): boolean => path.startsWith('apps/') && !path.startsWith(`${folder}/`);
  const unheeded = [...missed].filter((path) => !micromatch.isMatch(path, globs, { dot: true }));
  // Another lock file changes the target itself.
  const isLock = (path: string): boolean => (LOCK_FILES as readonly string[]).includes(path);
  expect(unheeded.filter((path) => !isOthers(path) && !isLock(path))).toEqual([]);
});

test('no more of another app is an input than what was opened', async () => {
  const { text } = await workspace.nx('show target inputs @harbour/berths:bulwark --json');
  const { files } = JSON.parse(text.slice(text.indexOf('{'))) as { files: readonly string[] };
  const { seen } = await lookedAt('apps/berths');
  expect(files.filter((path) => /^apps\/(?!berths\/)/.test(path) && !seen.has(path))).toEqual([]);
});

/** The files an app's check opened, and the paths it looked for in vain. */
async function lookedAt(folder: string): Promise<{ seen: Set<string>; missed: Set<string> }> {
  const seen = new Set<string>();
  const missed = new Set<string>();
  const open = createOpenSubject({ env: process.env });
  const openSubject: OpenSubject = async (request) => {
    const subject = await open(request);
    return { ...subject, snapshot: watched(subject.snapshot, seen, missed) };
  };
  const check = createCheck({
    version: '0',
    rules,
    openSubject,
    createScanner: () =>
      ({ mayMatter: () => true, scan: () => Promise.resolve({ hits: [], suppressions: [] }) }) as never,
    now: () => new Date('2026-01-01'),
  });
  const view = { kind: 'worktree' } as const;
  await check({ cwd: join(workspace.root, folder), view, scope: 'everything', within: '.' });
  return { seen, missed };
}

function watched(snapshot: Snapshot, seen: Set<string>, missed: Set<string>): Snapshot {
  return {
    kind: snapshot.kind,
    commit: snapshot.commit,
    files: snapshot.files,
    file(path) {
      const file = snapshot.file(path);
      if (!file) missed.add(path);
      return file;
    },
    read(file) {
      seen.add(file.path);
      return snapshot.read(file);
    },
  };
}

/** The target's own globs, and the folders of the packages it depends on. */
async function globsOf(project: string, folder: string): Promise<string[]> {
  const { text } = await workspace.nx(`show project ${project} --json`);
  const { namedInputs, targets } = JSON.parse(text.slice(text.indexOf('{'))) as {
    namedInputs: Readonly<Record<string, readonly unknown[]>>;
    targets: { bulwark: { inputs: readonly string[] } };
  };
  return [
    ...targets.bulwark.inputs
      .flatMap((input) => namedInputs[input] ?? [input])
      .filter((input): input is string => typeof input === 'string' && input.startsWith('{'))
      .map((input) => input.replace('{projectRoot}', folder).replace('{workspaceRoot}/', '')),
    'packages/arkos-base/**/*',
  ];
}
