/** What a daemon answers is what the check would say, whatever lies between two questions. */
import { mkdir, readFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { BIN } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import {
  daemonRepo,
  expectRightVerdicts,
  folderOf,
  removeDaemonRepo,
  stageClean,
  stageLeak,
  startDaemon,
  statusOf,
} from './daemon-repo.ts';
import { expectBlocked, expectCommitted } from './expect-verdict.ts';
import { expectNoSecret, leak } from './leak.ts';
import { pathWithout } from './path-without.ts';
import { bulwark, runProgram, runWithoutReaders } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await daemonRepo();
});
afterEach(() => removeDaemonRepo(repo));

test('answers for a clean commit, and lets a leak be judged and told by the hook itself', async () => {
  await startDaemon(repo);
  await expectRightVerdicts(repo);
  expect(await statusOf(repo)).toMatchObject({ code: 0, asked: 3, clean: 2, notClean: 1 });
});

test('prints what the check would have printed', async () => {
  await stageClean(repo);
  const alone = await runProgram(repo, ['git', 'commit', '--dry-run', '--short']);
  expect(alone.code).toBe(0);
  const hook = ['sh', '.git/hooks/pre-commit'] as const;
  const env = { GIT_INDEX_FILE: '.git/index' };
  const without = await runProgram(repo, [...hook], { env: { ...env, BULWARK_DAEMON: '0' } });
  await startDaemon(repo);
  expect(await runProgram(repo, [...hook], { env })).toEqual(without);
  expect((await statusOf(repo)).clean).toBe(1);
  const colored = { ...env, FORCE_COLOR: '1' };
  expect(await runProgram(repo, [...hook], { env: colored })).toEqual(
    await runProgram(repo, [...hook], { env: { ...colored, BULWARK_DAEMON: '0' } }),
  );
});

test('lets a clean commit and push pass though nobody reads what is printed [F89]', async () => {
  await startDaemon(repo);
  await stageClean(repo);
  expect(await runWithoutReaders(repo, ['git', 'commit', '--quiet', '--message', 'x'])).toBe(0);
  await repo.git('init', '--quiet', '--bare', '.git/remote');
  expect(await runWithoutReaders(repo, ['git', 'push', '--quiet', './.git/remote', 'main'])).toBe(0);
  expect(await statusOf(repo)).toMatchObject({ asked: 3, clean: 3 });
});

/** What could lead curl elsewhere, or perl astray. */
async function hostileEnv({ root }: TempRepo): Promise<NodeJS.ProcessEnv> {
  await writeFile(join(root, 'node_modules/.curlrc'), 'output = "/dev/null"\nhead\n');
  return {
    CURL_HOME: join(root, 'node_modules'),
    http_proxy: 'http://127.0.0.1:9',
    ALL_PROXY: 'http://127.0.0.1:9',
    PERL5OPT: '-Mno::such::module',
    PERL_UNICODE: '',
    PERLIO: ':utf8',
    LC_ALL: 'no_SUCH.locale',
  };
}

test.each(['perl', 'curl'])('is asked about every hook, by %s, whatever it is told', async (client) => {
  const poor = client === 'curl' ? await pathWithout('perl') : null;
  repo = { ...repo, env: { ...repo.env, ...(await hostileEnv(repo)), ...(poor && { PATH: poor.folder }) } };
  await startDaemon(repo);
  await repo.git('switch', '--quiet', '--create', 'side');
  await stageClean(repo, 'sidé.ts');
  await expectCommitted(repo);
  await repo.git('switch', '--quiet', 'main');
  await stageClean(repo, 'main.ts');
  await expectCommitted(repo);
  const merge = ['git', 'merge', '--quiet', '--no-edit', 'side'] as const;
  expect((await runProgram(repo, [...merge])).code).toBe(0);
  await repo.git('init', '--quiet', '--bare', '.git/remote');
  const push = ['git', 'push', '--quiet', join(repo.root, '.git/remote'), 'HEAD:refs/heads/main'] as const;
  expect((await runProgram(repo, [...push])).code).toBe(0);
  const { output } = await bulwark(repo, ['daemon', 'logs']);
  for (const hook of ['pre-commit', 'commit-msg', 'pre-merge-commit', 'pre-push'])
    expect(output).toMatch(new RegExp(`hook ${hook}: clean`));
  await poor?.remove();
});

test('F110: each answer is of its moment, whatever was stashed, checked out or set between', async () => {
  await startDaemon(repo);
  await stageLeak(repo);
  await expectBlocked(repo, 'leak.ts:3');
  await repo.git('stash', 'push', '--quiet', '--staged');
  await stageClean(repo);
  await expectCommitted(repo);
  await repo.git('stash', 'pop', '--quiet', '--index');
  await expectBlocked(repo, 'leak.ts:3');
  await repo.write('bulwark.json', '{ "rules": { "committed-secret": "off" } }\n');
  await expectBlocked(repo, 'leak.ts:3');
  await repo.git('add', 'bulwark.json');
  await expectCommitted(repo);
  await repo.write('bulwark.json', '{}\n');
  await stageLeak(repo, 'other.ts');
  await repo.git('add', 'bulwark.json');
  await expectBlocked(repo, 'other.ts:3');
  await repo.write('bulwark.json', '{ "no such": 1 }\n');
  await repo.git('rm', '--quiet', '--force', 'other.ts');
  await repo.git('add', 'bulwark.json');
  const { code, output } = await runProgram(repo, ['git', 'commit', '--message', 'mistake']);
  expect(output).toMatch(/bulwark\.json:1:3.*no such/);
  expect(code).not.toBe(0);
});

test('F109: an index of the same size and time, with other content', async () => {
  await startDaemon(repo);
  await repo.write(
    'leak.ts',
    leak().replace(/'[^']*'/, (secret) => `'${'x'.repeat(secret.length - 2)}'`),
  );
  await repo.git('add', 'leak.ts');
  const index = join(repo.root, '.git/index');
  const { size, atime, mtime } = await stat(index);
  const hook = { env: { GIT_INDEX_FILE: '.git/index' } };
  expect((await runProgram(repo, ['sh', '.git/hooks/pre-commit'], hook)).code).toBe(0);
  await stageLeak(repo);
  await utimes(index, atime, mtime);
  expect((await stat(index)).size).toBe(size);
  expect((await runProgram(repo, ['sh', '.git/hooks/pre-commit'], hook)).code).toBe(1);
});

test('F107: clones and worktrees: one daemon for worktrees, no cross-talk between clones', async () => {
  const pid = await startDaemon(repo);
  const tree = join(repo.root, 'node_modules/tree');
  await repo.git('worktree', 'add', '--quiet', '-b', 'tree', tree);
  const inTree = { ...repo, root: tree };
  expect((await statusOf(inTree)).pid).toBe(pid);
  await writeFile(join(tree, 'leak.ts'), leak());
  await repo.git('-C', tree, 'add', 'leak.ts');
  await expectBlocked(inTree, 'leak.ts:3');
  expect((await statusOf(repo)).notClean).toBe(1);
  await stageClean(repo);
  await expectCommitted(repo);
  expect((await statusOf(inTree)).clean).toBe(2);

  const clone = await daemonRepo();
  try {
    await startDaemon(clone);
    // Even with the pass of another clone's daemon, the daemon answers for its own alone.
    const [ours, theirs] = [await folderOf(repo), await folderOf(clone)];
    await writeFile(join(theirs, 'pass'), await readFile(join(ours, 'pass')));
    await symlink(join(ours, `s${pid}`), join(theirs, `s${pid}`));
    await clone.write('leak.ts', leak());
    await clone.git('add', 'leak.ts');
    await expectBlocked(clone, 'leak.ts:3');
    expect((await statusOf(repo)).asked).toBe(3);
  } finally {
    await removeDaemonRepo(clone);
  }
});

test('F117: started with the variables of another repository, it judges by those of the question', async () => {
  const other = await daemonRepo();
  try {
    const env = {
      GIT_DIR: join(repo.root, '.git'),
      GIT_INDEX_FILE: join(other.root, '.git/index'),
      GIT_OBJECT_DIRECTORY: join(other.root, '.git/objects'),
      LANG: 'de_DE.UTF-8',
      LC_ALL: 'de_DE.UTF-8',
    };
    expect((await bulwark(repo, ['daemon', 'start'], { env })).code).toBe(0);
    await expectRightVerdicts(repo);
    expect((await statusOf(repo)).asked).toBe(3);
  } finally {
    await removeDaemonRepo(other);
  }
});

test('F104: a repository whose folders go beyond the length of a socket’s path', async () => {
  const deep = join(repo.root, 'node_modules', ...Array.from({ length: 3 }, () => 'd'.repeat(60)));
  await mkdir(deep, { recursive: true });
  await repo.git('clone', '--quiet', repo.root, join(deep, 'clone'));
  const clone = { ...repo, root: join(deep, 'clone') };
  await mkdir(join(clone.root, 'node_modules'));
  await symlink(join(repo.root, 'node_modules/bulwark'), join(clone.root, 'node_modules/bulwark'), 'dir');
  expect((await bulwark(clone, ['init'])).code).toBe(0);
  const pid = await startDaemon(clone);
  await writeFile(join(clone.root, 'clean.ts'), 'export const a = 1;\n');
  await repo.git('-C', clone.root, 'add', '.');
  await expectCommitted(clone);
  expect(await statusOf(clone)).toMatchObject({ pid, clean: 2 });
  await bulwark(clone, ['daemon', 'stop']);
});

test.each(['000', '002'])('F105: umask %s: folder, socket, pass and log are ours alone', async (umask) => {
  await runProgram(repo, ['sh', '-c', `umask ${umask}; exec '${process.execPath}' '${BIN}' daemon start`]);
  await stageClean(repo);
  await runProgram(repo, ['sh', '-c', `umask ${umask}; exec git commit --quiet --message clean`]);
  expect((await statusOf(repo)).clean).toBe(2);
  const parent = join(repo.root, '.git/bulwark');
  for (const name of ['.', ...(await readdir(parent, { recursive: true }))]) {
    const { mode, uid } = await stat(join(parent, name));
    expect([name, mode & 0o077, uid]).toEqual([name, 0, process.getuid!()]);
  }
});

test('F121: its log holds neither secrets nor names, and only its owner reads it', async () => {
  await startDaemon(repo);
  await stageLeak(repo);
  await expectBlocked(repo, 'leak.ts:3');
  const pass = (await readFile(join(await folderOf(repo), 'pass'), 'utf8')).split('\n');
  const { code, stdout } = await bulwark(repo, ['daemon', 'logs']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/hook pre-commit: notClean/);
  expectNoSecret(stdout);
  for (const hidden of ['leak.ts', repo.root, pass[2]!, pass[3]!]) expect(stdout).not.toContain(hidden);
  expect((await stat(join(await folderOf(repo), 'log'))).mode & 0o077).toBe(0);
});
