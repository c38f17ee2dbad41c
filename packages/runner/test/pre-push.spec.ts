/** The push check under real git: what slipped past the commit does not leave the machine. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { npmToken, slackToken } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { configWith, repoWithHook, writeApp } from './repo-with-hook.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
  await repo.git('init', '--quiet', '--bare', 'remote.git');
  await repo.git('remote', 'add', 'origin', join(repo.root, 'remote.git'));
  await repo.write('.git/info/exclude', 'remote.git\n');
  await repo.write('a.txt', 'a\n');
  await slip('start');
});
afterEach(() => repo.remove());

/** Commits everything without the hook. @returns the commit. */
async function slip(message: string): Promise<string> {
  await repo.git('add', '--all', '--force', ':!remote.git');
  await repo.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
  return (await repo.git('rev-parse', 'HEAD')).trim();
}

const leak = (seed = 'push'): string => `one\nexport const token = '${slackToken(seed)}';\n`;

async function push(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await repo.tryGit('push', ...args);
  return { code, output: stdout + stderr };
}

async function remoteHas(ref: string): Promise<boolean> {
  return (await repo.tryGit('-C', 'remote.git', 'rev-parse', '--verify', '--quiet', ref)).code === 0;
}

async function expectRefused(ref: string, ...args: string[]): Promise<string> {
  const { code, output } = await push(...args);
  expect(output).toMatch(/error {2}committed-secret/);
  expect(output).not.toContain(slackToken('push'));
  expect(output).toContain('bulwark: the push is refused.');
  expect(code).not.toBe(0);
  expect(await remoteHas(ref)).toBe(false);
  return output;
}

describe('a push', () => {
  test('of clean commits passes, and so does one with nothing new', async () => {
    expect((await push('origin', 'main')).code).toBe(0);
    expect((await push('origin', 'main')).code).toBe(0);
    expect(await remoteHas('refs/heads/main')).toBe(true);
  });

  test('by URL, and to a remote nobody configured', async () => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await expectRefused('refs/heads/main', join(repo.root, 'remote.git'), 'main');
  });

  test('what the remote has is not this push; a new secret in an old file is', async () => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await repo.git('push', '--quiet', '--no-verify', 'origin', 'main');
    await repo.write('leak.ts', `${leak()}// edited elsewhere\n`);
    await slip('edit');
    expect((await push('origin', 'main')).code).toBe(0);
    await repo.write('leak.ts', `${leak()}export const other = '${npmToken('push')}';\n`);
    await slip('another');
    expect((await push('origin', 'main')).code).not.toBe(0);
  });

  test('the message of a commit and of a tag', async () => {
    await slip(`use ${npmToken('message')}`);
    const refused = await push('origin', 'main');
    expect(refused.output).toMatch(/\(message of commit [0-9a-f]{12}\):1:\d+ .*committed-secret/);
    expect(refused.code).not.toBe(0);
    await repo.git('commit', '--quiet', '--no-verify', '--amend', '--allow-empty', '--message', 'clean');
    await repo.git('tag', '--annotate', '--message', `use ${npmToken('tag')}`, 'v1');
    expect((await push('origin', 'v1')).code).not.toBe(0);
    expect((await push('origin', 'main')).code).toBe(0);
  });

  test('apps are judged at the tip: a mismatch is refused even where the remote has it', async () => {
    await writeApp(repo, 'apps/api', configWith('process.env.NODE_ENV === "production" ? true : "no-bulk"'));
    await slip('app');
    const { code, output } = await push('origin', 'main');
    expect(output).toMatch(/arkos\.config\.ts:4:\d+.*error {2}router-strict-parity/);
    expect(code).not.toBe(0);
  });

  test('what an app has on the remote already does not stop a new branch', async () => {
    await writeApp(repo, 'apps/api', configWith('false'));
    await slip('app');
    expect((await push('origin', 'main')).code).not.toBe(0);
    await repo.git('push', '--quiet', '--no-verify', 'origin', 'main');
    await repo.git('checkout', '--quiet', '-b', 'topic');
    await repo.write('b.txt', 'b\n');
    await slip('elsewhere');
    const { code, output } = await push('origin', 'topic');
    expect(output).toMatch(/Already there before this change.*\n.*router-strict/);
    expect(code).toBe(0);
  });

  test('a file renamed to .env is refused', async () => {
    await repo.git('mv', 'a.txt', '.env');
    await slip('rename');
    const { code, output } = await push('origin', 'main');
    expect(output).toMatch(/^\.env:1:1 .*error {2}env-file/m);
    expect(code).not.toBe(0);
  });
});

describe('commit-msg', () => {
  test('a secret in the message is refused', async () => {
    const { code, stdout, stderr } = await repo.tryGit(
      'commit',
      '--allow-empty',
      '--message',
      `use ${npmToken('message')}`,
    );
    expect(stdout + stderr).toMatch(/COMMIT_EDITMSG:1:\d+.*committed-secret/);
    expect(code).not.toBe(0);
  });

  test('the change that git commit --verbose shows below the scissors does not count', async () => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await repo.git('rm', '--quiet', 'leak.ts');
    await repo.git('config', 'core.editor', 'sed -i 1s/^/undo/');
    const { code, stdout, stderr } = await repo.tryGit('-c', 'commit.verbose=true', 'commit');
    expect({ code, output: stdout + stderr }).toMatchObject({ code: 0 });
    expect((await repo.git('log', '-1', '--format=%B')).trim()).toBe('undo');
  });

  test.each([
    ['', 4],
    ['diff --git a/x b/x\n\n', 6],
  ])('scissors that somebody wrote hide nothing: %j', async (between, line) => {
    const message = `clean\n\n# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}\n${between}${npmToken('below')}`;
    const { code, stdout, stderr } = await repo.tryGit('commit', '--allow-empty', '--message', message);
    expect(stdout + stderr).toMatch(new RegExp(`COMMIT_EDITMSG:${line}:\\d+.*committed-secret`));
    expect(code).not.toBe(0);
  });
});
