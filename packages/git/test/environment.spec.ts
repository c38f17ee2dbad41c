import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { askGit } from '../src/ask-git.ts';
import { gitEnvironment } from '../src/git-environment.ts';
import { findRepository } from '../src/repository.ts';
import { closeSubjects, open } from './open.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  temporaryFolder,
  temporaryRepository,
} from './temporary-repository.ts';

afterEach(async () => {
  await closeSubjects();
  removeTemporaryFolders();
});

test('F64 F117 what names the repository is kept, what would change the answer is not', () => {
  const env = gitEnvironment({
    PATH: '/bin',
    GIT_DIR: '/r/.git',
    GIT_INDEX_FILE: '/r/.git/index.lock',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    GIT_PREFIX: 'sub/',
    GIT_TRACE: '1',
    GIT_EXTERNAL_DIFF: 'cat',
    GIT_DIFF_OPTS: '--unified=0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_REPLACE_REF_BASE: 'refs/odd/',
    GIT_NO_REPLACE_OBJECTS: undefined,
    GIT_PAGER: 'less',
    GIT_OPTIONAL_LOCKS: '1',
    LC_ALL: 'de_DE.UTF-8',
  });
  expect(env).toEqual({
    PATH: '/bin',
    GIT_DIR: '/r/.git',
    GIT_INDEX_FILE: '/r/.git/index.lock',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null/none',
    GIT_FLUSH: '0',
  });
});

describe('small questions', () => {
  test('are asked in the repository and the configuration a hook is handed', async () => {
    const [here, there] = [temporaryRepository(), temporaryRepository()];
    there.git('config', 'remote.x.url', 'there');
    const env = {
      ...isolatedEnv,
      GIT_DIR: there.path('.git'),
      GIT_EXEC_PATH: here.git('--exec-path').trim(),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'a.b',
      GIT_CONFIG_VALUE_0: 'by variable',
      GIT_CONFIG_PARAMETERS: "'a.c'='by option'",
      EDITOR: 'vi',
      PAGER: 'less',
      SSH_ASKPASS: 'x',
    };
    const { place } = (await findRepository(there.dir, env))!;
    expect(await askGit(place, ['config', '--get', 'remote.x.url'])).toBe('there\n');
    expect(await askGit(place, ['config', '--get', 'a.b'])).toBe('by variable\n');
    expect(await askGit(place, ['config', '--get', 'a.c'])).toBe('by option\n');
    expect(await askGit(place, ['config', '--get', 'a.none'])).toBe('');
    await expect(askGit(place, ['rev-parse', '--verify', 'none'])).rejects.toThrow(
      'Needed a single revision',
    );
  });
});

test('--git-dir and --work-tree of the outer call, relative as they may be', async () => {
  const store = join(temporaryFolder(), 'store.git');
  const repository = temporaryRepository(`--separate-git-dir=${store}`);
  repository.write('sub/a.txt', 'a\n');
  repository.git('add', '-A');
  const env = { GIT_DIR: store, GIT_WORK_TREE: '.', GIT_INDEX_FILE: join(store, 'index') };
  expect((await open(repository.dir, {}, env)).changes).toEqual([{ path: 'sub/a.txt', status: 'added' }]);
  const found = await findRepository(repository.path('sub'), {
    ...isolatedEnv,
    GIT_DIR: store,
    GIT_WORK_TREE: '..',
  });
  expect(found).toMatchObject({ topLevel: repository.dir, gitDir: store });
});

test('closing a subject ends its processes, and reading after it is an error', async () => {
  const repository = temporaryRepository();
  repository.write('a.txt', 'a\n');
  repository.git('add', '-A');
  const { snapshot, close } = await open(repository.dir);
  await snapshot.read(snapshot.file('a.txt')!);
  await close();
  await expect(snapshot.read(snapshot.file('a.txt')!)).rejects.toThrow('closed');
});
