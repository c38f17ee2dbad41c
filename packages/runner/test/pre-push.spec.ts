/** The push check under real git: what slipped past the commit does not leave the machine. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { npmToken, runCli, slackToken } from '@bulwark/testing';
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

  test('F44: a secret that a later commit removed is refused, naming the commit that brought it', async () => {
    await repo.write('leak.ts', leak());
    const commit = await slip('leak');
    await repo.git('rm', '--quiet', 'leak.ts');
    await slip('undo');
    const output = await expectRefused('refs/heads/main', 'origin', 'main');
    expect(output).toContain(`leak.ts:2:`);
    expect(output).toContain(commit.slice(0, 12));
  });

  test('F68: a secret many commits back is refused', async () => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await repo.git('rm', '--quiet', 'leak.ts');
    for (let index = 0; index < 70; index += 1)
      await repo.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', `${index}`);
    await slip('done');
    await expectRefused('refs/heads/main', 'origin', 'main');
  });

  test('F69: deleting a branch passes at once, whatever is unpublished here', async () => {
    await push('origin', 'main:other');
    await repo.write('leak.ts', leak());
    await slip('leak');
    expect((await push('origin', ':other')).code).toBe(0);
    expect(await remoteHas('refs/heads/other')).toBe(false);
  });

  test('F71: one dirty branch among several stops them all; the clean ones alone pass', async () => {
    await repo.git('branch', 'b-clean');
    await repo.git('checkout', '--quiet', '-b', 'a-dirty');
    await repo.write('leak.ts', leak());
    await slip('leak');
    await expectRefused('refs/heads/a-dirty', '--all', 'origin');
    await expectRefused('refs/heads/a-dirty', 'origin', 'main', 'a-dirty', 'b-clean');
    expect((await push('origin', 'main', 'b-clean')).code).toBe(0);
  });

  test('F72: forced over commits never fetched', async () => {
    await push('origin', 'main');
    await repo.git('clone', '--quiet', 'remote.git', 'other');
    await repo.write('.git/info/exclude', 'remote.git\nother\n');
    await repo.write('other/b.txt', 'b\n');
    await repo.git('-C', 'other', 'add', '.');
    await repo.git('-C', 'other', 'commit', '--quiet', '--message', 'theirs');
    await repo.git('-C', 'other', 'push', '--quiet');
    await repo.write('c.txt', 'c\n');
    await repo.git('add', 'c.txt');
    await repo.git('commit', '--quiet', '--message', 'ours');
    const clean = await push('--force', 'origin', 'main');
    expect(clean.output).not.toMatch(/bad object|fatal/);
    expect(clean.code).toBe(0);
  });

  test.each([
    ['lightweight', ['tag', 'v1']],
    ['annotated', ['tag', '--annotate', '--message', 'one', 'v1']],
  ])('F73: a %s tag to an unpublished dirty commit is refused', async (_kind, command) => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await repo.git(...command);
    await expectRefused('refs/tags/v1', 'origin', 'v1');
    await expectRefused('refs/tags/v1', '--tags', 'origin');
  });

  test('F73: a tag to a blob', async () => {
    await repo.write('leak.ts', leak());
    const blob = (await repo.git('hash-object', '-w', 'leak.ts')).trim();
    await repo.git('tag', 'blob', blob);
    await expectRefused('refs/tags/blob', 'origin', 'blob');
  });

  test.each(['HEAD:refs/heads/x', 'HEAD~0:refs/for/x'])('F74: %s is judged by its id', async (refspec) => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await expectRefused(refspec.split(':')[1]!, 'origin', refspec);
    expect((await push('origin', 'HEAD~1:refs/heads/y')).code).toBe(0);
  });

  test('by URL, and to a remote nobody configured', async () => {
    await repo.write('leak.ts', leak());
    await slip('leak');
    await expectRefused('refs/heads/main', join(repo.root, 'remote.git'), 'main');
  });

  test('F79: what only a merge commit holds', async () => {
    await repo.git('checkout', '--quiet', '-b', 'side');
    await repo.write('b.txt', 'b\n');
    await slip('side');
    await repo.git('checkout', '--quiet', 'main');
    await repo.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
    await repo.write('leak.ts', leak());
    await slip('merge');
    await repo.git('rm', '--quiet', 'leak.ts');
    await slip('undo');
    await expectRefused('refs/heads/main', 'origin', 'main');
  });

  test('F52: a secret that came by cherry-pick', async () => {
    await repo.git('checkout', '--quiet', '-b', 'side');
    await repo.write('leak.ts', leak());
    const commit = await slip('leak');
    await repo.git('checkout', '--quiet', 'main');
    await repo.git('cherry-pick', commit);
    await expectRefused('refs/heads/main', 'origin', 'main');
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

  test('F58: a SHA-256 repository', async () => {
    await repo.remove();
    repo = await repoWithHook(['--object-format=sha256']);
    await repo.git('init', '--quiet', '--bare', '--object-format=sha256', 'remote.git');
    await repo.git('remote', 'add', 'origin', join(repo.root, 'remote.git'));
    await repo.write('a.txt', 'a\n');
    await slip('start');
    expect((await push('origin', 'main')).code).toBe(0);
    await repo.write('leak.ts', leak());
    await slip('leak');
    await expectRefused('refs/heads/other', 'origin', 'main:other');
    expect((await push('origin', ':main')).code).toBe(0);
  });
});

describe('by hand', () => {
  test('F76: no refs on standard input is nothing to check', async () => {
    const { code } = await runCli(['hook', 'pre-push', 'origin', 'url'], {
      cwd: repo.root,
      env: repo.env,
      stdin: '',
    });
    expect(code).toBe(0);
  });

  test('a line that is none is a mistake, not a pass', async () => {
    const { code, stderr } = await runCli(['hook', 'pre-push', 'origin', 'url'], {
      cwd: repo.root,
      env: repo.env,
      stdin: 'what\n',
    });
    expect(stderr).toMatch(/bulwark: /);
    expect(code).toBe(2);
  });
});

describe('commit-msg and merges', () => {
  test('a secret in the message is refused; the change shown below the scissors does not count', async () => {
    const bad = await repo.tryGit('commit', '--allow-empty', '--message', `use ${npmToken('message')}`);
    expect(bad.stdout + bad.stderr).toMatch(/COMMIT_EDITMSG:1:\d+.*committed-secret/);
    expect(bad.code).not.toBe(0);
    const scissors = `# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}`;
    await repo.write('message', `clean\n${scissors}\n-${npmToken('removed')}\n`);
    const { code } = await runCli(['hook', 'commit-msg', 'message'], { cwd: repo.root, env: repo.env });
    expect(code).toBe(0);
  });

  test('F50: a merge without conflict that brings a secret is refused, a clean one has two parents', async () => {
    await repo.git('checkout', '--quiet', '-b', 'dirty');
    await repo.write('leak.ts', leak());
    await slip('leak');
    await repo.git('checkout', '--quiet', '-b', 'clean', 'main');
    await repo.write('b.txt', 'b\n');
    await slip('b');
    await repo.git('checkout', '--quiet', 'main');
    expect((await repo.tryGit('merge', '--no-ff', '--no-edit', 'dirty')).code).not.toBe(0);
    await repo.git('merge', '--abort');
    expect((await repo.tryGit('merge', '--no-ff', '--no-edit', 'clean')).code).toBe(0);
    expect((await repo.git('rev-list', '--parents', '-1', 'HEAD')).trim().split(' ')).toHaveLength(3);
  });
});

describe('F94: audit after the fact', () => {
  test('history finds what the tree no longer holds, and --missed names the commit', async () => {
    await repo.write('leak.ts', leak());
    const commit = await slip('leak');
    expect((await runCli(['audit'], { cwd: repo.root, env: repo.env })).code).toBe(1);
    expect((await runCli(['audit', '--ref', 'HEAD'], { cwd: repo.root, env: repo.env })).code).toBe(1);
    await repo.git('rm', '--quiet', 'leak.ts');
    await slip('undo');
    expect((await runCli(['audit'], { cwd: repo.root, env: repo.env })).code).toBe(0);
    const history = await runCli(['audit', '--history'], { cwd: repo.root, env: repo.env });
    expect(history.stdout).toContain(`leak.ts:2:`);
    expect(history.stdout).toContain(`in commit ${commit.slice(0, 12)} of 2026-01-01`);
    expect(history.code).toBe(1);
    expect(
      (await runCli(['audit', '--history', 'HEAD~1..HEAD'], { cwd: repo.root, env: repo.env })).code,
    ).toBe(0);
    const missed = await runCli(['audit', '--missed', 'HEAD', '--format', 'json'], {
      cwd: repo.root,
      env: repo.env,
    });
    const report = JSON.parse(missed.stdout) as { findings: { commit: string }[] };
    expect(report.findings.map((finding) => finding.commit)).toEqual([commit]);
    expect(missed.code).toBe(1);
  });
});
