import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { closeSubjects, open, pathsOf, textOf, treeOf } from './open.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

afterEach(async () => {
  await closeSubjects();
  removeTemporaryFolders();
});

const worktree = { view: { kind: 'worktree' }, scope: 'everything' } as const;

function repositoryWith(files: Readonly<Record<string, string>>): TemporaryRepository {
  const repository = temporaryRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '-A');
  repository.git('commit', '-q', '-m', 'first');
  return repository;
}

describe('the work tree', () => {
  test('tracked, modified, deleted, untracked and ignored files', async () => {
    const repository = repositoryWith({
      'same.txt': 'same\n',
      'changed.txt': 'old\n',
      'gone.txt': 'gone\n',
      'staged.txt': 'old\n',
      '.gitignore': '*.log\n!keep.log\n',
    });
    repository.write('changed.txt', 'new\n');
    repository.write('staged.txt', 'staged\n');
    repository.git('add', 'staged.txt');
    repository.write('new.txt', 'untracked\n');
    repository.write('deep/a.log', 'ignored\n');
    repository.write('deep/keep.log', 'kept\n');
    unlinkSync(repository.path('gone.txt'));
    const { snapshot } = await open(repository.dir, worktree);
    expect(await Promise.all(pathsOf(snapshot).map((path) => textOf(snapshot, path)))).toEqual([
      '*.log\n!keep.log\n',
      'new\n',
      'kept\n',
      'untracked\n',
      'same\n',
      'staged\n',
    ]);
    repository.git('add', '-A');
    const tree = repository.git('write-tree').trim();
    const listed = repository.git('ls-tree', '-r', '--format=%(objectmode) %(objectname) %(path)', tree);
    expect(treeOf(snapshot)).toEqual(listed.trimEnd().split('\n'));
    const measured = await snapshot.measure!(snapshot.files);
    expect(measured.map(({ path }) => path)).toEqual(snapshot.files.map(({ path }) => path));
    expect(measured.every(({ size }) => size !== null)).toBe(true);
  });

  test('scope changes compares with HEAD', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
    repository.write('a.txt', 'new\n');
    unlinkSync(repository.path('b.txt'));
    symlinkSync('a.txt', repository.path('b2.txt'));
    unlinkSync(repository.path('c.txt'));
    symlinkSync('a.txt', repository.path('c.txt'));
    const { changes, bases } = await open(repository.dir, { ...worktree, scope: 'changes' });
    expect(changes).toEqual([
      { path: 'a.txt', status: 'modified' },
      { path: 'b.txt', status: 'deleted' },
      { path: 'b2.txt', status: 'added' },
      { path: 'c.txt', status: 'type-changed' },
    ]);
    expect(await textOf(bases[0]!, 'a.txt')).toBe('a\n');
  });

  test('F10 links are their target text, and what lies behind them is not in the repository', async () => {
    const repository = repositoryWith({ 'dir/a.txt': 'a\n', 'b.txt': 'b\n' });
    const outside = temporaryFolder();
    repositoryAt(outside).write('a.txt', 'outside\n');
    rmSync(repository.path('dir'), { recursive: true });
    symlinkSync(outside, repository.path('dir'));
    const { snapshot } = await open(repository.dir, worktree);
    expect(pathsOf(snapshot)).toEqual(['b.txt', 'dir']);
    expect(await textOf(snapshot, 'dir')).toBe(outside);
  });

  test('F14 a file that is meant to be added is on disk', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    repository.write('planned.txt', 'later\n');
    repository.git('add', '-N', 'planned.txt');
    const { snapshot } = await open(repository.dir, worktree);
    expect(await textOf(snapshot, 'planned.txt')).toBe('later\n');
  });

  test('F22 F35 unmodified files are their blobs, whatever a checkout made of them', async () => {
    const repository = temporaryRepository();
    repository.git('config', 'core.autocrlf', 'true');
    repository.write('a.txt', 'one\r\ntwo\r\n');
    repository.git('add', '-A');
    repository.git('commit', '-q', '-m', 'first');
    // Without this git cannot know from the time alone that the file is the one it added.
    repository.git('update-index', '--refresh', '-q');
    const { snapshot } = await open(repository.dir, worktree);
    expect(await textOf(snapshot, 'a.txt')).toBe('one\ntwo\n');
  });

  test('an unmodified file is its blob, whatever becomes of the disk while it is looked at', async () => {
    const names = ['kept', 'edited', 'grown', 'gone', 'linked', 'folder', 'pipe'];
    const repository = repositoryWith(Object.fromEntries(names.map((name) => [name, `${name}\n`])));
    repository.write('edited.bin', Buffer.alloc(2_000_000, 'a').toString());
    repository.git('add', '.');
    const { snapshot } = await open(repository.dir, worktree);
    repository.write('edited', 'EDITED\n');
    repository.write('grown', 'grown\n'.repeat(1_000_000));
    repository.write('elsewhere', 'linked\n');
    repository.write('edited.bin', 'small\n');
    for (const name of ['gone', 'linked', 'folder', 'pipe']) rmSync(repository.path(name));
    symlinkSync('elsewhere', repository.path('linked'));
    mkdirSync(repository.path('folder'));
    execFileSync('sh', ['-c', 'mkfifo "$0"', repository.path('pipe')]);
    for (const name of names) expect(await textOf(snapshot, name)).toBe(`${name}\n`);
    const measured = await snapshot.measure!(snapshot.files);
    const large = measured.find(({ path }) => path === 'edited.bin');
    expect((await snapshot.read(large!)).length).toBe(2_000_000);
  });

  test('an unmodified file is read without git where the disk holds its very bytes', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    repository.git('update-index', '--refresh', '-q');
    const { snapshot } = await open(repository.dir, worktree);
    rmSync(repository.path('.git/objects'), { recursive: true });
    expect(await textOf(snapshot, 'a.txt')).toBe('a\n');
    repository.write('b.txt', 'c\n');
    await expect(textOf(snapshot, 'b.txt')).rejects.toThrow('b.txt');
  });

  test('a small file whose filter makes it large is its blob', async () => {
    const repository = repositoryWith({ '.gitattributes': 'x filter=grow\n' });
    repository.git('config', 'filter.grow.clean', 'head -c 3000000 /dev/zero');
    repository.git('config', 'filter.grow.smudge', 'echo small');
    repository.write('x', 'small\n');
    repository.git('add', 'x');
    repository.git('update-index', '--refresh', '-q');
    const { snapshot } = await open(repository.dir, worktree);
    const measured = await snapshot.measure!(snapshot.files);
    const file = measured.find(({ path }) => path === 'x');
    expect((await snapshot.read(file!)).length).toBe(3_000_000);
  });

  test('F29 files outside a sparse checkout are not deleted', async () => {
    const repository = repositoryWith({ 'in/a.txt': 'a\n', 'out/b.txt': 'b\n' });
    for (const more of [[], ['--sparse-index']]) {
      repository.git('sparse-checkout', 'set', '--cone', ...more, 'in');
      expect((await open(repository.dir)).changes).toEqual([]);
      const { snapshot } = await open(repository.dir, worktree);
      expect(await textOf(snapshot, 'out/b.txt')).toBe('b\n');
      const id = repository.gitWith({ input: 'outside\n' }, 'hash-object', '-w', '--stdin').trim();
      repository.git('update-index', '--add', '--cacheinfo', `100644,${id},out/c.txt`);
      const staged = await open(repository.dir);
      expect(staged.changes).toEqual([{ path: 'out/c.txt', status: 'added' }]);
      expect(await textOf(staged.snapshot, 'out/c.txt')).toBe('outside\n');
      expect(pathsOf(staged.bases[0]!)).toEqual(['in/a.txt', 'out/b.txt']);
      repository.git('update-index', '--force-remove', 'out/c.txt');
    }
  });

  test('F21 conflicted files are as they are on disk', async () => {
    const repository = repositoryWith({ 'a.txt': 'base\n' });
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('a.txt', 'side\n');
    repository.git('commit', '-q', '-am', 'side');
    repository.git('checkout', '-q', 'main');
    repository.write('a.txt', 'main\n');
    repository.git('commit', '-q', '-am', 'main');
    repository.tryGit('merge', 'side');
    const { snapshot } = await open(repository.dir, worktree);
    expect(await textOf(snapshot, 'a.txt')).toContain('<<<<<<<');
  });

  test('a repository inside is left out by name', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    mkdirSync(repository.path('inner'));
    repositoryAt(repository.path('inner')).git('init', '-q');
    repositoryAt(repository.path('inner')).write('b.txt', 'b\n');
    const { snapshot } = await open(repository.dir, worktree);
    expect(pathsOf(snapshot)).toEqual(['a.txt']);
    expect(snapshot.skipped).toEqual([{ path: 'inner', reason: 'a git repository of its own' }]);
  });

  test('F110 a file changed after it was named is not read as what it was', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    repository.write('a.txt', 'first\n');
    const { snapshot } = await open(repository.dir, worktree);
    repository.write('a.txt', 'second\n');
    await expect(snapshot.read(snapshot.file('a.txt')!)).rejects.toThrow('was changed while');
  });

  test('an unreadable file is named', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    repository.write('b.txt', 'b\n');
    chmodSync(repository.path('b.txt'), 0o000);
    // The super user reads it all the same.
    if (process.getuid?.() === 0) return;
    const { snapshot } = await open(repository.dir, worktree);
    await expect(snapshot.read(snapshot.file('b.txt')!)).rejects.toThrow('b.txt');
  });

  test('F62 a bare repository is its HEAD; a worktree of it is as ever', async () => {
    const source = repositoryWith({ 'a.txt': 'a\n' });
    const bare = join(temporaryFolder(), 'bare.git');
    source.git('clone', '-q', '--bare', source.dir, bare);
    const { snapshot } = await open(bare, worktree);
    expect(snapshot).toMatchObject({ kind: 'commit', commit: source.git('rev-parse', 'HEAD').trim() });
    expect(await textOf(snapshot, 'a.txt')).toBe('a\n');
    const linked = join(temporaryFolder(), 'linked');
    source.gitWith({ cwd: bare }, 'worktree', 'add', '-q', linked, 'main');
    repositoryAt(linked).write('b.txt', 'b\n');
    expect(pathsOf((await open(linked, worktree)).snapshot)).toEqual(['a.txt', 'b.txt']);
    const empty = join(temporaryFolder(), 'empty.git');
    source.git('init', '-q', '-b', 'main', '--bare', empty);
    await expect(open(empty, worktree)).rejects.toThrow('no commit');
  });

  test('F64 in a submodule', async () => {
    const inner = repositoryWith({ 'a.txt': 'a\n' });
    const outer = repositoryWith({ 'b.txt': 'b\n' });
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub');
    const sub = repositoryAt(outer.path('sub'));
    sub.write('a.txt', 'changed\n');
    sub.git('add', '-A');
    const { snapshot, changes } = await open(sub.dir);
    expect(changes).toEqual([{ path: 'a.txt', status: 'modified' }]);
    expect(await textOf(snapshot, 'a.txt')).toBe('changed\n');
    const around = await open(outer.dir, worktree);
    expect(treeOf(around.snapshot)[2]).toBe('160000 gitlink sub');
  });

  test('F90 from a subfolder, with blanks and quotes in the path, through a link', async () => {
    const home = join(temporaryFolder(), ` a 'b" ñ `);
    mkdirSync(home);
    const repository = repositoryAt(home);
    repository.git('init', '-q');
    repository.write('sub/a.txt', 'a\n');
    const link = join(temporaryFolder(), 'link');
    symlinkSync(home, link);
    for (const cwd of [home, join(home, 'sub'), join(link, 'sub')]) {
      const { snapshot } = await open(cwd, worktree);
      expect(await textOf(snapshot, 'sub/a.txt')).toBe('a\n');
    }
  });

  test('a line break in the path of the repository', async () => {
    const home = join(temporaryFolder(), 'a\nb');
    mkdirSync(home);
    const repository = repositoryAt(home);
    repository.git('init', '-q');
    repository.write('a.txt', 'a\n');
    expect(pathsOf((await open(home, worktree)).snapshot)).toEqual(['a.txt']);
  });
});

describe('a folder without git', () => {
  test('the same files as git would list', async () => {
    const folder = repositoryAt(temporaryFolder());
    const files = {
      '.gitignore': '*.log\n/build\nsecret/\n!important.log\n',
      'a.txt': '',
      'a.log': '',
      'important.log': '',
      'build/x': '',
      'deep/build/x': '',
      'deep/.gitignore': '!a.log\n*.txt\n',
      'deep/a.log': '',
      'deep/b.txt': '',
      'deep/secret/c': '',
      'Secret/c': '',
      ' b ': '',
    };
    for (const [path, text] of Object.entries(files)) folder.write(path, text);
    symlinkSync('/etc', folder.path('etc'));
    folder.write('node_modules/x/index.js', '');
    const env = { ...isolatedEnv, GIT_CEILING_DIRECTORIES: join(folder.dir, '..') };
    const { snapshot } = await open(folder.dir, worktree, env);
    expect(snapshot.skipped).toMatchObject([{ path: 'node_modules' }]);
    rmSync(folder.path('node_modules'), { recursive: true });
    folder.git('init', '-q');
    expect(treeOf(snapshot)).toEqual(treeOf((await open(folder.dir, worktree)).snapshot));
    expect(await textOf(snapshot, 'etc')).toBe('/etc');
  });
});

describe('a commit', () => {
  test('by any name, with what it changes of its parents', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    repository.write('a.txt', 'second\n');
    repository.git('rm', '-q', 'b.txt');
    repository.git('commit', '-q', '-am', 'second');
    repository.git('tag', '-a', '-m', 'x', 'v1');
    const { snapshot, changes, bases } = await open(repository.dir, {
      view: { kind: 'commit', commit: 'v1' },
    });
    expect(changes).toEqual([
      { path: 'a.txt', status: 'modified' },
      { path: 'b.txt', status: 'deleted' },
    ]);
    expect(await textOf(snapshot, 'a.txt')).toBe('second\n');
    expect(await textOf(bases[0]!, 'a.txt')).toBe('a\n');
    const first = await open(repository.dir, { view: { kind: 'commit', commit: 'HEAD~1' } });
    expect(first).toMatchObject({ bases: [], changes: [{ status: 'added' }, { status: 'added' }] });
  });

  test.each(['gone', '--all', 'HEAD:a.txt', ''])('there is no commit %j', async (commit) => {
    const repository = repositoryWith({ 'a.txt': 'a\n' });
    await expect(open(repository.dir, { view: { kind: 'commit', commit } })).rejects.toThrow(
      'There is no commit',
    );
  });

  test('F56 a repack between two reads', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const { snapshot } = await open(repository.dir, {
      view: { kind: 'commit', commit: 'HEAD' },
      scope: 'everything',
    });
    expect(await textOf(snapshot, 'a.txt')).toBe('a\n');
    repository.git('repack', '-adq');
    repository.git('prune-packed');
    repository.git('gc', '--prune=now', '-q');
    expect(await textOf(snapshot, 'b.txt')).toBe('b\n');
  });

  test('a missing object is an error that names the file', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const id = repository.git('rev-parse', 'HEAD:a.txt').trim();
    rmSync(repository.path('.git', 'objects', id.slice(0, 2), id.slice(2)));
    const { snapshot } = await open(repository.dir, {
      view: { kind: 'commit', commit: 'HEAD' },
      scope: 'everything',
    });
    await expect(textOf(snapshot, 'a.txt')).rejects.toThrow(/a\.txt.*missing/);
    expect(await textOf(snapshot, 'b.txt')).toBe('b\n');
  });
});
