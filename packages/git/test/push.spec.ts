import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { findPushedObjects, type PushedObjects } from '../src/pushed-objects.ts';
import { parseRefUpdates } from '../src/ref-updates.ts';
import { findRepository } from '../src/repository.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

const opened: PushedObjects[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((pushed) => pushed.close()));
  removeTemporaryFolders();
});

/** A repository with one pushed commit, and a bare one as its `origin`. */
function pair(format = 'sha1'): { local: TemporaryRepository; bare: string } {
  const bare = join(temporaryFolder(), 'bare.git');
  const local = temporaryRepository(`--object-format=${format}`);
  local.git('init', '-q', '-b', 'main', '--bare', `--object-format=${format}`, bare);
  local.git('remote', 'add', 'origin', bare);
  commit(local, { 'base.txt': 'base\n' });
  local.git('push', '-q', 'origin', 'main');
  return { local, bare };
}

function commit(repository: TemporaryRepository, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '-A');
  repository.git('commit', '-q', '--allow-empty', '-m', `commit ${Object.keys(files).join(' ')}`);
  return repository.git('rev-parse', 'HEAD').trim();
}

/** What the pre-push hook of a real push is given. The push itself is refused. */
function refusedPush(repository: TemporaryRepository, ...args: string[]) {
  const out = temporaryFolder();
  repository.hook('pre-push', `printf '%s\\n' "$@" > '${out}/args'; cat > '${out}/stdin'; exit 1`);
  repository.tryGit('push', ...args);
  rmSync(repository.path('.git', 'hooks', 'pre-push'));
  const [name = '', url = ''] = readFileSync(join(out, 'args'), 'utf8').split('\n');
  return { remote: { name, url }, stdin: readFileSync(join(out, 'stdin')) };
}

async function find(repository: TemporaryRepository, ...args: string[]): Promise<PushedObjects> {
  const { remote, stdin } = refusedPush(repository, ...args);
  const found = await findRepository(repository.dir, isolatedEnv);
  const pushed = await findPushedObjects(found!, parseRefUpdates(stdin), remote);
  opened.push(pushed);
  return pushed;
}

function pathsOf({ blobs }: PushedObjects): string[] {
  return blobs.flatMap(({ places }) => places.map(({ path }) => path));
}

/** The first commit, which every remote here has: the nearest known one of a branch it does not have. */
function rootOf(repo: TemporaryRepository): string {
  return repo.git('rev-list', '--max-parents=0', 'HEAD').trim();
}

describe('what a push brings', () => {
  test.each(['sha1', 'sha256'])(
    'F44 F58 F68 a new branch, each commit with what it brings (%s)',
    async (format) => {
      const { local } = pair(format);
      const first = commit(local, { 'secret.txt': 'once\n' });
      local.git('rm', '-q', 'secret.txt');
      const second = commit(local, { 'a.txt': 'a\n' });
      const pushed = await find(local, 'origin', 'HEAD:refs/heads/new');
      expect(pushed.commits).toEqual([first, second]);
      expect(pushed.blobs).toMatchObject([
        { size: 5, places: [{ path: 'secret.txt', mode: '100644', commit: first, before: [] }] },
        { size: 2, places: [{ path: 'a.txt', commit: second }] },
      ]);
      expect(Buffer.from(await pushed.read(pushed.blobs[0]!.id)).toString()).toBe('once\n');
      expect(pushed.tips).toEqual([{ commit: second, remoteRef: 'refs/heads/new', base: rootOf(local) }]);
    },
  );

  test('F68 nothing new', async () => {
    const { local } = pair();
    const pushed = await find(local, 'origin', 'HEAD:refs/heads/other');
    expect(pushed).toMatchObject({ commits: [], blobs: [] });
    expect(pushed.tips).toHaveLength(1);
  });

  test('F68 the first push of all there is', async () => {
    const { local } = pair();
    const other = join(temporaryFolder(), 'other.git');
    local.git('init', '-q', '-b', 'main', '--bare', other);
    local.git('remote', 'add', 'other', other);
    commit(local, { 'a.txt': 'a\n' });
    expect(pathsOf(await find(local, 'other', 'main'))).toEqual(['base.txt', 'a.txt']);
  });

  test('F58 F69 a deletion brings nothing', async () => {
    const { local } = pair();
    local.git('push', '-q', 'origin', 'main:gone');
    commit(local, { 'secret.txt': 'unpublished\n' });
    const pushed = await find(local, 'origin', ':gone');
    expect(pushed).toMatchObject({ tips: [], commits: [], blobs: [] });
  });

  test('F71 several branches, and --all', async () => {
    const { local } = pair();
    for (const name of ['one', 'two', 'three']) {
      local.git('checkout', '-q', '-b', name, 'main');
      commit(local, { [`${name}.txt`]: `${name}\n` });
    }
    const several = await find(local, 'origin', 'one', 'two', 'three');
    expect(new Set(pathsOf(several))).toEqual(new Set(['one.txt', 'two.txt', 'three.txt']));
    expect(new Set(pathsOf(await find(local, 'origin', '--all')))).toEqual(new Set(pathsOf(several)));
    expect(pathsOf(await find(local, 'origin', 'two'))).toEqual(['two.txt']);
  });

  test('F72 a forced push over a commit that was never fetched', async () => {
    const { local, bare } = pair();
    const elsewhere = repositoryAt(join(temporaryFolder(), 'elsewhere'));
    local.git('clone', '-q', bare, elsewhere.dir);
    commit(elsewhere, { 'theirs.txt': 'theirs\n' });
    elsewhere.git('push', '-q', 'origin', 'main');
    const mine = commit(local, { 'mine.txt': 'mine\n' });
    const pushed = await find(local, '--force', 'origin', 'main');
    expect(pathsOf(pushed)).toEqual(['mine.txt']);
    expect(pushed.tips).toEqual([{ commit: mine, remoteRef: 'refs/heads/main', base: rootOf(local) }]);
  });

  test('the base of a tip is what the remote has there', async () => {
    const { local } = pair();
    const base = local.git('rev-parse', 'HEAD').trim();
    const tip = commit(local, { 'base.txt': 'edited\n' });
    const pushed = await find(local, 'origin', 'main');
    expect(pushed.tips).toEqual([{ commit: tip, remoteRef: 'refs/heads/main', base }]);
    const before = local.git('rev-parse', `${base}:base.txt`).trim();
    expect(pushed.blobs).toMatchObject([{ places: [{ path: 'base.txt', commit: tip, before: [before] }] }]);
  });

  test('a tip is opened with its base, and no file of it counts as changed', async () => {
    const { local } = pair();
    commit(local, { 'a.txt': 'a\n', 'd/b.txt': 'b\n' });
    const pushed = await find(local, 'origin', 'main', 'main~1:refs/heads/again');
    const [main, again] = await Promise.all(pushed.tips.map((tip) => pushed.openTip(tip)));
    expect(main!.snapshot.files.map(({ path }) => path)).toEqual(['a.txt', 'base.txt', 'd/b.txt']);
    expect(Buffer.from(await main!.snapshot.read(main!.snapshot.file('d/b.txt')!)).toString()).toBe('b\n');
    expect(main!.bases.map(({ files }) => files.map(({ path }) => path))).toEqual([['base.txt']]);
    expect(main!.changes).toEqual([]);
    expect(again!.snapshot.commit).toBe(rootOf(local));
  });

  test('F73 tags: lightweight, annotated, nested, of a blob, of a tree', async () => {
    const { local } = pair();
    commit(local, { 'light.txt': 'light\n' });
    local.git('tag', 'light');
    const tagged = commit(local, { 'noted.txt': 'noted\n' });
    local.git('tag', '-a', '-m', 'inner message', 'inner');
    local.git('tag', '-a', '-m', 'outer message', 'outer', 'inner');
    local.git('reset', '-q', '--hard', 'HEAD~2');
    const id = local.gitWith({ input: 'only a blob\n' }, 'hash-object', '-w', '--stdin').trim();
    local.git('tag', '-a', '-m', 'blob message', 'blob', id);
    local.write('in-tree.txt', 'only a tree\n');
    local.git('add', '-A');
    local.git('tag', 'tree', local.git('write-tree').trim());
    expect(pathsOf(await find(local, 'origin', 'light'))).toEqual(['light.txt']);
    const outer = await find(local, 'origin', 'outer');
    expect(pathsOf(outer)).toEqual(['light.txt', 'noted.txt']);
    expect(outer.tips).toEqual([{ commit: tagged, remoteRef: 'refs/tags/outer', base: rootOf(local) }]);
    const texts: string[] = [];
    for await (const { kind, text } of outer.messages())
      texts.push(`${kind} ${Buffer.from(text).toString()}`);
    expect(texts).toEqual([
      'tag outer message\n',
      'tag inner message\n',
      'commit commit light.txt\n',
      'commit commit noted.txt\n',
    ]);
    const blob = await find(local, 'origin', 'blob');
    expect(blob.blobs).toEqual([
      { id, size: 12, places: [{ path: 'refs/tags/blob', mode: '100644', commit: null, before: [] }] },
    ]);
    expect(pathsOf(await find(local, 'origin', 'tree'))).toEqual(['base.txt', 'in-tree.txt']);
    const all = await find(local, 'origin', '--tags');
    expect(new Set(pathsOf(all))).toEqual(
      new Set(['refs/tags/blob', 'base.txt', 'in-tree.txt', 'light.txt', 'noted.txt']),
    );
  });

  test('F74 by id, by expression, from another branch, to any ref', async () => {
    const { local } = pair();
    const id = commit(local, { 'a.txt': 'a\n' });
    commit(local, { 'b.txt': 'b\n' });
    local.git('checkout', '-q', '-b', 'elsewhere', 'main~2');
    expect(pathsOf(await find(local, 'origin', `${id}:refs/heads/z`))).toEqual(['a.txt']);
    expect(pathsOf(await find(local, 'origin', 'main~1:refs/for/x'))).toEqual(['a.txt']);
    expect(pathsOf(await find(local, 'origin', ':/commit a.txt:refs/heads/y'))).toEqual(['a.txt']);
    expect(pathsOf(await find(local, 'origin', 'HEAD:refs/heads/x'))).toEqual([]);
    expect(pathsOf(await find(local, 'origin', 'main'))).toEqual(['a.txt', 'b.txt']);
  });

  test('F79 a merge brings what neither parent has, also if it is undone', async () => {
    const { local } = pair();
    local.git('checkout', '-q', '-b', 'side');
    commit(local, { 'side.txt': 'side\n' });
    local.git('push', '-q', 'origin', 'side');
    local.git('checkout', '-q', 'main');
    commit(local, { 'main.txt': 'main\n' });
    local.git('push', '-q', 'origin', 'main');
    local.git('merge', '-q', '--no-commit', 'side');
    const merge = commit(local, { 'evil.txt': 'evil\n', 'side.txt': 'changed by the merge\n' });
    expect(local.git('rev-list', '--parents', '-1', 'HEAD').trim().split(' ')).toHaveLength(3);
    local.git('rm', '-q', 'evil.txt');
    commit(local, {});
    const pushed = await find(local, 'origin', 'main');
    expect(pushed.blobs.flatMap(({ places }) => places)).toMatchObject([
      { path: 'evil.txt', commit: merge },
      { path: 'side.txt', commit: merge, before: [expect.any(String)] },
    ]);
  });

  test('a rename brings the same bytes to another path', async () => {
    const { local } = pair();
    local.git('mv', 'base.txt', '.env');
    commit(local, {});
    expect(pathsOf(await find(local, 'origin', 'main'))).toEqual(['.env']);
  });

  test('the same bytes at two paths are one blob', async () => {
    const { local } = pair();
    commit(local, { 'a.txt': 'same\n', 'b.txt': 'same\n' });
    const { blobs } = await find(local, 'origin', 'main');
    expect(blobs).toMatchObject([{ places: [{ path: 'a.txt' }, { path: 'b.txt' }] }]);
  });

  test('the same bytes at one path, brought from something else, from nothing, and as before', async () => {
    const { local } = pair();
    const base = local.git('rev-parse', 'HEAD:base.txt').trim();
    const edit = commit(local, { 'base.txt': 'edited\n' });
    local.git('rm', '-q', 'base.txt');
    commit(local, {});
    const again = commit(local, { 'base.txt': 'edited\n' });
    local.git('checkout', '-q', '-b', 'side', 'main~3');
    commit(local, { 'base.txt': 'edited\n', 'side.txt': 'side\n' });
    const { blobs } = await find(local, 'origin', 'main', 'side');
    const edited = blobs.find(({ size }) => size === 7);
    const { places } = edited!;
    expect(places).toHaveLength(2);
    expect(places).toContainEqual({ path: 'base.txt', mode: '100644', commit: again, before: [] });
    expect(places.filter(({ before }) => before.length > 0)).toMatchObject([{ before: [base] }]);
    expect(edit).not.toBe(again);
  });

  test('links bring their target text, submodules nothing', async () => {
    const { local } = pair();
    const head = local.git('rev-parse', 'HEAD').trim();
    local.git('update-index', '--add', '--cacheinfo', `160000,${head},sub`);
    const id = local.gitWith({ input: 'target' }, 'hash-object', '-w', '--stdin').trim();
    local.git('update-index', '--add', '--cacheinfo', `120000,${id},link`);
    local.git('commit', '-q', '-m', 'x');
    const { blobs } = await find(local, 'origin', 'main');
    expect(blobs).toMatchObject([{ id, places: [{ path: 'link', mode: '120000' }] }]);
  });

  test('F52 F94 what no hook saw: cherry-pick, revert, rebase', async () => {
    const { local } = pair();
    local.git('checkout', '-q', '-b', 'side');
    commit(local, { 'picked.txt': 'picked\n' });
    local.git('checkout', '-q', 'main');
    commit(local, { 'main.txt': 'main\n' });
    local.git('cherry-pick', 'side');
    expect(pathsOf(await find(local, 'origin', 'main'))).toEqual(['main.txt', 'picked.txt']);
    local.git('checkout', '-q', 'side');
    local.git('rebase', '-q', 'main');
    expect(pathsOf(await find(local, 'origin', 'side'))).toEqual(['main.txt', 'picked.txt']);
  });

  test('replacement refs hide no commit and no bytes', async () => {
    const { local } = pair();
    const clean = local.git('rev-parse', 'HEAD').trim();
    const dirty = commit(local, { 'secret.txt': 'hidden\n' });
    local.git('replace', dirty, clean);
    expect(pathsOf(await find(local, 'origin', 'main:new'))).toEqual(['secret.txt']);
  });
});

describe('what the remote has', () => {
  test('a push by URL counts as one to the remote fetched from there', async () => {
    const { local, bare } = pair();
    commit(local, { 'a.txt': 'a\n' });
    expect(pathsOf(await find(local, bare, 'main:new'))).toEqual(['a.txt']);
    local.git('remote', 'remove', 'origin');
    expect(pathsOf(await find(local, bare, 'main:new'))).toEqual(['base.txt', 'a.txt']);
    // What it says to have at the ref itself still counts.
    expect(pathsOf(await find(local, bare, 'main'))).toEqual(['a.txt']);
  });

  test('the refs of another remote do not count, even of one named below this one', async () => {
    const { local } = pair();
    const other = join(temporaryFolder(), 'other.git');
    local.git('init', '-q', '-b', 'main', '--bare', other);
    local.git('remote', 'add', 'origin/fork', other);
    commit(local, { 'a.txt': 'a\n' });
    local.git('push', '-q', 'origin/fork', 'main');
    expect(pathsOf(await find(local, 'origin', 'main'))).toEqual(['a.txt']);
  });

  test('in a mirror, own branches are not the remote’s', async () => {
    const { bare } = pair();
    const mirror = repositoryAt(join(temporaryFolder(), 'mirror.git'));
    mirror.gitWith({ cwd: temporaryFolder() }, 'clone', '-q', '--mirror', bare, mirror.dir);
    const tree = mirror.git('rev-parse', 'main^{tree}').trim();
    const made = mirror.git('commit-tree', '-p', 'main', '-m', 'in a mirror', tree).trim();
    mirror.git('update-ref', 'refs/heads/new', made);
    const found = await findRepository(mirror.dir, isolatedEnv);
    const zero = '0'.repeat(40);
    const updates = parseRefUpdates(Buffer.from(`refs/heads/new ${made} refs/heads/new ${zero}\n`));
    const pushed = await findPushedObjects(found!, updates, { name: 'origin', url: bare });
    opened.push(pushed);
    expect(pushed.commits).toContain(made);
  });

  test('--mirror pushes every ref there is', async () => {
    const { local } = pair();
    commit(local, { 'a.txt': 'a\n' });
    local.git('update-ref', 'refs/notes/odd', 'HEAD');
    local.git('tag', '-a', '-m', 'x', 'v1');
    const pushed = await find(local, '--mirror', 'origin');
    expect(pathsOf(pushed)).toEqual(['a.txt']);
    expect(pushed.tips.map(({ remoteRef }) => remoteRef)).toEqual(
      expect.arrayContaining([
        'refs/heads/main',
        'refs/notes/odd',
        'refs/tags/v1',
        'refs/remotes/origin/main',
      ]),
    );
  });

  test('a shallow clone', async () => {
    const { local, bare } = pair();
    commit(local, { 'base.txt': 'second\n' });
    local.git('push', '-q', 'origin', 'main');
    const shallow = repositoryAt(join(temporaryFolder(), 'shallow'));
    local.git('clone', '-q', '--depth=1', `file://${bare}`, shallow.dir);
    commit(shallow, { 'a.txt': 'a\n' });
    expect(pathsOf(await find(shallow, 'origin', 'main'))).toEqual(['a.txt']);
  });

  test('F60 a partial clone whose remote is gone', async () => {
    const { local, bare } = pair();
    commit(local, { 'old.txt': 'old\n' });
    local.git('rm', '-q', 'old.txt');
    commit(local, { 'base.txt': 'second\n' });
    local.git('push', '-q', 'origin', 'main');
    repositoryAt(bare).git('config', 'uploadpack.allowFilter', 'true');
    const partial = repositoryAt(join(temporaryFolder(), 'partial'));
    local.git('clone', '-q', '--filter=blob:none', `file://${bare}`, partial.dir);
    commit(partial, { 'a.txt': 'a\n' });
    const { remote, stdin } = refusedPush(partial, 'origin', 'main');
    rmSync(bare, { recursive: true });
    const found = await findRepository(partial.dir, isolatedEnv);
    const pushed = await findPushedObjects(found!, parseRefUpdates(stdin), remote);
    opened.push(pushed);
    expect(pathsOf(pushed)).toEqual(['a.txt']);
    expect(Buffer.from(await pushed.read(pushed.blobs[0]!.id)).toString()).toBe('a\n');
    const old = local.git('rev-parse', 'HEAD~1:old.txt').trim();
    await expect(pushed.read(old)).rejects.toThrow('promisor remote');
    expect(Buffer.from(await pushed.read(pushed.blobs[0]!.id)).toString()).toBe('a\n');
  });
});

describe('the lines on standard input', () => {
  const id = 'a'.repeat(40);
  const zero = '0'.repeat(40);

  test('F76 none', () => {
    expect(parseRefUpdates(Buffer.from(''))).toEqual([]);
  });

  test('a new ref, a deletion, and an expression with blanks', () => {
    const lines = [
      `refs/heads/a ${id} refs/heads/b ${zero}`,
      `(delete) ${zero} refs/heads/c ${id}`,
      `:/some message ${id} refs/heads/d ${id}`,
    ];
    expect(parseRefUpdates(Buffer.from(`${lines.join('\n')}\n`))).toEqual([
      { localRef: 'refs/heads/a', localId: id, remoteRef: 'refs/heads/b', remoteId: null },
      { localRef: '(delete)', localId: null, remoteRef: 'refs/heads/c', remoteId: id },
      { localRef: ':/some message', localId: id, remoteRef: 'refs/heads/d', remoteId: id },
    ]);
  });

  test.each(['x', `a ${id} b`, `a ${id} b c`, `a ${id.slice(1)} b ${id}`])('%j is none', (line) => {
    expect(() => parseRefUpdates(Buffer.from(line))).toThrow('pre-push');
  });
});
