/**
 * init, doctor and uninstall in repositories as people have them. Of F91, Windows' own shells are not here: the
 * script is POSIX sh, which is what Git for Windows runs hooks with.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BIN, createTempRepo, runCli, slackToken } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';
import { pathWithout } from './path-without.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await createTempRepo();
  await mkdir(join(repo.root, 'node_modules'));
  await symlink(dirname(dirname(BIN)), join(repo.root, 'node_modules/bulwark'), 'dir');
  await repo.write('.gitignore', 'node_modules\n');
  await repo.write('package.json', '{}\n');
  await repo.git('add', '.');
  await repo.git('commit', '--quiet', '--message', 'start');
});
afterEach(() => repo.remove());

const bulwark = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env: repo.env });

async function commitLeak(cwd = '.'): Promise<{ code: number; output: string }> {
  await repo.write(join(cwd, 'leak.ts'), `export const token = '${slackToken()}';\n`);
  await repo.git('-C', cwd, 'add', '.');
  const { code, stdout, stderr } = await repo.tryGit('-C', cwd, 'commit', '--message', 'leak');
  return { code, output: stdout + stderr };
}

/** Every file of the hooks folders and git's own configuration, byte for byte, with modes. */
async function bytes(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of ['.git/hooks', '.git/bulwark', '.husky', 'shared-hooks']) {
    for (const name of await readdir(join(repo.root, folder), { recursive: true }).catch(() => [])) {
      const file = join(repo.root, folder, name);
      const { mode } = await stat(file);
      if ((await stat(file)).isFile())
        found[join(folder, name)] = `${mode.toString(8)} ${await readFile(file, 'latin1')}`;
    }
  }
  found['.git/config'] = await readFile(join(repo.root, '.git/config'), 'latin1');
  return found;
}

async function writeHook(folder: string, name: string, text: string): Promise<void> {
  await repo.write(`${folder}/${name}`, text);
  await chmod(join(repo.root, folder, name), 0o755);
}

describe('doctor', () => {
  test('F80: exit 1 without hooks, naming each; 0 once installed', async () => {
    const before = await bulwark('doctor');
    expect(before.stdout).toMatch(/✖ pre-commit .*no such hook; bulwark init installs it/);
    expect(before.code).toBe(1);
    await bulwark('init');
    const after = await bulwark('doctor');
    expect(after.stdout).toMatch(/✔ pre-push +installed/);
    expect(after.code).toBe(0);
  });

  test('sees a hook that lost its mode, and a folder that is not there', async () => {
    await bulwark('init');
    await chmod(join(repo.root, '.git/hooks/pre-push'), 0o644);
    expect((await bulwark('doctor')).stdout).toMatch(/✖ pre-push .*not executable/);
    await repo.git('config', 'core.hooksPath', 'elsewhere');
    const { code, stdout } = await bulwark('doctor');
    expect(stdout).toMatch(/core\.hooksPath, local/);
    expect(stdout).toMatch(/does not exist/);
    expect(code).toBe(1);
  });

  test('sees that somebody wrote over the hook', async () => {
    await bulwark('init');
    await writeHook('.git/hooks', 'pre-commit', '#!/bin/sh\nexit 0\n');
    expect((await bulwark('doctor')).code).toBe(1);
  });
});

describe('init and uninstall', () => {
  test('a plain repository: guarded, twice the same, and byte for byte as before', async () => {
    const before = await bytes();
    expect((await bulwark('init')).code).toBe(0);
    const installed = await bytes();
    const again = await bulwark('init', '--yes');
    expect(again.stdout).toContain('already installed');
    expect(await bytes()).toEqual(installed);
    const { code, output } = await commitLeak();
    expect(output).toMatch(/leak\.ts:1:\d+ {2}error {2}committed-secret/);
    expect(code).not.toBe(0);
    expect((await bulwark('uninstall')).code).toBe(0);
    expect(await bytes()).toEqual(before);
    expect((await commitLeak()).code).toBe(0);
  });

  test('F82: a hook that was there still runs, once, can refuse, and comes back', async () => {
    await writeHook('.git/hooks', 'pre-commit', '#!/bin/sh\necho "mine $#"\n[ ! -e refuse ]\n');
    const before = await bytes();
    await bulwark('init', '--yes');
    await bulwark('init', '--yes');
    const clean = await repo.tryGit('commit', '--allow-empty', '--message', 'clean');
    expect((clean.stdout + clean.stderr).match(/mine 0/g)).toHaveLength(1);
    expect(clean.code).toBe(0);
    await repo.write('refuse', '');
    expect((await repo.tryGit('commit', '--allow-empty', '--message', 'clean')).code).not.toBe(0);
    await bulwark('uninstall');
    expect(await bytes()).toEqual(before);
  });

  test('what a hook that was there stages is judged, too', async () => {
    await repo.write('.git/gen.ts', `export const token = '${slackToken()}';\n`);
    await writeHook('.git/hooks', 'pre-commit', '#!/bin/sh\ncp .git/gen.ts made.ts\ngit add made.ts\n');
    await bulwark('init');
    await repo.write('x.ts', 'export {};\n');
    await repo.git('add', '.');
    const leak = await repo.tryGit('commit', '--message', 'made');
    expect(leak.stderr).toContain('made.ts:1:23');
    expect(leak.code).not.toBe(0);
    await repo.git('rm', '--quiet', '--cached', '--force', 'made.ts');
    await repo.write('.git/gen.ts', 'export {};\n');
    expect((await repo.tryGit('commit', '--message', 'made')).code).toBe(0);
    expect(await repo.git('show', '--name-only', '--format=')).toBe('made.ts\nx.ts\n');
  });

  test('and where no checksum can tell whether it staged anything', async () => {
    await repo.write('.git/gen.ts', `export const token = '${slackToken()}';\n`);
    await writeHook('.git/hooks', 'pre-commit', '#!/bin/sh\ncp .git/gen.ts made.ts\ngit add made.ts\n');
    await bulwark('init');
    const poor = await pathWithout('cksum');
    const commit = ['commit', '--allow-empty', '--message', 'made'];
    const { code, stderr } = await run('git', commit, { PATH: poor.folder });
    await poor.remove();
    expect(stderr).toContain('made.ts:1:23');
    expect(code).not.toBe(0);
  });

  test('what a hook that was there writes into the message is judged, too', async () => {
    await repo.write('.git/said', `see ${slackToken()}\n`);
    await writeHook('.git/hooks', 'commit-msg', '#!/bin/sh\ncat .git/said >> "$1"\n');
    await bulwark('init');
    const { code, stderr } = await repo.tryGit('commit', '--allow-empty', '--message', 'clean');
    expect(stderr).toContain('COMMIT_EDITMSG:2');
    expect(code).not.toBe(0);
  });

  test('a pre-push hook that was there gets the refs unchanged', async () => {
    await writeHook('.git/hooks', 'pre-push', '#!/bin/sh\ncat > seen\nprintf "%s" "$*" > args\n');
    await bulwark('init');
    await repo.git('init', '--quiet', '--bare', 'remote.git');
    const { code, stderr } = await repo.tryGit('push', join(repo.root, 'remote.git'), 'main');
    expect(stderr).not.toMatch(/error/);
    expect(code).toBe(0);
    const head = (await repo.git('rev-parse', 'HEAD')).trim();
    expect(await readFile(join(repo.root, 'seen'), 'utf8')).toBe(
      `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`,
    );
    expect(await readFile(join(repo.root, 'args'), 'utf8')).toBe(
      `${join(repo.root, 'remote.git')} ${join(repo.root, 'remote.git')}`,
    );
  });

  test('husky: a block in its files, what follows still runs, and comes back', async () => {
    await repo.write('.husky/pre-commit', 'echo mine\n');
    await repo.write('.husky/pre-push', 'cat > seen\n');
    await writeHook('.husky/_', 'pre-commit', '#!/bin/sh\nsh -e .husky/pre-commit "$@"\n');
    await writeHook('.husky/_', 'pre-push', '#!/bin/sh\nsh -e .husky/pre-push "$@"\n');
    await writeHook('.husky/_', 'commit-msg', '#!/bin/sh\nsh -e .husky/commit-msg "$@"\n');
    await writeHook('.husky/_', 'pre-merge-commit', '#!/bin/sh\nsh -e .husky/pre-merge-commit "$@"\n');
    await repo.git('config', 'core.hooksPath', '.husky/_');
    const before = await bytes();
    await bulwark('init');
    expect((await bulwark('doctor')).stdout).toContain('installed in .husky/pre-commit');
    const clean = await repo.tryGit('commit', '--allow-empty', '--message', 'clean');
    expect(clean.stdout + clean.stderr).toContain('mine');
    expect((await commitLeak()).code).not.toBe(0);
    await repo.git('init', '--quiet', '--bare', 'remote.git');
    expect((await repo.tryGit('push', join(repo.root, 'remote.git'), 'main')).code).toBe(0);
    expect(await readFile(join(repo.root, 'seen'), 'utf8')).toMatch(
      /^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n$/,
    );
    await bulwark('uninstall');
    expect(await bytes()).toEqual(before);
  });

  test('a hooks folder of the user is not written in, and its hooks all still run', async () => {
    await writeHook('shared-hooks', 'pre-commit', '#!/bin/sh\necho shared-pre-commit\n');
    await writeHook('shared-hooks', 'post-commit', '#!/bin/sh\necho shared-post-commit\n');
    await repo.write('global.config', `[core]\n\thooksPath = ${join(repo.root, 'shared-hooks')}\n`);
    const env = { ...repo.env, GIT_CONFIG_GLOBAL: join(repo.root, 'global.config') };
    const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env });
    const before = await bytes();
    expect((await run('init')).code).toBe(0);
    expect((await run('init')).code).toBe(0);
    expect((await run('doctor')).code).toBe(0);
    const { stdout, stderr } = await repo.tryGit(
      '-c',
      `include.path=${join(repo.root, 'global.config')}`,
      'commit',
      '--allow-empty',
      '--message',
      'clean',
    );
    expect(stdout + stderr).toContain('shared-pre-commit');
    expect(stdout + stderr).toContain('shared-post-commit');
    expect((await commitLeak()).code).not.toBe(0);
    expect((await run('uninstall')).code).toBe(0);
    expect(await bytes()).toEqual(before);
  });

  test('from a subfolder with the package, and in a linked worktree without node_modules', async () => {
    await mkdir(join(repo.root, 'web/node_modules'), { recursive: true });
    await writeFile(join(repo.root, 'web/package.json'), '{}');
    await symlink(dirname(dirname(BIN)), join(repo.root, 'web/node_modules/bulwark'), 'dir');
    await runCli(['init'], { cwd: join(repo.root, 'web'), env: repo.env });
    expect(await readFile(join(repo.root, '.git/hooks/pre-commit'), 'utf8')).toContain(
      '"${BULWARK_FOLDER:-web}"',
    );
    expect((await commitLeak()).code).not.toBe(0);
    await repo.git('worktree', 'add', '--quiet', 'tree', 'HEAD');
    expect((await commitLeak('tree')).code).not.toBe(0);
  });

  test('F83: outside a repository it creates nothing and says what to do', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'bulwark-test-'));
    try {
      const env = { ...repo.env, CI: '1', HOME: outside };
      const { code, stderr } = await runCli(['init', '--yes'], { cwd: outside, env });
      expect(stderr).toMatch(/not in a git repository.*\n.*git init/);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(code).toBe(2);
      expect(await readdir(outside)).toEqual([]);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test('F91: with fileMode off and autocrlf on, the hooks keep their line feeds and run', async () => {
    await repo.git('config', 'core.fileMode', 'false');
    await repo.git('config', 'core.autocrlf', 'true');
    await bulwark('init');
    for (const text of Object.values(await bytes())) expect(text).not.toContain('\r');
    expect((await bulwark('doctor')).code).toBe(0);
    expect((await commitLeak()).output).toMatch(/leak\.ts:1:\d+ {2}error {2}committed-secret/);
  });

  test.each([
    ['husky', '.husky', '.husky/_'],
    ['a folder of the repository', 'shared-hooks', 'shared-hooks'],
  ])(
    'F91: so do hooks in %s, in a clone with autocrlf on; and the attributes go again',
    async (_kind, folder, path) => {
      await repo.git('config', 'core.hooksPath', path);
      await writeHook(folder, 'pre-commit', '#!/bin/sh\necho mine\n');
      await repo.git('add', '.');
      await repo.git('commit', '--quiet', '--no-verify', '--message', 'hooks');
      const before = await bytes();
      await bulwark('init');
      const installed = await bytes();
      await bulwark('init');
      expect(await bytes()).toEqual(installed);
      await repo.git('add', '.');
      await repo.git('commit', '--quiet', '--no-verify', '--message', 'installed');
      await repo.git('-c', 'core.autocrlf=true', 'clone', '--quiet', '.', '.git/clone');
      for (const name of await readdir(join(repo.root, '.git/clone', folder), { withFileTypes: true }))
        if (name.isFile())
          expect(await readFile(join(name.parentPath, name.name), 'latin1')).not.toContain('\r');
      expect(await readFile(join(repo.root, '.git/clone/package.json'), 'latin1')).toBe('{}\r\n');
      await bulwark('uninstall');
      expect(await bytes()).toEqual(before);
    },
  );
});

describe('the hook script', () => {
  test('F84: the PATH of a graphical client: Node is found where installers put it, and an old one is passed over', async () => {
    await bulwark('init');
    await repo.write('.gitignore', 'node_modules\nhome\n');
    const [tools, versions] = ['home/bin', 'home/.nvm/versions/node'];
    await writeHook(`${versions}/v1.0.0/bin`, 'node', '#!/bin/sh\ntouch old-node-ran; exit 1\n');
    await mkdir(join(repo.root, versions, 'v9.9.9/bin'), { recursive: true });
    await symlink(process.execPath, join(repo.root, versions, 'v9.9.9/bin/node'));
    await mkdir(join(repo.root, tools));
    for (const tool of ['git', 'sh', 'cat']) {
      const { stdout } = await run('sh', ['-c', `command -v ${tool}`]);
      await symlink(stdout.trim(), join(repo.root, tools, tool));
    }
    const home = join(repo.root, 'home');
    const env = { PATH: join(repo.root, tools), HOME: home, NVM_DIR: '', VOLTA_HOME: '' };
    await repo.write('leak.ts', `export const token = '${slackToken()}';\n`);
    await repo.git('add', '.');
    const { code, stderr } = await run('git', ['commit', '--message', 'leak'], env);
    expect(stderr).toMatch(/leak\.ts:1:\d+ {2}error {2}committed-secret/);
    expect(code).not.toBe(0);
    await rm(join(home, '.nvm'), { recursive: true });
    const without = await run('git', ['commit', '--message', 'leak'], env);
    // This machine may have a Node where installers put it.
    expect(without.stderr).toMatch(/committed-secret|Node\.js was not found.*\n.*Install Node/);
    expect(without.code).not.toBe(0);
    expect((await repo.tryGit('log', '--oneline')).stdout).not.toContain('leak');
  });

  test('certificates are read for the hook that was there, and for rules of the repository, but not for a check', async () => {
    const say = (name: string) => `#!/bin/sh\necho "${name}: ${'${NODE_EXTRA_CA_CERTS-none}'}" >&2\n`;
    await writeHook('.git/hooks', 'pre-commit', say('theirs'));
    await bulwark('init');
    await repo.write('.gitignore', 'node_modules\nhome\n');
    await writeHook('home/bin', 'node', say('ours'));
    const env = {
      PATH: `${join(repo.root, 'home/bin')}:${repo.env['PATH']}`,
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      BULWARK_DAEMON: '0',
    };
    const commit = ['commit', '--allow-empty', '--message', 'x'];
    expect((await run('git', commit, env)).stderr).toContain('ours: none\ntheirs: /ca.pem\n');
    await repo.write('.secretlintrc.json', '{}');
    expect((await run('git', commit, env)).stderr).toContain('ours: /ca.pem\ntheirs: /ca.pem\n');
  });

  test('without the package it refuses with the cure', async () => {
    await bulwark('init');
    await rm(join(repo.root, 'node_modules'), { recursive: true });
    await repo.write('a.ts', 'x\n');
    await repo.git('add', '.');
    const { stderr, code } = await repo.tryGit('commit', '--message', 'x');
    expect(stderr).toMatch(/"bulwark" is not installed here.*\n.*install/);
    expect(code).not.toBe(0);
  });
});

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: repo.root, env: { ...repo.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
