/** The generators on Nx's own virtual tree. */
import { expect, test, describe, beforeEach } from '@jest/globals';
import type { NxJsonConfiguration, Tree } from '@nx/devkit';
import devkit from '@nx/devkit';
import testing from '@nx/devkit/testing';
import { initGenerator } from '../src/generators/init.ts';
import { ruleGenerator } from '../src/generators/rule.ts';
import { syncGenerator } from '../src/generators/sync.ts';

const { readJson, readNxJson, updateJson } = devkit;

let tree: Tree;
beforeEach(() => {
  tree = testing.createTreeWithEmptyWorkspace();
});

const text = (path: string): string => tree.read(path, 'utf8')!;
const changes = (): string[] => tree.listChanges().map(({ path }) => path);

describe('init', () => {
  const quiet = { skipFormat: true };

  test('sets everything up', async () => {
    await initGenerator(tree, quiet);
    expect(readNxJson(tree)).toMatchObject({
      plugins: [{ plugin: '@bulwark/nx/plugin', options: { targetName: 'bulwark', lintTargetName: 'lint' } }],
      sync: { globalGenerators: ['@bulwark/nx:sync'] },
    });
    expect(readJson(tree, 'bulwark.json')).toEqual({
      $schema: './node_modules/bulwark/schema/settings.json',
    });
    expect(text('.gitignore')).toContain('.bulwark/\n');
    expect(text('.gitignore')).toContain('.env\n.env.*\n!.env.example\n');
    expect(readJson(tree, 'package.json')).toMatchObject({ devDependencies: { bulwark: '0.1.0' } });
    expect(changes()).not.toContain('.github/workflows/bulwark.yml');
  });

  test('changes nothing the second time', async () => {
    await initGenerator(tree, { ...quiet, ci: 'gitlab' });
    const first = Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));
    await initGenerator(tree, { ...quiet, ci: 'gitlab' });
    expect(
      Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)])),
    ).toEqual(first);
  });

  test('keeps what is there', async () => {
    tree.write('bulwark.json', '{ "preset": "strict" } // ours\n');
    tree.write('.gitignore', '.env*\n.bulwark');
    updateJson(tree, 'nx.json', (json: NxJsonConfiguration) => ({
      ...json,
      plugins: ['@nx/eslint/plugin', { plugin: '@bulwark/nx', options: { targetName: 'policy' } }],
      targetDefaults: { lint: { dependsOn: ['^build'] } },
    }));
    updateJson(tree, 'package.json', (json) => ({ ...json, devDependencies: { bulwark: '^0.0.9' } }));
    await initGenerator(tree, quiet);
    expect(text('bulwark.json')).toBe('{ "preset": "strict" } // ours\n');
    expect(text('.gitignore')).toBe('.env*\n.bulwark');
    expect(readNxJson(tree)).toMatchObject({
      plugins: ['@nx/eslint/plugin', { plugin: '@bulwark/nx', options: { targetName: 'policy' } }],
      targetDefaults: { lint: { dependsOn: ['^build', 'policy'] } },
    });
    expect(readJson(tree, 'package.json')).toMatchObject({ devDependencies: { bulwark: '^0.0.9' } });
  });

  test.each(['npm', 'pnpm', 'yarn', 'bun'])('writes a workflow for GitHub with %s', async (manager) => {
    const locks: Record<string, string> = { pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock', bun: 'bun.lock' };
    if (locks[manager]) tree.write(locks[manager], '');
    tree.write('.github/dependabot.yml', 'version: 2\n');
    await initGenerator(tree, quiet);
    expect(text('.github/workflows/bulwark.yml')).toMatchSnapshot();
  });

  test('writes a job for GitLab, and includes it where there is nothing to be careful of', async () => {
    await initGenerator(tree, { ...quiet, ci: 'gitlab' });
    expect(text('.gitlab/bulwark.gitlab-ci.yml')).toMatchSnapshot();
    expect(text('.gitlab-ci.yml')).toBe('include:\n  - local: .gitlab/bulwark.gitlab-ci.yml\n');
  });

  test("leaves a team's own pipeline alone", async () => {
    tree.write('.gitlab-ci.yml', 'test:\n  script: npm test\n');
    await initGenerator(tree, quiet);
    expect(text('.gitlab-ci.yml')).toBe('test:\n  script: npm test\n');
    expect(tree.exists('.gitlab/bulwark.gitlab-ci.yml')).toBe(true);
  });
});

describe('sync', () => {
  const inOrder = '.bulwark/\n.env\n.env.*\n!.env.example\n';

  beforeEach(() => {
    tree.write('.gitignore', inOrder);
    tree.write('apps/a/arkos.config.ts', '');
    tree.write('apps/a/package.json', '{ "name": "a" }');
  });

  test('says nothing where nothing is amiss', async () => {
    expect(await syncGenerator(tree)).toEqual({});
    expect(text('.gitignore')).toBe(inOrder);
  });

  test('adds to the root what is missing there', async () => {
    tree.write('.gitignore', 'node_modules\n.env\n');
    const { outOfSyncMessage } = await syncGenerator(tree);
    expect(outOfSyncMessage).toBe('.gitignore: git would let in an env file or a report of Bulwark');
    expect(text('.gitignore')).toMatch(
      /^node_modules\n\.env\n\n# reports.*\n\.bulwark\/\n\n# env.*\n\.env\n\.env\.\*\n!\.env\.example\n$/,
    );
    expect(await syncGenerator(tree)).toEqual({});
  });

  test("adds to an app's own file what that one lets in again", async () => {
    tree.write('apps/a/.gitignore', '!.env.development\n');
    const { outOfSyncMessage } = await syncGenerator(tree);
    expect(outOfSyncMessage).toContain('apps/a/.gitignore');
    expect(text('apps/a/.gitignore')).toMatch(/^!\.env\.development\n\n# .*\n\.env\.development\n$/);
    expect(await syncGenerator(tree)).toEqual({});
  });

  test('lets the target into a lint that says itself on what it depends', async () => {
    tree.write('apps/a/project.json', '{ "name": "a", "targets": { "lint": { "dependsOn": ["^lint"] } } }');
    const { outOfSyncMessage } = await syncGenerator(tree);
    expect(outOfSyncMessage).toBe('apps/a/project.json: a lint target leaves out bulwark');
    expect(readJson(tree, 'apps/a/project.json')).toMatchObject({
      targets: { lint: { dependsOn: ['^lint', 'bulwark'] } },
    });
    expect(await syncGenerator(tree)).toEqual({});
  });
});

describe('rule', () => {
  test.each(['file', 'live-mode'] as const)('writes a %s rule and its cases', async (kind) => {
    await ruleGenerator(tree, { id: 'harbour/short-names', kind, skipFormat: true });
    expect(readJson(tree, 'bulwark.json')).toMatchObject({ plugins: ['./tools/policies'] });
    expect(text('tools/policies/short-names.rule.mjs')).toContain("id: 'harbour/short-names'");
    expect(text('tools/policies/short-names.test.mjs')).toContain("'./short-names.rule.mjs'");
  });

  test('names its folder once, and keeps comments', async () => {
    tree.write('bulwark.json', '{\n  // ours\n  "plugins": ["./tools/policies/"]\n}\n');
    await ruleGenerator(tree, { id: 'one', skipFormat: true });
    expect(text('bulwark.json')).toBe('{\n  // ours\n  "plugins": ["./tools/policies/"]\n}\n');
    expect(text('tools/policies/one.rule.mjs')).toContain("id: 'team/one'");
  });

  test.each(['Team/Rule', 'bulwark/x', 'a/b/c', '../x'])('refuses the name %s', async (id) => {
    await expect(ruleGenerator(tree, { id, skipFormat: true })).rejects.toThrow('is no name for a rule');
  });

  test('overwrites nothing', async () => {
    await ruleGenerator(tree, { id: 'one', skipFormat: true });
    await expect(ruleGenerator(tree, { id: 'one', skipFormat: true })).rejects.toThrow('is there already');
  });
});
