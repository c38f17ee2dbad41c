/** From nothing to a guarded workspace, with pnpm and what it really installs. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { slackToken } from '@bulwark/testing';
import { harbourFiles } from './harbour-files.ts';
import { NX_VERSION, openWorkspace } from './nx-workspace.ts';
import type { NxWorkspace, Said } from './nx-workspace.ts';
import { REPOSITORY, packBoth } from './pack.ts';
import type { Packed } from './pack.ts';
import { tempFolder } from './temp-folder.ts';

let packed: Packed;
let workspace: NxWorkspace;

beforeAll(async () => {
  packed = packBoth();
  const { root, remove } = tempFolder({});
  workspace = openWorkspace(root, join(root, 'work'), remove);
  putOnPath();
  const {
    'package-lock.json': _,
    'bulwark.json': __,
    ...files
  } = harbourFiles({ nx: NX_VERSION, bulwark: '0.1.0' });
  for (const [path, text] of Object.entries(files)) workspace.write(path, text);
  workspace.write('nx.json', JSON.stringify({ analytics: false, neverConnectToCloud: true }));
  workspace.write('.gitignore', 'node_modules\n.nx\n');
  workspace.write(
    'pnpm-workspace.yaml',
    "packages:\n  - 'apps/*'\n  - 'packages/*'\nautoInstallPeers: false\nonlyBuiltDependencies: []\n",
  );
  const { workspaces: ___, ...manifest } = JSON.parse(workspace.read('package.json')) as Record<
    string,
    unknown
  >;
  const devDependencies = {
    nx: NX_VERSION,
    '@nx/devkit': NX_VERSION,
    bulwark: `file:${packed.bulwark}`,
    '@bulwark/nx': `file:${packed.plugin}`,
  };
  workspace.write('package.json', JSON.stringify({ ...manifest, devDependencies }));
  // Arkos itself is not installed: nothing here runs it, and what an app asks for says which version it is.
  for (const app of ['crew', 'tides', 'tolls']) {
    const path = `apps/${app}/package.json`;
    const { dependencies, ...rest } = JSON.parse(workspace.read(path)) as {
      dependencies: Record<string, string>;
    };
    const shared = dependencies['@harbour/base'] ? { '@harbour/base': 'workspace:*' } : {};
    workspace.write(
      path,
      JSON.stringify({ ...rest, dependencies: shared, peerDependencies: { arkos: '1.6.7' } }),
    );
  }
  await workspace.git('init', '--quiet', '--initial-branch=main');
  const { code, text } = await pnpm('install');
  if (code !== 0) throw new Error(`pnpm install exited ${code}\n${text}`);
}, 300_000);
afterAll(async () => {
  await workspace.remove();
  packed.remove();
});

/** Nx calls pnpm by its name. */
function putOnPath(): void {
  const bin = join(workspace.root, '../bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules/pnpm/bin/pnpm.cjs'), join(bin, 'pnpm'));
}

function pnpm(...args: string[]): Promise<Said> {
  return workspace.run('pnpm', args);
}

test('the generator sets everything up and asks nothing', async () => {
  const said = await workspace.nx('g @bulwark/nx:init --no-interactive --ci=github');
  expect(said).toMatchObject({ code: 0, text: expect.stringContaining('pre-commit') as unknown });
  expect(workspace.read('.gitignore')).toContain('.env.*');
  expect(workspace.read('.github/workflows/bulwark.yml')).toContain('pnpm install --frozen-lockfile');
  expect(await workspace.nx('sync:check')).toMatchObject({ code: 0 });
  // The hook it installed lets this through.
  await workspace.git('add', '--all');
  await workspace.git('commit', '--message', 'Guard the harbour');
});

test('every app and the workspace are judged once, and after a change what rests on it', async () => {
  const first = await workspace.nx('affected -t lint --files=bulwark.json');
  expect(first).toMatchObject({
    code: 0,
    tasks: { crew: 'run', harbour: 'run', tides: 'run', tolls: 'run' },
  });
  const second = await workspace.nx('run-many -t lint');
  expect(second.tasks).toEqual({ crew: 'cached', harbour: 'cached', tides: 'cached', tolls: 'cached' });
  workspace.write(
    'packages/base/src/index.js',
    "export const origins = ['https://tides.harbour.example'];\n",
  );
  const third = await workspace.nx('affected -t lint --base=HEAD');
  expect(third).toMatchObject({ code: 0, tasks: { harbour: 'run', tides: 'run', tolls: 'run' } });
  expect(third.tasks).not.toHaveProperty('crew');
  expect(await workspace.git('status', '--porcelain')).toBe(' M packages/base/src/index.js\n');
});

test('a secret is refused where it is committed', async () => {
  workspace.write('apps/crew/src/hook.ts', `export const hook = '${slackToken()}';\n`);
  await workspace.git('add', '--all');
  const { code, text } = await workspace.run('git', ['commit', '--message', 'Call the hook']);
  expect(code).not.toBe(0);
  expect(text).toContain('committed-secret');
});
