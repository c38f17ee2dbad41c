/**
 * States a repository can be in. Not here, because git 2.39 knows neither: F59 (reftable came with git 2.45; nothing
 * of ours reads `.git/HEAD` or `.git/refs`, all questions about refs go to git) and hooks from the configuration
 * (git 2.54; `doctor` reads their settings, which install.spec.ts shows).
 */
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook, writeHooks } from '../repo-with-hook.ts';
import { expectUntouched, filesBelow } from './expect-untouched.ts';
import { expectBlocked, expectCommitted, expectFinding, slip } from './expect-verdict.ts';
import { CLEAN, leak } from './leak.ts';
import { commitManyBlobs } from './many-blobs.ts';
import { bulwark, gitWith, runProgram } from './run-program.ts';
import type { Place } from './run-program.ts';

let repo: TempRepo;
/** A folder beside the repository. */
let beside: string;

beforeEach(async () => {
  repo = await repoWithHook();
  beside = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-test-')));
});
afterEach(async () => {
  await repo.remove();
  await rm(beside, { recursive: true, force: true });
});

const parents = async (): Promise<number> =>
  (await repo.git('rev-list', '--parents', '--max-count=1', 'HEAD')).trim().split(' ').length - 1;

describe('merges', () => {
  beforeEach(async () => {
    await repo.write('a.ts', 'const a = 0;\n');
    await slip(repo);
    await repo.git('checkout', '--quiet', '-b', 'theirs');
  });

  test('F50: without conflict: one that brings a secret is blocked, a clean one has two parents', async () => {
    await repo.write('b.ts', CLEAN);
    await slip(repo);
    await repo.git('checkout', '--quiet', '-b', 'dirty');
    await repo.write('leak.ts', leak());
    await slip(repo);
    await repo.git('checkout', '--quiet', 'main');
    const head = await repo.git('rev-parse', 'HEAD');
    const { code, output } = await runProgram(repo, ['git', 'merge', '--no-ff', '--no-edit', 'dirty']);
    expectFinding(output, 'leak.ts:3');
    expect(output).toContain('the merge is refused');
    expect(code).not.toBe(0);
    expect(await repo.git('rev-parse', 'HEAD')).toBe(head);
    await repo.git('merge', '--abort');
    expect((await repo.tryGit('merge', '--no-ff', '--no-edit', 'theirs')).code).toBe(0);
    expect(await parents()).toBe(2);
  });

  test('F51: with a conflict: what was merged beside it counts, and after the fix there are two parents', async () => {
    await repo.write('a.ts', 'const a = 1;\n');
    await repo.write('leak.ts', leak());
    await slip(repo);
    await repo.git('checkout', '--quiet', 'main');
    await repo.write('a.ts', 'const a = 2;\n');
    await slip(repo);
    expect((await repo.tryGit('merge', '--no-edit', 'theirs')).code).not.toBe(0);
    await repo.write('a.ts', 'const a = 3;\n');
    await repo.git('add', 'a.ts');
    const git = ['commit', '--no-edit'];
    await expectBlocked(repo, 'leak.ts:3', { git });
    expect(await repo.git('rev-parse', 'MERGE_HEAD')).toBe(await repo.git('rev-parse', 'theirs'));
    await repo.write('leak.ts', CLEAN);
    await repo.git('add', 'leak.ts');
    await expectCommitted(repo, { git });
    expect(await parents()).toBe(2);
  });

  test('what one parent of a merge had is not brought by it', async () => {
    await repo.write('b.ts', CLEAN);
    await slip(repo);
    await repo.git('checkout', '--quiet', 'main');
    await repo.write('leak.ts', leak());
    await slip(repo);
    expect((await repo.tryGit('merge', '--no-ff', '--no-edit', 'theirs')).code).toBe(0);
  });
});

test('F56: objects that move while they are read', async () => {
  await repo.write('leak.ts', leak());
  await slip(repo);
  await repo.git('config', 'fastimport.unpackLimit', '100000');
  await commitManyBlobs(repo, 'many', 4000, { 3999: leak() });
  const audit = bulwark(repo, ['audit', '--ref', 'many']);
  const end = audit.then(() => 'over');
  const commands = [
    ['repack', '-a', '-d', '-f', '-q'],
    ['prune-packed', '-q'],
    ['gc', '--prune=now', '-q'],
  ];
  for (let turn = 0; ; turn += 1) {
    const moved = repo.git(...commands[turn % commands.length]!);
    const isOver = (await Promise.race([moved, end])) === 'over';
    await moved;
    if (isOver) break;
  }
  const { code, output } = await audit;
  expectFinding(output, 'd99/f3999.ts:3');
  expect(output).toContain('looked at 4000 files');
  expect(code).toBe(1);
});

describe('F60: a partial clone whose remote is gone', () => {
  let partial: Place;

  beforeEach(async () => {
    await repo.write('in/a.ts', CLEAN);
    await repo.write('out/b.ts', CLEAN);
    await repo.write('out/c.ts', leak());
    await slip(repo);
    await repo.git('config', 'uploadpack.allowFilter', 'true');
    const folder = join(beside, 'partial');
    await repo.git('clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${repo.root}`, folder);
    partial = { root: folder, env: repo.env };
    await gitWith(partial, '', 'sparse-checkout', 'set', 'in');
    await gitWith(partial, '', 'checkout', '--quiet', 'main');
    await repo.remove();
    await writeHooks(join(folder, '.git/hooks'));
  });

  test('what is staged is judged, and nothing else is asked for', async () => {
    await writeFile(join(partial.root, 'in/a.ts'), leak());
    await gitWith(partial, '', 'add', 'in');
    await expectBlocked(partial, 'in/a.ts:3');
    await writeFile(join(partial.root, 'in/a.ts'), `${CLEAN}// more\n`);
    await gitWith(partial, '', 'add', 'in');
    expect(await expectCommitted(partial)).toContain('looked at 1 file');
  });

  test('an audit says what is missing', async () => {
    const { code, output } = await bulwark(partial, ['audit', '--ref', 'HEAD']);
    expect(output).toMatch(/out\/c\.ts +could not be read/);
    expect(code).toBe(2);
  });
});

test('F62: a bare repository is its HEAD, and hooks work in a worktree of it', async () => {
  await repo.write('leak.ts', leak());
  await slip(repo);
  const bare = { root: join(beside, 'bare.git'), env: repo.env };
  await repo.git('clone', '--quiet', '--bare', '.', bare.root);
  for (const words of [['audit'], ['audit', '--ref', 'HEAD'], ['audit', '--history']]) {
    const { code, output } = await bulwark(bare, words);
    expectFinding(output, 'leak.ts:3');
    expect(code).toBe(1);
  }
  const staged = await bulwark(bare, ['hook', 'pre-commit']);
  expect(staged.stderr).toContain('nothing is staged');
  expect(staged.code).toBe(2);
  await writeHooks(join(bare.root, 'hooks'));
  await gitWith(bare, '', 'worktree', 'add', '--quiet', '-b', 'side', join(beside, 'tree'));
  const tree = { root: join(beside, 'tree'), env: repo.env };
  await writeFile(join(tree.root, 'a.ts'), leak());
  await gitWith(tree, '', 'add', '.');
  await expectBlocked(tree, 'a.ts:3');
  await writeFile(join(tree.root, 'a.ts'), CLEAN);
  await gitWith(tree, '', 'add', '.');
  await expectCommitted(tree);
});

test("F63: a repository of somebody else is exit 2 with git's own advice, and nobody's settings change", async () => {
  await repo.write('leak.ts', leak());
  await repo.git('add', '.');
  // Git's own switch for its tests; ours hands no such variable on, so it is set behind its back.
  await mkdir(join(beside, 'bin'));
  const path = repo.env['PATH'];
  await writeFile(
    join(beside, 'bin/git'),
    `#!/bin/sh\nPATH='${path}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"\n`,
  );
  await chmod(join(beside, 'bin/git'), 0o755);
  await writeFile(join(beside, 'config'), '');
  const env = { PATH: `${beside}/bin:${path}`, GIT_CONFIG_GLOBAL: join(beside, 'config'), HOME: beside };
  for (const words of [
    ['hook', 'pre-commit'],
    ['hook', 'pre-push', 'origin', 'url'],
    ['audit'],
    ['audit', '--ref', 'HEAD'],
    ['doctor'],
  ]) {
    const { code, stderr } = await bulwark(repo, words, { env });
    expect(stderr).toContain('dubious ownership');
    expect(stderr).toContain(`safe.directory ${repo.root}`);
    expect(code).toBe(2);
  }
  expect(await readFile(join(beside, 'config'), 'utf8')).toBe('');
  expect(await readFile(join(repo.root, '.git/config'), 'utf8')).not.toContain('safe');
});

describe('F64: with GIT_DIR exported', () => {
  /** All of the main repository but the part that is the other checkout's own. */
  const mainState = async (): Promise<unknown> => {
    const files = await filesBelow(
      join(repo.root, '.git'),
      (name) => !['worktrees', 'modules', 'objects', 'bulwark'].includes(name),
    );
    return { ...files, logs: null };
  };

  test.each(['a linked worktree', 'a submodule'])(
    '%s is judged, and the main repository untouched',
    async (kind) => {
      await repo.write('a.ts', CLEAN);
      await slip(repo);
      const root = join(repo.root, 'inner');
      if (kind === 'a submodule') {
        await repo.git('clone', '--quiet', '--bare', '.', join(beside, 'origin.git'));
        const allow = ['-c', 'protocol.file.allow=always'];
        await repo.git(...allow, 'submodule', '--quiet', 'add', join(beside, 'origin.git'), 'inner');
        await writeHooks(join(repo.root, '.git/modules/inner/hooks'));
      } else {
        await repo.git('worktree', 'add', '--quiet', '-b', 'side', 'inner');
      }
      await repo.write('staged-in-main.ts', leak());
      await repo.git('add', 'staged-in-main.ts');
      const inner = { root, env: repo.env };
      await repo.write('inner/b.ts', leak());
      await gitWith(inner, '', 'add', 'b.ts');
      const before = await mainState();
      const output = await expectBlocked(inner, 'b.ts:3');
      expect(output).not.toContain('staged-in-main.ts');
      expect(await mainState()).toEqual(before);
      await repo.write('inner/b.ts', CLEAN);
      await gitWith(inner, '', 'add', 'b.ts');
      await expectUntouched(repo, () => expectCommitted(inner));
    },
  );
});

test('F64: --git-dir and --work-tree, relative, from elsewhere', async () => {
  await repo.write('a.ts', leak());
  const git = ['--git-dir', '.git', '--work-tree', '.'];
  await repo.git(...git, 'add', '.');
  await expectBlocked(repo, 'a.ts:3', { git: [...git, 'commit', '--message', 'x'] });
  const name = repo.root.split('/').at(-1)!;
  const outside: Place = { root: join(repo.root, '..'), env: repo.env };
  const { code, output } = await runProgram(outside, [
    'git',
    '--git-dir',
    `${name}/.git`,
    '--work-tree',
    name,
    'commit',
    '--message',
    'x',
  ]);
  expectFinding(output, 'a.ts:3');
  expect(code).not.toBe(0);
});

test('a shallow clone is judged by what it has', async () => {
  for (const text of ['1', '2', '3']) {
    await repo.write('a.ts', text);
    await slip(repo);
  }
  const folder = join(beside, 'shallow');
  await repo.git('clone', '--quiet', '--depth=1', `file://${repo.root}`, folder);
  await writeHooks(join(folder, '.git/hooks'));
  const shallow = { root: folder, env: repo.env };
  await writeFile(join(folder, 'b.ts'), CLEAN);
  await gitWith(shallow, '', 'add', '.');
  await expectCommitted(shallow);
  await repo.git('checkout', '--quiet', '--detach');
  expect((await runProgram(shallow, ['git', 'push', 'origin', 'main'])).code).toBe(0);
  await writeFile(join(folder, 'b.ts'), leak());
  await gitWith(shallow, '', 'commit', '--quiet', '--no-verify', '--all', '--message', 'x');
  const { code, output } = await runProgram(shallow, ['git', 'push', 'origin', 'main']);
  expectFinding(output, 'b.ts:3');
  expect(code).not.toBe(0);
});
