/** What a process that goes on says of the index is what git says, at every moment. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Subject } from '@bulwark/model';
import { createWarmIndex, type WarmIndex } from '../src/warm/warm-index.ts';
import { describeSubject } from './describe-subject.ts';
import { closeSubjects, open } from './open.ts';
import { step } from './random-steps.ts';
import { expectWhatGitSays } from './says-what-git-says.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

let warm: WarmIndex = createWarmIndex();

afterEach(async () => {
  warm.close();
  warm = createWarmIndex();
  await closeSubjects();
  removeTemporaryFolders();
});

function openWarm({ dir }: TemporaryRepository, more: NodeJS.ProcessEnv = {}): Promise<Subject | null> {
  return warm.open({ cwd: dir, view: { kind: 'index' }, scope: 'changes' }, { ...isolatedEnv, ...more });
}

test('after every step it says what git says, or nothing', () =>
  expectWhatGitSays({ step, openIt: openWarm, release: () => warm.close() }, 20));

/** A repository with a commit and a file. */
function someRepository(): TemporaryRepository {
  const repository = temporaryRepository();
  repository.write('a', 'a\n');
  repository.write('d/b', 'b\n');
  repository.git('add', '.');
  repository.git('commit', '-q', '-m', 'start');
  return repository;
}

test('an index that rests on another file, or has no checksum, is left to git', async () => {
  const split = someRepository();
  split.git('update-index', '--split-index');
  expect(await openWarm(split)).toBeNull();
  const sparse = someRepository();
  sparse.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'none');
  expect(await openWarm(sparse)).toBeNull();
});

test('an index that was torn, or grew behind its end, is left to git', async () => {
  const repository = someRepository();
  expect(await openWarm(repository)).not.toBeNull();
  appendFileSync(join(repository.dir, '.git/index'), 'more');
  expect(await openWarm(repository)).toBeNull();
  writeFileSync(join(repository.dir, '.git/index'), '');
  expect(await openWarm(repository)).toBeNull();
});

test('a repository without a commit, and a folder below the top, are left to git', async () => {
  expect(await openWarm(temporaryRepository())).toBeNull();
  const repository = someRepository();
  const below = { cwd: join(repository.dir, 'd'), view: { kind: 'index' }, scope: 'changes' } as const;
  expect(await warm.open(below, isolatedEnv)).toBeNull();
});

test('the index that git names for one commit is the one it speaks of', async () => {
  const repository = someRepository();
  const other = join(repository.dir, '.git/other-index');
  repository.write('other', 'other\n');
  repository.gitWith({ env: { GIT_INDEX_FILE: other } }, 'read-tree', 'HEAD');
  repository.gitWith({ env: { GIT_INDEX_FILE: other } }, 'add', 'other');
  const paths = async (more?: NodeJS.ProcessEnv): Promise<string[] | undefined> =>
    (await openWarm(repository, more))?.changes?.map(({ path }) => path);
  expect(await paths()).toEqual([]);
  expect(await paths({ GIT_INDEX_FILE: '.git/other-index' })).toEqual(['other']);
  expect(await paths()).toEqual([]);
});

test('objects that were packed, pruned and packed again are still found', async () => {
  const repository = someRepository();
  for (let turn = 0; turn < 4; turn += 1) {
    repository.write('a', `${turn}\n`);
    repository.git('add', 'a');
    expect(await describeSubject((await openWarm(repository))!)).toEqual(
      await describeSubject(await open(repository.dir)),
    );
    repository.git('commit', '-q', '-m', `${turn}`);
    repository.git('gc', '--quiet', '--prune=now');
  }
});

test('a configuration that moves the work tree is noticed', async () => {
  const repository = someRepository();
  expect(await openWarm(repository)).not.toBeNull();
  repository.git('config', 'core.worktree', join(repository.dir, 'd'));
  expect(await openWarm(repository)).toBeNull();
});

test('a repository of SHA-256', async () => {
  const repository = temporaryRepository('--object-format=sha256');
  repository.write('a', 'a\n');
  repository.git('add', 'a');
  repository.git('commit', '-q', '-m', 'start');
  repository.write('b', 'b\n');
  repository.git('add', 'b');
  expect(await describeSubject((await openWarm(repository))!)).toEqual(
    await describeSubject(await open(repository.dir)),
  );
});
