/** The hook under real git, from `git commit` to the printed finding. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { npmToken, runCli, slackToken } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { configWith, repoWithHook, writeApp } from './repo-with-hook.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
});
afterEach(() => repo.remove());

async function commit(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await repo.tryGit('commit', '--message', 'change', ...args);
  return { code, output: stdout + stderr };
}

async function count(): Promise<number> {
  const { code, stdout } = await repo.tryGit('rev-list', '--count', 'HEAD');
  return code === 0 ? Number(stdout) : 0;
}

describe('what is staged is what is judged', () => {
  const leak = (): string => `const a = 1;\nconst b = 2;\nexport const token = '${slackToken()}';\n`;

  test('a clean first commit passes and says what was looked at', async () => {
    await repo.write('a.ts', 'export const a = 1;\n');
    await repo.git('add', '.');
    const { code, output } = await commit();
    expect(output).toMatch(/No finding\n\s+looked at 1 file \(20 bytes\) and 0 Arkos apps in what is staged/);
    expect(code).toBe(0);
    expect(await count()).toBe(1);
  });

  test('a staged secret is refused with its place and rule, never its text', async () => {
    await repo.write('src/a.ts', leak());
    await repo.git('add', '.');
    const { code, output } = await commit();
    expect(output).toMatch(/^src\/a\.ts:3:\d+ {2}error {2}committed-secret$/m);
    expect(output).not.toContain(slackToken());
    expect(code).not.toBe(0);
    expect(await count()).toBe(0);
  });

  test('staged with a secret, mended on disk only: refused', async () => {
    await repo.write('a.ts', leak());
    await repo.git('add', '.');
    await repo.write('a.ts', 'export const a = 1;\n');
    expect((await commit()).code).not.toBe(0);
  });

  test('clean as staged, a secret on disk only: passes and touches nothing', async () => {
    await repo.write('a.ts', 'export const a = 1;\n');
    await repo.git('add', '.');
    await repo.write('a.ts', leak());
    const before = await stat(join(repo.root, 'a.ts'), { bigint: true });
    expect((await commit()).code).toBe(0);
    const after = await stat(join(repo.root, 'a.ts'), { bigint: true });
    expect(after.mtimeNs).toBe(before.mtimeNs);
    expect(await readFile(join(repo.root, 'a.ts'), 'utf8')).toBe(leak());
  });

  test('commit -a is judged by the index it makes', async () => {
    await repo.write('a.ts', 'export const a = 1;\n');
    await repo.commitAll();
    await repo.write('a.ts', leak());
    const { code, output } = await commit('--all');
    expect(output).toContain('a.ts:3:');
    expect(code).not.toBe(0);
    expect(await count()).toBe(1);
  });

  test('commit <path> is judged by that path alone', async () => {
    await repo.write('a.ts', 'export const a = 1;\n');
    await repo.write('b.ts', 'export const b = 1;\n');
    await repo.commitAll();
    await repo.write('a.ts', leak());
    await repo.git('add', 'a.ts');
    await repo.write('b.ts', 'export const b = 2;\n');
    expect((await commit('b.ts')).code).toBe(0);
    await repo.git('reset', '--quiet');
    expect((await commit('a.ts')).code).not.toBe(0);
    expect(await count()).toBe(2);
  });

  test('from a linked worktree', async () => {
    await repo.write('a.ts', 'export const a = 1;\n');
    await repo.commitAll();
    await repo.git('worktree', 'add', '--quiet', 'tree');
    await repo.write('tree/leak.ts', leak());
    await repo.git('-C', 'tree', 'add', '.');
    const { code, stderr, stdout } = await repo.tryGit('-C', 'tree', 'commit', '--message', 'leak');
    expect(stdout + stderr).toContain('leak.ts:3:');
    expect(code).not.toBe(0);
  });

  test('a warning that the last commit already had is older, too', async () => {
    await repo.write('bulwark.json', '{ "rules": { "committed-secret": "warn" } }');
    await repo.write('a.ts', leak());
    await repo.git('add', '.');
    await repo.git('commit', '--quiet', '--no-verify', '--message', 'slipped past');
    await repo.write('a.ts', `${leak()}// a comment\n`);
    const { code, output } = await commit('--all');
    expect(output).toMatch(
      /Already there before this change.*\n {2}a\.ts:3:\d+ {2}warning {2}committed-secret\n/,
    );
    expect(code).toBe(0);
  });

  test('what the last commit already had is older and does not block; a second secret does', async () => {
    await repo.write('a.ts', leak());
    await repo.git('add', '.');
    await repo.git('commit', '--quiet', '--no-verify', '--message', 'slipped past');
    await repo.write('a.ts', `${leak()}// a comment\n`);
    const first = await commit('--all');
    expect(first.output).toContain('Already there before this change');
    expect(first.code).toBe(0);
    await repo.write('a.ts', `${leak()}export const other = '${npmToken('other')}';\n`);
    expect((await commit('--all')).code).not.toBe(0);
  });

  test('a comment that names the fingerprint allows that secret and no other', async () => {
    await repo.write('a.ts', leak());
    await repo.git('add', '.');
    const comment = /bulwark-allow committed-secret [0-9a-f]{8}: /.exec((await commit()).output)?.[0];
    expect(comment).toBeDefined();
    const allowed = leak().replace("';\n", `'; // ${comment} made up for a test\n`);
    await repo.write('a.ts', leak().trimEnd() + ` // ${comment} made up for a test\n`);
    await repo.git('add', '.');
    expect((await commit()).output).toContain('waived: made up for a test');
    expect(await count()).toBe(1);
    await repo.write(
      'a.ts',
      allowed.replace('export', `export const other = '${npmToken('other')}'; export`),
    );
    expect((await commit('--all')).code).not.toBe(0);
  });
});

describe('env files', () => {
  test.each(['.env', 'apps/api/.env.production', 'deep/er/.ENV.local'])('%s is refused', async (path) => {
    await repo.write(path, 'PORT=8000\nLOG_LEVEL=debug\n');
    await repo.git('add', '--force', '.');
    const { code, output } = await commit();
    expect(output).toMatch(/error {2}env-file/);
    expect(code).not.toBe(0);
  });

  test('a template with empty values passes', async () => {
    await repo.write('.env.example', 'PORT=\nJWT_SECRET=\n');
    await repo.git('add', '--force', '.');
    expect((await commit()).code).toBe(0);
  });
});

describe('router strictness', () => {
  test('a mismatch between modes is refused, with both values and the place', async () => {
    await writeApp(repo, 'apps/api', configWith(`process.env.NODE_ENV === "production" ? true : "no-bulk"`));
    await repo.git('add', '.');
    const { code, output } = await commit();
    expect(output).toMatch(
      /^apps\/api\/arkos\.config\.ts:4:\d+ {2}error {2}router-strict-parity {2}apps\/api \(development, production\)$/m,
    );
    expect(output).toContain('"no-bulk" in development, true in production');
    expect(code).not.toBe(0);
  });

  test('the same text inside a comment is none', async () => {
    const comment = '// strict: process.env.NODE_ENV === "production" ? true : "no-bulk"';
    await writeApp(repo, 'apps/api', `${comment}\n${configWith(`"no-bulk" /* ${comment} */`)}`);
    await repo.git('add', '.');
    const { code, output } = await commit();
    expect(output).toContain('No finding');
    expect(code).toBe(0);
  });

  test('an unpinned variable is undecided and named, and does not block', async () => {
    await writeApp(repo, 'apps/api', configWith('process.env.ROUTER_STRICT'));
    await repo.git('add', '.');
    const { code, output } = await commit();
    expect(output).toMatch(/warning {2}router-strict-parity.*\n.*undecided.*ROUTER_STRICT/);
    expect(output).toMatch(/warning {2}router-strict .*\n.*undecided.*ROUTER_STRICT/);
    expect(code).toBe(0);
  });

  test('a mismatch that was there before blocks every commit', async () => {
    await writeApp(repo, 'apps/api', configWith(`process.env.NODE_ENV === "production" ? true : "no-bulk"`));
    await repo.git('add', '.');
    await repo.git('commit', '--quiet', '--no-verify', '--message', 'slipped past');
    await repo.write('README.md', 'hello\n');
    await repo.git('add', '.');
    const { code, output } = await commit();
    expect(output).toMatch(/error {2}router-strict-parity/);
    expect(code).not.toBe(0);
  });
});

describe('what cannot be checked is exit 2, with the cause and the cure', () => {
  test('a configuration that cannot be read', async () => {
    await writeApp(repo, 'apps/api', `${configWith('true')}<<<<<<< HEAD\n`);
    await repo.git('add', '.');
    const { code, stdout, stderr } = await runCli(['hook', 'pre-commit'], { cwd: repo.root, env: repo.env });
    expect(stdout).toMatch(/apps\/api\/arkos\.config\.ts:\d+:\d+ /);
    expect(stderr).toContain('the commit is refused. Something could not be checked');
    expect(code).toBe(2);
    expect((await commit()).code).not.toBe(0);
  });

  test('no git on the PATH', async () => {
    const { code, stderr } = await runCli(['audit'], {
      cwd: repo.root,
      env: { ...repo.env, PATH: '/nonexistent' },
    });
    expect(stderr).toMatch(/git/);
    expect(stderr).toMatch(/install|PATH/i);
    expect(code).toBe(2);
  });

  test('broken settings', async () => {
    await repo.write('bulwark.json', '{\n  "rulez": {}\n}\n');
    await repo.git('add', '.');
    const { code, stderr } = await runCli(['hook', 'pre-commit'], { cwd: repo.root, env: repo.env });
    expect(stderr).toContain('bulwark.json:2:3 unknown key "rulez"; did you mean "rules"?');
    expect(stderr).toContain('Nothing was checked');
    expect(code).toBe(2);
    expect((await commit()).code).not.toBe(0);
  });

  test('outside a repository', async () => {
    const { code, stderr } = await runCli(['hook', 'pre-commit'], { cwd: '/', env: repo.env });
    expect(stderr).toContain('git repository');
    expect(code).toBe(2);
  });
});
