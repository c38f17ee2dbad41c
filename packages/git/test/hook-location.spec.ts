import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { locateHooks, readGitVersion, type HookLocation } from '../src/hook-location.ts';
import { findRepository } from '../src/repository.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  temporaryFolder,
  temporaryRepository,
} from './temporary-repository.ts';

afterEach(removeTemporaryFolders);

async function locate(dir: string, env: NodeJS.ProcessEnv = {}): Promise<HookLocation> {
  return locateHooks((await findRepository(dir, { ...isolatedEnv, ...env }))!);
}

test('F80 a fresh clone has none', async () => {
  const repository = temporaryRepository();
  expect(await locate(repository.dir)).toEqual({
    folder: repository.path('.git', 'hooks'),
    exists: true,
    setting: null,
    ownFolder: repository.path('.git', 'hooks'),
    hooks: [],
    configured: [],
  });
});

test('executable, not executable, and a link to nothing', async () => {
  const repository = temporaryRepository();
  repository.hook('pre-commit', 'true');
  repository.hook('pre-push', 'true');
  chmodSync(repository.path('.git/hooks/pre-push'), 0o644);
  symlinkSync('/nowhere', repository.path('.git/hooks/commit-msg'));
  const { hooks } = await locate(repository.dir);
  expect(hooks).toEqual([
    {
      name: 'commit-msg',
      path: repository.path('.git/hooks/commit-msg'),
      isExecutable: false,
      isDangling: true,
    },
    {
      name: 'pre-commit',
      path: repository.path('.git/hooks/pre-commit'),
      isExecutable: true,
      isDangling: false,
    },
    {
      name: 'pre-push',
      path: repository.path('.git/hooks/pre-push'),
      isExecutable: false,
      isDangling: false,
    },
  ]);
});

test('core.hooksPath counts from the top, in a linked worktree from its own', async () => {
  const repository = temporaryRepository();
  repository.git('config', 'core.hooksPath', '.husky/_');
  repository.git('commit', '-q', '--allow-empty', '-m', 'x');
  mkdirSync(repository.path('.husky/_'), { recursive: true });
  mkdirSync(repository.path('sub'));
  writeFileSync(repository.path('.husky/_/pre-commit'), '', { mode: 0o755 });
  writeFileSync(repository.path('.husky/_/husky.sh'), '');
  const here = await locate(repository.path('sub'));
  expect(here).toMatchObject({
    folder: repository.path('.husky/_'),
    setting: { value: '.husky/_', scope: 'local' },
    ownFolder: repository.path('.git/hooks'),
    hooks: [{ name: 'pre-commit', isExecutable: true }],
  });
  const linked = join(temporaryFolder(), 'linked');
  repository.git('worktree', 'add', '-q', linked);
  expect(await locate(linked)).toMatchObject({
    folder: join(linked, '.husky/_'),
    exists: false,
    ownFolder: repository.path('.git/hooks'),
  });
  repository.git('config', '--unset', 'core.hooksPath');
  expect((await locate(linked)).folder).toBe(repository.path('.git/hooks'));
});

test('a global core.hooksPath, and hooks of the configuration', async () => {
  const repository = temporaryRepository();
  const global = join(temporaryFolder(), 'gitconfig');
  const folder = temporaryFolder();
  writeFileSync(
    global,
    `[core]\n\thooksPath = ${folder}\n[hook "a b"]\n\tcommand = x y\n\tevent = pre-commit\n\tevent = pre-push\n`,
  );
  expect(await locate(repository.dir, { GIT_CONFIG_GLOBAL: global })).toMatchObject({
    folder,
    setting: { value: folder, scope: 'global', origin: `file:${global}` },
    configured: [{ name: 'a b', command: 'x y', events: ['pre-commit', 'pre-push'] }],
  });
  unlinkSync(global);
});

test('the version of git', async () => {
  const repository = (await findRepository(temporaryRepository().dir, isolatedEnv))!;
  expect(await readGitVersion(repository)).toMatch(/^\d+\.\d+/);
});
