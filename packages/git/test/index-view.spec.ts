import { lstatSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePath } from '@bulwark/model';
import { afterEach, describe, expect, test } from '@jest/globals';
import { closeSubjects, open, pathsOf, textOf } from './open.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  temporaryFolder,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

afterEach(async () => {
  await closeSubjects();
  removeTemporaryFolders();
});

function repositoryWith(files: Readonly<Record<string, string>>): TemporaryRepository {
  const repository = temporaryRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '-A');
  repository.git('commit', '-q', '-m', 'first');
  return repository;
}

describe('what is staged', () => {
  test('F01 staged, then removed on disk', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    repository.write('b.txt', 'staged\n');
    repository.git('add', 'b.txt');
    unlinkSync(repository.path('b.txt'));
    const { snapshot, changes } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'b.txt', status: 'added' }]);
    expect(await textOf(snapshot, 'b.txt')).toBe('staged\n');
  });

  test('F02 F06 the staged bytes count, not those on disk', async () => {
    const repository = repositoryWith({ 'a.txt': 'old\n' });
    repository.write('a.txt', 'staged\n');
    repository.git('add', 'a.txt');
    repository.write('a.txt', 'on disk\n');
    const { snapshot, changes, bases } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'a.txt', status: 'modified' }]);
    expect(await textOf(snapshot, 'a.txt')).toBe('staged\n');
    expect(await textOf(bases[0]!, 'a.txt')).toBe('old\n');
  });

  test('F07 a rename is a deletion and an addition', async () => {
    const repository = repositoryWith({ 'old.txt': 'same\n' });
    repository.git('mv', 'old.txt', 'new.txt');
    const { snapshot, changes, bases } = await open(repository.dir);
    expect(changes).toEqual([
      { path: 'new.txt', status: 'added' },
      { path: 'old.txt', status: 'deleted' },
    ]);
    expect(await textOf(snapshot, 'new.txt')).toBe('same\n');
    expect(pathsOf(bases[0]!)).toEqual(['old.txt']);
  });

  test('F09 F10 a link is its target text, and a link made a file is a change of type', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    symlinkSync('/etc/passwd', repository.path('link'));
    repository.git('add', 'link');
    expect(await textOf((await open(repository.dir)).snapshot, 'link')).toBe('/etc/passwd');
    repository.git('commit', '-q', '-m', 'link');
    unlinkSync(repository.path('link'));
    repository.write('link', 'now a file\n');
    repository.git('add', 'link');
    const { snapshot, changes } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'link', status: 'type-changed' }]);
    expect(await textOf(snapshot, 'link')).toBe('now a file\n');
  });

  test('F13 only in the index', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    const id = repository.gitWith({ input: 'nowhere on disk\n' }, 'hash-object', '-w', '--stdin').trim();
    repository.git('update-index', '--add', '--cacheinfo', `100644,${id},ghost.txt`);
    const { snapshot } = await open(repository.dir);
    expect(await textOf(snapshot, 'ghost.txt')).toBe('nowhere on disk\n');
  });

  test('F14 a file that is only meant to be added is not in the commit', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'was-empty': '', 'stays-empty': '' });
    repository.git('rm', '-q', '--cached', 'was-empty');
    repository.write('planned.txt', 'later\n');
    repository.git('add', '--intent-to-add', 'planned.txt', 'was-empty');
    repository.write('empty-and-new', '');
    repository.git('add', 'empty-and-new');
    const { snapshot, changes, bases } = await open(repository.dir);
    expect(pathsOf(snapshot)).toEqual(['a.txt', 'empty-and-new', 'stays-empty']);
    expect(changes).toEqual([
      { path: 'empty-and-new', status: 'added' },
      { path: 'was-empty', status: 'deleted' },
    ]);
    expect(pathsOf(bases[0]!)).toEqual(['a.txt', 'stays-empty', 'was-empty']);
  });

  test('F16 only deletions', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    repository.git('rm', '-q', 'a.txt');
    const { snapshot, changes } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'a.txt', status: 'deleted' }]);
    expect(pathsOf(snapshot)).toEqual(['b.txt']);
  });

  test('F17 nothing staged', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    expect((await open(repository.dir)).changes).toEqual([]);
  });

  test.each(['sha1', 'sha256'])(
    'F18 F58 before the first commit, and on an orphan branch (%s)',
    async (format) => {
      const repository = temporaryRepository(`--object-format=${format}`);
      expect(await open(repository.dir)).toMatchObject({ changes: [], bases: [], snapshot: { files: [] } });
      repository.write('a.txt', 'a\n');
      repository.write('empty', '');
      repository.git('add', '-A');
      const first = await open(repository.dir);
      expect(first).toMatchObject({ bases: [], snapshot: { commit: null } });
      expect(first.changes).toEqual([
        { path: 'a.txt', status: 'added' },
        { path: 'empty', status: 'added' },
      ]);
      expect(await textOf(first.snapshot, 'a.txt')).toBe('a\n');
      repository.git('commit', '-q', '-m', 'first');
      repository.git('checkout', '-q', '--orphan', 'other');
      expect((await open(repository.dir)).changes).toEqual(first.changes);
    },
  );

  test('F19 a gitlink has no bytes', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    const commit = repository.git('rev-parse', 'HEAD').trim();
    repository.git('config', 'diff.ignoreSubmodules', 'all');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub`);
    const { snapshot, changes } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'sub', status: 'added' }]);
    const sub = snapshot.file('sub')!;
    expect(sub).toMatchObject({ mode: '160000', blob: null });
    await expect(snapshot.read(sub)).rejects.toThrow('submodule');
  });

  test('F21 a conflicted path is named and not in the snapshot', async () => {
    const repository = repositoryWith({ 'a.txt': 'base\n', 'b.txt': 'b\n' });
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('a.txt', 'side\n');
    repository.git('commit', '-q', '-am', 'side');
    repository.git('checkout', '-q', 'main');
    repository.write('a.txt', 'main\n');
    repository.git('commit', '-q', '-am', 'main');
    expect(repository.tryGit('merge', 'side').code).toBe(1);
    const { snapshot, changes } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'a.txt', status: 'unmerged' }]);
    expect(pathsOf(snapshot)).toEqual(['b.txt']);
  });

  test('F22 F31 F35 no filter, textconv or external diff runs', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    const ran = repository.path('ran');
    repository.write('.gitattributes', '*.dat filter=evil diff=evil working-tree-encoding=UTF-16LE\n');
    repository.write('b.dat', Buffer.from('staged\r\n', 'utf16le'));
    repository.git('add', '-A');
    for (const key of [
      'filter.evil.smudge',
      'filter.evil.clean',
      'diff.evil.textconv',
      'diff.external',
      'core.fsmonitor',
    ]) {
      repository.git('config', key, `sh -c 'echo x >> ${ran}; cat'`);
    }
    rmSync(ran, { force: true });
    const { snapshot } = await open(repository.dir);
    expect(await textOf(snapshot, 'b.dat')).toBe('staged\r\n');
    expect(() => lstatSync(ran)).toThrow('ENOENT');
  });

  test('F23 F24 every name git can hold, byte for byte', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    const names = [
      ' a b ',
      'tab\there',
      'quo"te\'s',
      '$(touch x)',
      '`touch x`',
      'a;b',
      '-n',
      '--all',
      ':(glob)x',
      '[x]',
      '*',
      'back\\slash',
      '%s',
      'naïve-日本',
      'new\nline',
      'odd\udcff\udcfe',
      'pile\u{1F4A9}',
      '\uFFFD',
      '100644 x\ty',
    ];
    const id = repository.gitWith({ input: 'x\n' }, 'hash-object', '-w', '--stdin').trim();
    const entries = names.map((name) =>
      Buffer.concat([Buffer.from(`100644 ${id}\t`), encodePath(name), Buffer.from('\0')]),
    );
    repository.gitWith({ input: Buffer.concat(entries) }, 'update-index', '-z', '--index-info');
    const { snapshot, changes, bases } = await open(repository.dir);
    expect(new Set(changes!.map(({ path }) => path))).toEqual(new Set(names));
    expect(await Promise.all(names.map((name) => textOf(snapshot, name)))).toEqual(names.map(() => 'x\n'));
    expect(pathsOf(bases[0]!)).toEqual(['a.txt']);
    const bytes = pathsOf(snapshot).map((path) => Buffer.from(encodePath(path)));
    expect(bytes).toEqual(bytes.toSorted(Buffer.compare));
  });

  test('F27 names that differ only by composition or case', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    const id = repository.gitWith({ input: 'x\n' }, 'hash-object', '-w', '--stdin').trim();
    const names = ['caf\u00e9', 'cafe\u0301', 'README', 'readme'];
    for (const name of names) repository.git('update-index', '--add', '--cacheinfo', `100644,${id},${name}`);
    const { changes } = await open(repository.dir);
    expect(new Set(changes!.map(({ path }) => path))).toEqual(new Set(names));
  });

  test('a mode change alone is a change', async () => {
    const repository = repositoryWith({ 'run.sh': 'x\n' });
    repository.git('update-index', '--chmod=+x', 'run.sh');
    const { snapshot, changes, bases } = await open(repository.dir);
    expect(changes).toEqual([{ path: 'run.sh', status: 'modified' }]);
    expect([snapshot.file('run.sh')!.mode, bases[0]!.file('run.sh')!.mode]).toEqual(['100755', '100644']);
  });
});

describe('which index', () => {
  /** What the hook of a real commit sees: the index it is given, listed by a copy of its environment. */
  function recordHookEnv(repository: TemporaryRepository): () => { env: NodeJS.ProcessEnv; cwd: string } {
    const out = join(temporaryFolder(), 'env');
    const keep = join(temporaryFolder(), 'index');
    repository.hook(
      'pre-commit',
      `cp "$GIT_INDEX_FILE" '${keep}'; { pwd; env | grep '^GIT_'; } > '${out}'; exit 1`,
    );
    return () => {
      const [cwd, ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n');
      const env = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      // The lock is gone once the commit was refused; its bytes are kept where nobody else writes.
      const index = env['GIT_INDEX_FILE'] ?? '';
      if (index.endsWith('.lock')) env['GIT_INDEX_FILE'] = keep;
      return { env, cwd: cwd! };
    };
  }

  test('F03 F04 commit -a and commit <path> use an index of their own', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const hookEnv = recordHookEnv(repository);
    repository.write('a.txt', 'new a\n');
    repository.write('b.txt', 'new b\n');
    expect(repository.tryGit('commit', '-a', '-m', 'x').code).toBe(1);
    const all = hookEnv();
    const whole = await open(all.cwd, {}, all.env);
    expect(whole.changes!.map(({ path }) => path)).toEqual(['a.txt', 'b.txt']);
    expect(await textOf(whole.snapshot, 'b.txt')).toBe('new b\n');

    repository.git('add', 'a.txt');
    expect(repository.tryGit('commit', '-m', 'x', 'b.txt').code).toBe(1);
    const one = hookEnv();
    expect((await open(one.cwd, {}, one.env)).changes).toEqual([{ path: 'b.txt', status: 'modified' }]);
  });

  test('a relative GIT_INDEX_FILE counts from the top, from a subfolder too', async () => {
    const repository = repositoryWith({ 'sub/a.txt': 'a\n' });
    repository.write('sub/a.txt', 'staged\n');
    repository.git('add', '-A');
    const { snapshot, changes } = await open(repository.path('sub'), {}, { GIT_INDEX_FILE: '.git/index' });
    expect(changes).toEqual([{ path: 'sub/a.txt', status: 'modified' }]);
    expect(await textOf(snapshot, 'sub/a.txt')).toBe('staged\n');
  });

  test('a GIT_INDEX_FILE that does not exist is no empty index', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    await expect(open(repository.dir, {}, { GIT_INDEX_FILE: 'gone' })).rejects.toThrow('does not exist');
  });

  test('F64 in a linked worktree, with the variables git exports there', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    const linked = join(temporaryFolder(), 'linked');
    repository.git('worktree', 'add', '-q', linked);
    writeFileSync(join(linked, 'b.txt'), 'linked\n');
    repository.gitWith({ cwd: linked }, 'add', 'b.txt');
    const gitDir = repository.gitWith({ cwd: linked }, 'rev-parse', '--absolute-git-dir').trim();
    for (const given of [{}, { GIT_DIR: gitDir, GIT_INDEX_FILE: `${gitDir}/index` }]) {
      const { snapshot, changes } = await open(linked, {}, given);
      expect(changes).toEqual([{ path: 'b.txt', status: 'added' }]);
      expect(await textOf(snapshot, 'b.txt')).toBe('linked\n');
    }
    expect((await open(repository.dir)).changes).toEqual([]);
  });

  test('F54 F55 the index is neither refreshed nor locked, even beside the lock of another', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    // Same bytes with another time: git would like to refresh the entry.
    repository.write('a.txt', 'a\n');
    repository.write('.git/index.lock', '');
    const index = repository.path('.git', 'index');
    const before = { bytes: readFileSync(index), stats: lstatSync(index, { bigint: true }) };
    await open(repository.dir);
    await open(repository.dir, { view: { kind: 'worktree' }, scope: 'everything' });
    const after = lstatSync(index, { bigint: true });
    expect(readFileSync(index)).toEqual(before.bytes);
    expect([after.ino, after.mtimeNs, after.ctimeNs]).toEqual([
      before.stats.ino,
      before.stats.mtimeNs,
      before.stats.ctimeNs,
    ]);
    expect(readFileSync(repository.path('.git', 'index.lock'), 'utf8')).toBe('');
  });
});

describe('a merge', () => {
  function diverged(): TemporaryRepository {
    const repository = repositoryWith({ 'both.txt': 'base\n', 'old.txt': 'old\n' });
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('both.txt', 'side\n');
    repository.write('theirs.txt', 'theirs\n');
    repository.git('add', '-A');
    repository.git('commit', '-q', '-m', 'side');
    repository.git('checkout', '-q', 'main');
    return repository;
  }

  test('F50 without conflict: what the other side brings is new to this branch', async () => {
    const repository = diverged();
    repository.write('ours.txt', 'ours\n');
    repository.git('add', '-A');
    repository.git('commit', '-q', '-m', 'main');
    const head = repository.git('rev-parse', 'HEAD').trim();
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    const { changes, bases } = await open(repository.dir);
    expect(changes!.map(({ path }) => path)).toEqual(['both.txt', 'theirs.txt']);
    expect(bases.map(({ commit }) => commit)).toEqual([head]);
  });

  test('F51 with conflicts resolved: so is what was merged beside them', async () => {
    const repository = diverged();
    repository.write('both.txt', 'main\n');
    repository.git('commit', '-q', '-am', 'main');
    expect(repository.tryGit('merge', 'side').code).toBe(1);
    repository.write('both.txt', 'resolved\n');
    repository.git('add', 'both.txt');
    const { snapshot, changes, bases } = await open(repository.dir);
    expect(changes!.map(({ path }) => path)).toEqual(['both.txt', 'theirs.txt']);
    expect(await textOf(snapshot, 'both.txt')).toBe('resolved\n');
    expect(await textOf(bases[0]!, 'both.txt')).toBe('main\n');
    expect(repository.tryGit('rev-parse', '--verify', 'MERGE_HEAD').code).toBe(0);
  });
});

test.each([
  ['version 4', ['update-index', '--index-version=4']],
  ['split', ['update-index', '--split-index']],
  ['with an untracked cache', ['update-index', '--force-untracked-cache']],
  ['with files assumed unchanged', ['update-index', '--assume-unchanged', 'a.txt']],
  ['with files skipped in the work tree', ['update-index', '--skip-worktree', 'a.txt']],
])('an index %s', async (_, args) => {
  const repository = repositoryWith({ 'a.txt': 'a\n', 'd/b.txt': 'b\n' });
  repository.git(...args);
  repository.write('d/b.txt', 'staged\n');
  repository.git('add', 'd/b.txt');
  const { snapshot, changes, bases } = await open(repository.dir);
  expect(changes).toEqual([{ path: 'd/b.txt', status: 'modified' }]);
  expect([await textOf(snapshot, 'a.txt'), await textOf(snapshot, 'd/b.txt')]).toEqual(['a\n', 'staged\n']);
  expect(pathsOf(bases[0]!)).toEqual(['a.txt', 'd/b.txt']);
});

test('replacement refs do not show other bytes', async () => {
  const repository = repositoryWith({ 'a.txt': 'a\n' });
  repository.write('a.txt', 'real\n');
  repository.git('add', 'a.txt');
  const real = repository.git('rev-parse', ':a.txt').trim();
  const fake = repository.gitWith({ input: 'nothing here\n' }, 'hash-object', '-w', '--stdin').trim();
  repository.git('replace', real, fake);
  const { snapshot } = await open(repository.dir);
  expect(await textOf(snapshot, 'a.txt')).toBe('real\n');
});

test('F40 sizes of what changes are known before anything is read', async () => {
  const repository = repositoryWith({ 'a.txt': 'a\n' });
  repository.write('big.bin', Buffer.alloc(3_000_000));
  repository.git('add', 'big.bin');
  const { snapshot } = await open(repository.dir);
  expect(snapshot.file('big.bin')!.size).toBe(3_000_000);
  expect(snapshot.file('a.txt')!.size).toBeNull();
});

test('many reads at once are answered each with its own bytes', async () => {
  const repository = temporaryRepository();
  for (let n = 0; n < 300; n += 1) repository.write(`f${n}`, `${n}`.repeat(n * 7));
  repository.git('add', '-A');
  const { snapshot } = await open(repository.dir);
  const texts = await Promise.all(snapshot.files.map(({ path }) => textOf(snapshot, path)));
  expect(texts).toEqual(snapshot.files.map(({ path }) => path.slice(1).repeat(Number(path.slice(1)) * 7)));
});

test('outside a repository', async () => {
  const repository = temporaryRepository();
  rmSync(repository.path('.git'), { recursive: true });
  const env = { ...isolatedEnv, GIT_CEILING_DIRECTORIES: repository.path('..') };
  await expect(open(repository.dir, {}, env)).rejects.toThrow('not in a git repository');
});

test('F62 a bare repository, and the folder .git, have no index to judge', async () => {
  const repository = temporaryRepository();
  repository.git('commit', '-q', '--allow-empty', '-m', 'x');
  await expect(open(repository.path('.git'))).rejects.toThrow('not in the work tree');
  repository.git('config', 'core.bare', 'true');
  await expect(open(repository.dir)).rejects.toThrow('bare');
});

test('git missing is said in so many words', async () => {
  const repository = temporaryRepository();
  await expect(open(repository.dir, {}, { PATH: repository.dir })).rejects.toThrow('git was not found');
  await expect(open(repository.path('gone'))).rejects.toThrow('does not exist');
});
