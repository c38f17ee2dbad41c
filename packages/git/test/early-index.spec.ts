import type { Subject } from '@bulwark/model';
import { afterEach, describe, expect, test } from '@jest/globals';
import { askEarly, takeEarly } from '../src/early-index.ts';
import { createOpenSubject } from '../src/open-subject.ts';
import { closeSubjects, open, textOf, treeOf } from './open.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

afterEach(async () => {
  await closeSubjects();
  removeTemporaryFolders();
});

function repositoryWithChanges(): TemporaryRepository {
  const repository = temporaryRepository();
  repository.write('kept', 'kept\n');
  repository.write('gone', 'gone\n');
  repository.write('sub/edited', 'before\n');
  repository.git('add', '-A');
  repository.git('commit', '-q', '-m', 'first');
  repository.git('rm', '-q', 'gone');
  repository.write('sub/edited', 'after\n');
  repository.write('neu ä\n', 'new\n');
  repository.write('planned', 'planned\n');
  repository.git('add', 'sub', 'neu ä\n');
  repository.git('add', '--intent-to-add', 'planned');
  return repository;
}

async function openAfterAsking(
  askedIn: string,
  openedIn: string,
  env: NodeJS.ProcessEnv = { ...isolatedEnv },
): Promise<Subject> {
  askEarly(askedIn, env);
  return createOpenSubject({ env })({ cwd: openedIn, view: { kind: 'index' }, scope: 'changes' });
}

async function shown({ snapshot, changes, bases }: Subject): Promise<unknown> {
  const texts = await Promise.all((changes ?? []).map(({ path }) => textOf(snapshot, path)));
  return { tree: treeOf(snapshot), changes, texts, bases: bases.map(treeOf), commit: snapshot.commit };
}

describe('what was asked early', () => {
  test('is what is answered without', async () => {
    const { dir } = repositoryWithChanges();
    const subject = await openAfterAsking(dir, dir);
    expect(await shown(subject)).toEqual(await shown(await open(dir)));
    await subject.close();
  });

  test('is of the index that git names', async () => {
    const repository = repositoryWithChanges();
    repository.gitWith({ env: { GIT_INDEX_FILE: 'other' } }, 'read-tree', 'HEAD');
    const env = { ...isolatedEnv, GIT_INDEX_FILE: 'other' };
    const subject = await openAfterAsking(repository.dir, repository.dir, env);
    expect(subject.changes).toEqual([]);
    await subject.close();
    env.GIT_INDEX_FILE = 'missing';
    await expect(openAfterAsking(repository.dir, repository.dir, env)).rejects.toThrow(/does not exist/);
  });

  test('counts in no other folder: not below the top, not in another repository', async () => {
    const { dir } = repositoryWithChanges();
    const other = temporaryRepository();
    const expected = await shown(await open(dir));
    for (const [asked, opened] of [
      [`${dir}/sub`, `${dir}/sub`],
      [other.dir, dir],
      [`${dir}/no such folder`, dir],
    ] as const) {
      const subject = await openAfterAsking(asked, opened);
      expect(await shown(subject)).toEqual(expected);
      await subject.close();
    }
  });

  test('fails as it does without: no commit yet, no work tree', async () => {
    const unborn = temporaryRepository();
    unborn.write('a', 'a\n');
    unborn.git('add', 'a');
    const subject = await openAfterAsking(unborn.dir, unborn.dir);
    expect(await shown(subject)).toEqual(await shown(await open(unborn.dir)));
    await subject.close();
    const { dir } = temporaryRepository('--bare');
    await expect(openAfterAsking(dir, dir)).rejects.toThrow(/bare/);
  });

  test('is answered once: what is asked again is about another moment', () => {
    const { dir } = repositoryWithChanges();
    const env = { ...isolatedEnv };
    askEarly(dir, env);
    expect(takeEarly(dir, { ...isolatedEnv })).toBeNull();
    const early = takeEarly(dir, env);
    early?.objects.kill();
    expect(early).not.toBeNull();
    expect(takeEarly(dir, env)).toBeNull();
  });
});
