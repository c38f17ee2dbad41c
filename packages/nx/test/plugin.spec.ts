/** What is inferred, from the built plugin as Nx requires it. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { CreateNodesV2, ProjectConfiguration } from '@nx/devkit';
import { harbourFiles } from './harbour-files.ts';
import { matchedFiles } from './matched-files.ts';
import { REPOSITORY } from './pack.ts';
import { tempFolder } from './temp-folder.ts';
import type { TempFolder } from './temp-folder.ts';

const plugin = createRequire(import.meta.url)(join(REPOSITORY, 'packages/nx/dist/plugin.cjs')) as {
  readonly name: string;
  readonly createNodes: CreateNodesV2;
  readonly createNodesV2: CreateNodesV2;
};

const made: TempFolder[] = [];
afterEach(() => {
  for (const { remove } of made.splice(0)) remove();
});

type Projects = Readonly<Record<string, Partial<ProjectConfiguration>>>;

async function infer(
  files: Readonly<Record<string, string>>,
  options: unknown = {},
  nxJson: object = {},
): Promise<Projects> {
  const folder = tempFolder(files);
  made.push(folder);
  const [glob, createNodes] = plugin.createNodes;
  const matched = matchedFiles(Object.keys(files), glob);
  const results = await createNodes(matched, options, {
    workspaceRoot: folder.root,
    nxJsonConfiguration: nxJson,
  });
  const text = JSON.stringify(results);
  expect(text).not.toContain(folder.root);
  return Object.assign({}, ...results.map(([, { projects }]) => projects)) as Projects;
}

const HARBOUR = harbourFiles({ nx: '23.2.1', bulwark: '0.1.0' });
/** What a target rests on, with what its project names in place of the names. */
const inputsOf = (projects: Projects, folder: string): readonly unknown[] => {
  const { namedInputs = {}, targets } = projects[folder]!;
  return targets!['bulwark']!.inputs!.flatMap((input) =>
    typeof input === 'string' ? (namedInputs[input] ?? [input]) : [input],
  );
};

describe('in a workspace of apps', () => {
  test('every app and the workspace have a target', async () => {
    const projects = await infer(HARBOUR);
    expect(Object.keys(projects)).toEqual(['.', 'apps/crew', 'apps/tides', 'apps/tolls']);
    expect(projects['.']).toMatchSnapshot('the workspace');
    expect(projects['apps/crew']).toMatchSnapshot('an app');
    expect(inputsOf(projects, 'apps/tides')).toEqual(inputsOf(projects, 'apps/crew'));
  });

  test('the targets may have other names', async () => {
    const { targets } = (await infer(HARBOUR, { targetName: 'policy', lintTargetName: 'check' }))[
      'apps/crew'
    ]!;
    expect(Object.keys(targets!)).toEqual(['policy', 'check']);
    expect(targets!['check']).toEqual({ dependsOn: ['policy'] });
    const { targets: one } = (await infer(HARBOUR, { targetName: 'lint' }))['apps/crew']!;
    expect(Object.keys(one!)).toEqual(['lint']);
  });

  test('an option that there is not stops it', async () => {
    await expect(infer(HARBOUR, { target: 'x' })).rejects.toThrow('has no option "target"');
  });
});

describe('the inputs', () => {
  test('have the lock file where it says of arkos more than one thing, or Nx does not look into it', async () => {
    const named = { externalDependencies: ['bulwark', 'arkos'] };
    expect(inputsOf(await infer(HARBOUR), 'apps/crew')).toContainEqual(named);
    expect(inputsOf(await infer(HARBOUR), 'apps/crew')).not.toContain('{workspaceRoot}/package-lock.json');
    const deaf = await infer(HARBOUR, {}, { pluginsConfig: { '@nx/js': { analyzeLockfile: false } } });
    expect(inputsOf(deaf, 'apps/crew')).toContain('{workspaceRoot}/package-lock.json');
    expect(inputsOf(deaf, 'apps/crew')).toContainEqual({ externalDependencies: [] });
    const two = await infer({
      ...HARBOUR,
      'package-lock.json': HARBOUR['package-lock.json']!.replace(
        '"node_modules/zod"',
        '"apps/crew/node_modules/arkos": { "version": "1.3.0" }, "node_modules/zod"',
      ),
    });
    expect(inputsOf(two, 'apps/crew')).toContain('{workspaceRoot}/package-lock.json');
  });

  test("have a team's own rules, as they lie there and as they are committed", async () => {
    const files = {
      ...HARBOUR,
      'bulwark.json': '{ "plugins": ["./tools/policies", "../x"] }',
    };
    const inputs = inputsOf(await infer(files), 'apps/crew');
    expect(inputs).toContain('{workspaceRoot}/tools/policies/**/*');
    expect(inputs).toContainEqual({ runtime: 'git ls-tree -r HEAD -- bulwark.json "tools/policies"' });
    expect(JSON.stringify(inputs)).not.toContain('/x');
  });

  test('have the day where a waiver ends on one', async () => {
    const waiver = { rule: 'cors-origin', app: 'apps/crew', reason: 'x', expires: '2027-03-31' };
    const text = JSON.stringify(
      inputsOf(await infer({ ...HARBOUR, 'bulwark.json': JSON.stringify({ waivers: [waiver] }) }), '.'),
    );
    expect(text).toContain('toISOString');
    expect(JSON.stringify(inputsOf(await infer(HARBOUR), '.'))).not.toContain('toISOString');
  });

  test('have what lies in projects inside an app', async () => {
    const files = { ...HARBOUR, 'apps/crew/sdk/package.json': '{ "name": "sdk" }' };
    expect(inputsOf(await infer(files), 'apps/crew')).toContain('{workspaceRoot}/apps/crew/sdk/**/*');
  });

  test('have an entry that was asked whether it starts an app', async () => {
    const files = {
      ...HARBOUR,
      'package.json': '{ "dependencies": { "arkos": "1.3.0" } }',
      'packages/api/src/app.ts': '',
    };
    expect(inputsOf(await infer(files), 'apps/crew')).toContain('{workspaceRoot}/packages/api/src/app.ts');
  });
});

describe('in other workspaces', () => {
  test('without an app there is the workspace', async () => {
    const projects = await infer({ 'package.json': '{}', 'nx.json': '{}' });
    expect(Object.keys(projects)).toEqual(['.']);
    expect(projects['.']!.name).toBe('workspace');
  });

  test('an app at the root is judged with everything', async () => {
    const projects = await infer({
      'package.json': '{ "name": "solo" }',
      'arkos.config.ts': '',
      'packages/x/package.json': '{}',
    });
    expect(Object.keys(projects)).toEqual(['.']);
    expect(projects['.']).toMatchObject({
      name: 'solo',
      targets: { bulwark: { command: expect.stringContaining('lint . ') as unknown } },
    });
    expect(inputsOf(projects, '.')).toContain('{workspaceRoot}/**/*');
  });

  test('a folder that nothing makes a project is one, with a name', async () => {
    const projects = await infer({
      'nx.json': '{}',
      'services/a/arkos.config.ts': '',
      'services/b/src/x/arkos.config.ts': '',
      'services/b/project.json': '{}',
    });
    expect(Object.entries(projects).map(([folder, { name }]) => [folder, name])).toEqual([
      ['.', 'workspace'],
      ['services/a', 'services-a'],
      ['services/b', undefined],
    ]);
  });

  test('an Nx that is too old is told so', async () => {
    const files = { ...HARBOUR, 'node_modules/nx/package.json': '{ "name": "nx", "version": "19.8.14" }' };
    await expect(infer(files)).rejects.toThrow(
      '@bulwark/nx needs Nx 20 or newer; this workspace has Nx 19.8.14',
    );
  });
});
