/** What is read without git is what git says, in whatever way it keeps it; or it is left to git. */
import {
  appendFileSync,
  chmodSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Subject } from '@bulwark/model';
import * as fc from 'fast-check';
import { openPlainIndex } from '../src/plain/plain-index.ts';
import { describeSubject } from './describe-subject.ts';
import { closeSubjects, open } from './open.ts';
import { step } from './random-steps.ts';
import { expectWhatGitSays } from './says-what-git-says.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

const opened: Subject[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
  await closeSubjects();
  removeTemporaryFolders();
});

async function openPlain(
  { dir }: Pick<TemporaryRepository, 'dir'>,
  more: NodeJS.ProcessEnv = {},
): Promise<Subject | null> {
  const env = { ...isolatedEnv, ...more };
  const subject = await openPlainIndex({ cwd: dir, view: { kind: 'index' }, scope: 'changes' }, env);
  if (subject) opened.push(subject);
  return subject;
}

async function expectEqual(repository: TemporaryRepository): Promise<void> {
  const plain = await openPlain(repository);
  expect(plain).not.toBeNull();
  expect(await describeSubject(plain!)).toEqual(await describeSubject(await open(repository.dir)));
}

/** What git may do with objects and refs, all of which stay what they were. */
const KEEPING: readonly ((repository: TemporaryRepository) => void)[] = [
  () => {},
  // As `git commit` does before its hooks: the index then knows its folders' trees.
  (repository) => repository.tryGit('write-tree'),
  (repository) => repository.git('gc', '--quiet'),
  (repository) => repository.git('repack', '-q', '-d'),
  (repository) => repository.git('pack-refs', '--all'),
  (repository) => repository.git('-c', 'pack.depth=50', 'repack', '-q', '-a', '-d', '-f'),
];

const stepThenKept = fc
  .tuple(step, fc.constantFrom(...KEEPING))
  .map(([take, keep]) => (repository: TemporaryRepository) => {
    take(repository);
    keep(repository);
  });

test('after every step, however objects are kept, it says what git says, or nothing', () =>
  expectWhatGitSays({ step: stepThenKept, openIt: openPlain }, 25));

/** A repository with a commit of many files in folders, of which one is changed. */
function someRepository(...initArgs: string[]): TemporaryRepository {
  const repository = temporaryRepository(...initArgs);
  for (let at = 0; at < 40; at += 1) {
    const lines = Array.from({ length: 200 }, (_, line) => `line ${line} of ${at % 7}\n`).join('');
    repository.write(`d${at % 5}/e/f${at}`, `${lines}${at}\n`);
  }
  repository.git('add', '.');
  repository.git('commit', '-q', '-m', 'start');
  repository.write('d1/e/f1', 'changed\n');
  repository.write('d1/new', 'new\n');
  repository.git('add', '.');
  return repository;
}

test('loose, packed, in deltas upon deltas, and with refs in one file', async () => {
  const repository = someRepository();
  await expectEqual(repository);
  repository.git('write-tree');
  await expectEqual(repository);
  repository.git('gc', '--quiet', '--prune=now');
  await expectEqual(repository);
  repository.git('commit', '-q', '-m', 'second');
  repository.write('d2/e/f2', `${readFileSync(repository.path('d2/e/f2'), 'utf8')}more\n`);
  repository.git('add', '.');
  repository.git('repack', '-q', '-a', '-d', '-f', '--depth=50', '--window=50');
  await expectEqual(repository);
  repository.git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-q', '-a', '-d', '-f');
  await expectEqual(repository);
  repository.git('checkout', '-q', '--detach');
  await expectEqual(repository);
});

test('a linked worktree, as its hooks are told of it and without', async () => {
  const repository = someRepository();
  const linked = repositoryAt(join(temporaryFolder(), 'linked'));
  repository.git('worktree', 'add', '-q', '-b', 'side', linked.dir);
  linked.write('d4/e/f4', 'changed there\n');
  linked.git('add', '.');
  await expectEqual(linked);
  await expectEqual(repository);
  linked.git('commit', '-q', '-m', 'there');
  linked.write('d4/more', 'more\n');
  linked.git('add', '.');
  linked.git('gc', '--quiet');
  const gitDir = repository.path('.git/worktrees/linked');
  const env = { GIT_DIR: gitDir, GIT_INDEX_FILE: join(gitDir, 'index') };
  const told = await openPlain(linked, env);
  expect(told!.changes).toEqual([{ path: 'd4/more', status: 'added' }]);
  expect(await describeSubject(told!)).toEqual(await describeSubject(await open(linked.dir, {}, env)));
  await expectEqual(linked);
  expect(await openPlain(linked, { GIT_DIR: repository.path('.git') })).toBeNull();
  writeFileSync(join(gitDir, 'commondir'), `${repository.path('.git')}\n`);
  expect(await openPlain(linked)).toBeNull();
});

test('the index that git names for one commit is the one it speaks of', async () => {
  const repository = someRepository();
  const other = join(repository.dir, '.git/other-index');
  repository.gitWith({ env: { GIT_INDEX_FILE: other } }, 'read-tree', 'HEAD');
  const paths = async (more?: NodeJS.ProcessEnv): Promise<string[] | undefined> =>
    (await openPlain(repository, more))?.changes?.map(({ path }) => path);
  expect(await paths()).toEqual(['d1/e/f1', 'd1/new']);
  expect(await paths({ GIT_INDEX_FILE: '.git/other-index' })).toEqual([]);
  expect(await openPlain(repository, { GIT_INDEX_FILE: '.git/no-index' })).toBeNull();
});

const unusual: Readonly<Record<string, (repository: TemporaryRepository) => NodeJS.ProcessEnv | void>> = {
  'no commit': (repository) => void repository.git('checkout', '-q', '--orphan', 'new'),
  'a split index': (repository) => void repository.git('update-index', '--split-index'),
  'a sparse index': (repository) =>
    void repository.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'none'),
  'a torn index': ({ path }) => appendFileSync(path('.git/index'), 'more'),
  'an empty index': ({ path }) => writeFileSync(path('.git/index'), ''),
  'a work tree elsewhere': (repository) => void repository.git('config', 'core.worktree', '..'),
  'a bare repository': (repository) => void repository.git('config', 'core.bare', 'true'),
  'another format': (repository) => void repository.git('config', 'core.repositoryformatversion', '1'),
  'an extension': (repository) => void repository.git('config', 'extensions.preciousObjects', 'true'),
  'a folder of git that is a link': ({ path }) => {
    renameSync(path('.git'), path('real'));
    symlinkSync('real', path('.git'));
  },
  'a file that names the folder of git': ({ path }) => {
    const elsewhere = join(temporaryFolder(), 'git');
    renameSync(path('.git'), elsewhere);
    writeFileSync(path('.git'), `gitdir: ${elsewhere}\n`);
  },
  'a folder of git that names another': ({ path }) => writeFileSync(path('.git/commondir'), '.\n'),
  'HEAD that is a link': ({ path }) => {
    renameSync(path('.git/HEAD'), path('.git/OLD'));
    symlinkSync('refs/heads/main', path('.git/HEAD'));
  },
  'HEAD elsewhere': ({ path }) => writeFileSync(path('.git/HEAD'), 'ref: refs/heads/../../OTHER\n'),
  'a branch that is another branch': (repository) =>
    void repository.git('symbolic-ref', 'refs/heads/main', 'refs/heads/other'),
  'objects elsewhere': ({ path }) => ({ GIT_OBJECT_DIRECTORY: path('.git/objects') }),
  'the repository named': () => ({ GIT_DIR: '.git' }),
  'settings in the environment': () => ({ GIT_CONFIG_PARAMETERS: "'a.b=c'" }),
  'no configuration': ({ path }) => renameSync(path('.git/config'), path('.git/old')),
};

test.each(Object.entries(unusual))('%s is left to git', async (_, make) => {
  const repository = someRepository();
  expect(await openPlain(repository)).not.toBeNull();
  expect(await openPlain(repository, make(repository) ?? {})).toBeNull();
});

test('a repository of SHA-256, and one below the top of which it is asked, are left to git', async () => {
  expect(await openPlain(someRepository('--object-format=sha256'))).toBeNull();
  expect(await openPlain({ dir: join(someRepository().dir, 'd1') })).toBeNull();
});

test('a pack that is broken says nothing', async () => {
  const repository = someRepository();
  repository.git('gc', '--quiet', '--prune=now');
  const [name] = repository.git('rev-parse', '--git-path', 'objects/pack').split('\n');
  const pack = readPack(repository.path(name!));
  for (let at = 12; at < pack.bytes.length - 20; at += 1) pack.bytes[at] = pack.bytes[at]! ^ 0x55;
  chmodSync(pack.file, 0o644);
  writeFileSync(pack.file, pack.bytes);
  expect(await openPlain(repository)).toBeNull();
});

test('what stands in another repository is asked of git', async () => {
  const lender = someRepository();
  lender.git('commit', '-q', '-m', 'second');
  const repository = temporaryRepository();
  writeFileSync(repository.path('.git/objects/info/alternates'), `${lender.path('.git/objects')}\n`);
  repository.git('fetch', '-q', lender.dir, 'main');
  repository.git('reset', '-q', '--hard', 'FETCH_HEAD');
  expect(await openPlain(repository)).toBeNull();
  repository.write('d3/e/f3', 'changed\n');
  repository.git('add', '.');
  repository.git('commit', '-q', '-m', 'third');
  repository.write('d3/e/f3', 'changed again\n');
  repository.git('add', '.');
  repository.git('write-tree');
  await expectEqual(repository);
});

function readPack(folder: string): { file: string; bytes: Buffer } {
  const file = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.pack'))!,
  );
  return { file, bytes: readFileSync(file) };
}
