import { rmSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { findHistory, readAuthorDates } from '../src/history.ts';
import { findRepository, type Repository } from '../src/repository.ts';
import { streamBlobs } from '../src/stream-blobs.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

afterEach(removeTemporaryFolders);

const NO_LIMIT = 2 ** 30;

function commit(repository: TemporaryRepository, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '-A');
  repository.git('commit', '-q', '--allow-empty', '-m', 'x');
  return repository.git('rev-parse', 'HEAD').trim();
}

async function repositoryOf({ dir }: TemporaryRepository): Promise<Repository> {
  return (await findRepository(dir, isolatedEnv))!;
}

/** `path@commit=text` of every blob and place. */
async function tell(repository: Repository, range?: string, limit = NO_LIMIT): Promise<string[]> {
  const blobs = await (await findHistory(repository, range)).listBlobs();
  const told: string[] = [];
  for await (const group of streamBlobs(repository, blobs, limit)) {
    for (const one of group) {
      const text = 'bytes' in one ? Buffer.from(one.bytes).toString() : `! ${one.error.message}`;
      for (const { path, commit } of one.blob.places) told.push(`${path}@${commit?.slice(0, 7)}=${text}`);
    }
  }
  return told;
}

test('F94 what was removed is still told, with the commit that brought it', async () => {
  const repository = temporaryRepository();
  const first = commit(repository, { 'a.txt': 'a', '.env': 'secret' });
  repository.git('rm', '-q', '.env');
  const second = commit(repository, { 'a.txt': 'a2' });
  expect(await tell(await repositoryOf(repository))).toEqual([
    `.env@${first.slice(0, 7)}=secret`,
    `a.txt@${first.slice(0, 7)}=a`,
    `a.txt@${second.slice(0, 7)}=a2`,
  ]);
  expect(await tell(await repositoryOf(repository), 'HEAD~1..HEAD')).toEqual([
    `a.txt@${second.slice(0, 7)}=a2`,
  ]);
});

test('every ref counts: branches, tags of blobs and trees, the stash, a detached HEAD', async () => {
  const repository = temporaryRepository();
  commit(repository, { 'a.txt': 'a' });
  repository.git('checkout', '-q', '-b', 'side');
  commit(repository, { 'side.txt': 'side' });
  repository.git('checkout', '-q', '--detach', 'main');
  commit(repository, { 'detached.txt': 'detached' });
  const id = repository.gitWith({ input: 'only a blob' }, 'hash-object', '-w', '--stdin').trim();
  repository.git('tag', '-a', '-m', 'x', 'inner', id);
  repository.git('tag', '-a', '-m', 'x', 'outer', 'inner');
  repository.write('a.txt', 'stashed');
  repository.git('stash', '-q');
  const texts = (await tell(await repositoryOf(repository))).map((one) => one.replace(/@.*=/, '='));
  expect(new Set(texts)).toEqual(
    new Set([
      'a.txt=a',
      'side.txt=side',
      'detached.txt=detached',
      'refs/tags/inner=only a blob',
      'refs/tags/outer=only a blob',
      'a.txt=stashed',
    ]),
  );
});

test('an empty repository, and a range that is none', async () => {
  const repository = await repositoryOf(temporaryRepository());
  const history = await findHistory(repository);
  expect(history.commits).toEqual([]);
  expect(await history.listBlobs()).toEqual([]);
  await expect(findHistory(repository, '--all')).rejects.toThrow('no range');
  await expect(findHistory(repository, ' ')).rejects.toThrow('no range');
  await expect(findHistory(repository, 'gone..HEAD')).rejects.toThrow('gone');
});

test('what is too large or missing is told in its place, and the rest is read', async () => {
  const repository = temporaryRepository();
  commit(repository, { 'a.txt': 'a', 'big.txt': 'b'.repeat(100), 'c.txt': 'c', 'z.txt': 'z' });
  const id = repository.git('rev-parse', 'HEAD:c.txt').trim();
  rmSync(repository.path('.git', 'objects', id.slice(0, 2), id.slice(2)));
  const told = (await tell(await repositoryOf(repository), 'HEAD', 50)).map((one) => one.replace(/@\w+/, ''));
  expect(told).toEqual([
    'a.txt=a',
    'z.txt=z',
    expect.stringMatching(/^big\.txt=! 100 bytes are more than/),
    expect.stringMatching(/^c\.txt=! object .* is missing/),
  ]);
});

test('of blobs by the thousand, each is told once and in its order', async () => {
  const repository = temporaryRepository();
  const texts = Array.from({ length: 1_300 }, (_, at) => `text ${at} ${'x'.repeat(at % 7 === 3 ? 99 : 9)}`);
  const stream = texts.map((text, at) => `M 100644 inline ${10_000 + at}\ndata ${text.length}\n${text}\n`);
  const input = `commit refs/heads/main\ncommitter A <a@b> 1 +0000\ndata 1\nx\n${stream.join('')}\n`;
  repository.gitWith({ input }, 'fast-import', '--quiet');
  const told = (await tell(await repositoryOf(repository), 'main', 50)).map((one) => one.replace(/.*?=/, ''));
  const isSmall = (text: string): boolean => text.length <= 50;
  expect(told.slice(0, texts.filter(isSmall).length)).toEqual(texts.filter(isSmall));
  expect(told).toHaveLength(texts.length);
});

test('the date of the author, whatever the committer says', async () => {
  const repository = temporaryRepository();
  repository.write('a.txt', 'a');
  repository.git('add', '-A');
  const env = { GIT_AUTHOR_DATE: '2026-05-06T07:08:09+0200' };
  repository.gitWith({ env }, 'commit', '-q', '-m', 'author Fake <x@y> 1 +0000');
  const head = repository.git('rev-parse', 'HEAD').trim();
  const dates = await readAuthorDates(await repositoryOf(repository), [head, head]);
  expect([...dates]).toEqual([[head, '2026-05-06T05:08:09.000Z']]);
});

test('the key is another for another commit, parent or tag, and the same for the same', async () => {
  const repository = temporaryRepository();
  const keyOf = async (range?: string): Promise<string> =>
    (await findHistory(await repositoryOf(repository), range)).key;
  commit(repository, { 'a.txt': 'a' });
  const first = await keyOf();
  repository.git('branch', 'same');
  expect(await keyOf()).toBe(first);
  const keys = [first];
  const id = repository.gitWith({ input: 'only a blob' }, 'hash-object', '-w', '--stdin').trim();
  repository.git('tag', 'blob', id);
  keys.push(await keyOf());
  repository.git('tag', 'moved', id);
  repository.git('tag', '-d', 'blob');
  keys.push(await keyOf());
  commit(repository, { 'b.txt': 'b' });
  keys.push(await keyOf(), await keyOf('HEAD'), await keyOf('HEAD~1..HEAD'));
  // The commits are the same ones, but git takes the second for a first.
  const head = repository.git('rev-parse', 'HEAD').trim();
  repository.write('.git/shallow', `${head}\n`);
  keys.push(await keyOf('HEAD'));
  expect(new Set(keys).size).toBe(keys.length);
});
