import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@bulwark/model';
import { afterEach, expect, test } from '@jest/globals';
import { closeSubjects, open, textOf } from './open.ts';
import { findHistory } from '../src/history.ts';
import { findRepository } from '../src/repository.ts';
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

function committed(files: Readonly<Record<string, string>>): TemporaryRepository {
  const repository = temporaryRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '-A');
  repository.git('commit', '-q', '-m', 'x');
  return repository;
}

async function refusal(repository: TemporaryRepository): Promise<UserError> {
  const error = await open(repository.dir).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

test('F63 a repository of somebody else, with git’s own advice', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  // Only the super user can give a folder away.
  if (process.getuid?.() !== 0) return;
  chownSync(repository.dir, 12_345, 12_345);
  const { message } = await refusal(repository);
  expect(message).toContain('dubious ownership');
  expect(message).toContain(`safe.directory ${repository.dir}`);
});

test('settings that git cannot read', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  writeFileSync(repository.path('.git', 'config'), '[core\n');
  expect((await refusal(repository)).message).toContain('bad config');
});

test('a repository format that git does not know', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  repository.git('config', 'core.repositoryFormatVersion', '99');
  expect((await refusal(repository)).message).toContain('99');
});

test('an index that is broken', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  writeFileSync(repository.path('.git', 'index'), 'DIRC nonsense that is long enough to be looked at');
  expect((await refusal(repository)).message).toMatch(/index/);
});

test('a branch whose commit is missing does not make a new repository', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  const ref = repository.path('.git', 'refs', 'heads', 'main');
  writeFileSync(ref, `${'1'.repeat(40)}\n`);
  expect((await refusal(repository)).message).toContain('not a commit that is here');
});

test('a ref that cannot be read is no history without it', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  writeFileSync(repository.path('.git', 'refs', 'heads', 'side'), 'nonsense\n');
  const found = (await findRepository(repository.dir, isolatedEnv))!;
  await expect(findHistory(found)).rejects.toThrow('refs/heads/side');
});

test('git before 2.36, which has no cat-file --batch-command', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  repository.write('b.txt', 'b\n');
  repository.git('add', '-A');
  const bin = temporaryFolder();
  const refuse = `echo "error: unknown option \\\`batch-command'" >&2; exit 129`;
  const rest = `PATH='${process.env['PATH'] ?? ''}' exec git "$@"`;
  writeFileSync(join(bin, 'git'), `#!/bin/sh\ncase "$*" in *--batch-command*) ${refuse} ;; esac\n${rest}\n`, {
    mode: 0o755,
  });
  const { snapshot } = await open(repository.dir, {}, { PATH: bin });
  expect(await Promise.all(['a.txt', 'b.txt'].map((path) => textOf(snapshot, path)))).toEqual(['a\n', 'b\n']);
});

test('a tree that is missing', async () => {
  const repository = committed({ 'd/a.txt': 'a\n' });
  const id = repository.git('rev-parse', 'HEAD:d').trim();
  rmSync(repository.path('.git', 'objects', id.slice(0, 2), id.slice(2)));
  await expect(open(repository.dir, { view: { kind: 'commit', commit: 'HEAD' } })).rejects.toThrow(UserError);
});

test('F60 a partial clone whose remote is gone: what is staged is judged, and nothing is fetched', async () => {
  const source = committed({ 'in/a.txt': 'a\n', 'out/b.txt': 'b\n', 'out/c.txt': 'c\n' });
  source.git('config', 'uploadpack.allowFilter', 'true');
  const partial = repositoryAt(join(temporaryFolder(), 'partial'));
  source.git('clone', '-q', '--filter=blob:none', '--no-checkout', `file://${source.dir}`, partial.dir);
  partial.git('sparse-checkout', 'set', 'in');
  partial.git('checkout', '-q', 'main');
  source.remove();
  partial.write('in/a.txt', 'staged\n');
  partial.write('in/new.txt', 'new\n');
  partial.git('add', '-A');
  const { snapshot, changes, bases } = await open(partial.dir);
  expect(changes!.map(({ path }) => path)).toEqual(['in/a.txt', 'in/new.txt']);
  expect(await textOf(snapshot, 'in/a.txt')).toBe('staged\n');
  expect(await textOf(bases[0]!, 'in/a.txt')).toBe('a\n');
  const whole = (await open(partial.dir, worktree)).snapshot;
  const texts = whole.files.map(({ path }) => textOf(whole, path).catch(() => 'not here'));
  expect(await Promise.all(texts)).toEqual(['staged\n', 'new\n', 'not here', 'not here']);
  await expect(textOf(whole, 'out/b.txt')).rejects.toThrow(/out\/b\.txt.*promisor remote/s);
});

test('git’s own messages come without hints about what we set', async () => {
  const repository = committed({ 'a.txt': 'a\n' });
  writeFileSync(repository.path('.git', 'index'), 'DIRC nonsense that is long enough to be looked at');
  expect((await refusal(repository)).message).not.toMatch(/graft|hint/);
});
