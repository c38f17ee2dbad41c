import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodePath } from '@bulwark/model';
import { afterEach, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findPushedObjects } from '../src/pushed-objects.ts';
import { parseRefUpdates } from '../src/ref-updates.ts';
import { findRepository } from '../src/repository.ts';
import { closeSubjects, open, treeOf } from './open.ts';
import { makeRoom, path, step } from './random-steps.ts';
import {
  isolatedEnv,
  removeTemporaryFolders,
  repositoryAt,
  temporaryFolder,
  temporaryRepository,
  type TemporaryRepository,
} from './temporary-repository.ts';

afterEach(removeTemporaryFolders);

/** Every file of a commit's tree, from git, as `treeOf` writes it. */
function listTree(repository: TemporaryRepository, commit: string): string[] {
  const records = repository.git('ls-tree', '-r', '-z', '--full-tree', commit).split('\0');
  return records.slice(0, -1).map((record) => record.replace(/^(\d+) \w+ (\w+)\t/, '$1 $2 '));
}

test('what we say the commit will hold is what the commit then holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const repository = temporaryRepository();
      try {
        for (const take of steps) take(repository);
        const before = repository.tryGit('rev-parse', '--verify', '-q', 'HEAD');
        const { snapshot, changes, bases } = await open(repository.dir);
        if (changes!.some(({ status }) => status === 'unmerged')) return;
        repository.git('commit', '-q', '--allow-empty', '-m', 'made');
        expect(treeOf(snapshot)).toEqual(listTree(repository, 'HEAD'));
        const base = before.code === 0 ? listTree(repository, before.output.trim()) : null;
        expect(bases.map(treeOf)).toEqual(base === null ? [] : [base]);
        const ours = new Set(treeOf(snapshot));
        const theirs = new Set(base);
        const differing = [...ours, ...theirs]
          .filter((line) => !(ours.has(line) && theirs.has(line)))
          .map((line) => line.split(' ').slice(2).join(' '));
        expect(new Set(changes!.map(({ path }) => path))).toEqual(new Set(differing));
        for (const file of snapshot.files) {
          const bytes = Buffer.from(await snapshot.read(file)).toString();
          expect(bytes).toBe(repository.git('cat-file', 'blob', file.blob!));
        }
      } finally {
        await closeSubjects();
        repository.remove();
      }
    }),
    { numRuns: 40 },
  );
});

test('names of any bytes come back from every listing', async () => {
  const name = fc
    .uint8Array({ minLength: 1, maxLength: 12 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte))))
    .filter(
      (bytes) => !/^\.\.?$|^\.git|^\.?git~/i.test(bytes.toString('latin1')) && !isHfsOrNtfsDotGit(bytes),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 1, maxLength: 12, selector: (b) => b.toString('hex') }),
      async (names) => {
        const repository = temporaryRepository();
        try {
          const id = repository.gitWith({ input: 'x\n' }, 'hash-object', '-w', '--stdin').trim();
          const lines = names.map((name) =>
            Buffer.concat([Buffer.from(`100644 ${id}\t`), name, Buffer.from('\0')]),
          );
          repository.gitWith({ input: Buffer.concat(lines) }, 'update-index', '-z', '--index-info');
          const sorted = names.map((name) => name.toString('hex')).toSorted();
          const inIndex = await open(repository.dir);
          const inHex = (paths: readonly { path: string }[]) =>
            paths.map(({ path }) => Buffer.from(encodePath(path)).toString('hex'));
          expect(inHex(inIndex.snapshot.files)).toEqual(sorted);
          expect(inHex(inIndex.changes!)).toEqual(sorted);
          repository.git('commit', '-q', '-m', 'x');
          const inCommit = await open(repository.dir, { view: { kind: 'commit', commit: 'HEAD' } });
          expect(inHex(inCommit.snapshot.files)).toEqual(sorted);
          const found = (await findRepository(repository.dir, isolatedEnv))!;
          const head = repository.git('rev-parse', 'HEAD').trim();
          const updates = parseRefUpdates(Buffer.from(`x ${head} refs/heads/x ${'0'.repeat(40)}\n`));
          const pushed = await findPushedObjects(found, updates, { name: 'none', url: 'none' });
          await pushed.close();
          expect(inHex(pushed.blobs.flatMap(({ places }) => places))).toEqual(sorted);
        } finally {
          await closeSubjects();
          repository.remove();
        }
      },
    ),
    { numRuns: 15 },
  );
});

/** Git refuses these names where such file systems would read them as `.git`. */
function isHfsOrNtfsDotGit(bytes: Buffer): boolean {
  return /git/i.test(bytes.toString('latin1'));
}

/** A push of random commits on random branches, each with bytes of its own. */
const act = fc.oneof(
  fc.tuple(fc.constant('commit' as const), path),
  fc.tuple(fc.constant('remove' as const), path),
  fc.tuple(fc.constant('branch' as const), fc.constantFrom('one', 'two', 'three')),
  fc.tuple(fc.constant('merge' as const), fc.constantFrom('one', 'two', 'three')),
  fc.tuple(fc.constant('tag' as const), fc.constantFrom('t1', 't2')),
  fc.tuple(fc.constant('push' as const), fc.constantFrom('--all', '--tags', '--force', '--mirror')),
);

/** Every blob that is reachable in a repository. */
function blobsOf(repository: TemporaryRepository): Set<string> {
  const listed = repository.git(
    'rev-list',
    '--objects',
    '--all',
    '--filter=object:type=blob',
    '--filter-provided-objects',
  );
  return new Set(
    listed
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ')[0]!),
  );
}

test('what we say is pushed is what the remote gains', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 16 }), async (acts) => {
      const local = temporaryRepository();
      const bare = repositoryAt(temporaryFolder());
      try {
        bare.git('init', '-q', '-b', 'main', '--bare', '.');
        local.git('remote', 'add', 'origin', bare.dir);
        local.git('commit', '-q', '--allow-empty', '-m', 'root');
        const lines = temporaryFolder();
        local.hook('pre-push', `cat > '${lines}/stdin'`);
        for (const [turn, [what, on]] of [...acts, ['push', '--all'] as const].entries()) {
          if (what === 'commit') {
            makeRoom(local, on);
            local.write(on, `${turn}\n`);
            local.git('add', '-A');
            local.tryGit('commit', '-q', '-m', `${turn}`);
          } else if (what === 'remove') {
            local.tryGit('rm', '-rqf', '--', on);
            local.tryGit('commit', '-q', '-m', `${turn}`);
          } else if (what === 'branch') {
            local.tryGit('checkout', '-q', '-f', '-B', on);
          } else if (what === 'merge') {
            if (local.tryGit('merge', '-q', '-m', `${turn}`, on).code !== 0) local.tryGit('merge', '--abort');
          } else if (what === 'tag') {
            local.tryGit('tag', '-f', '-a', '-m', `${turn}`, on);
          } else {
            await expectGain(local, bare, lines, on);
          }
        }
      } finally {
        local.remove();
        bare.remove();
      }
    }),
    { numRuns: 15 },
  );
});

async function expectGain(local: TemporaryRepository, bare: TemporaryRepository, lines: string, how: string) {
  const before = blobsOf(bare);
  const { remote, updates, done } = watchPush(local, bare, lines, how);
  const found = (await findRepository(local.dir, isolatedEnv))!;
  const pushed = await findPushedObjects(found, updates, remote);
  await pushed.close();
  done();
  const gained = [...blobsOf(bare)].filter((id) => !before.has(id));
  const told = new Set(pushed.blobs.map(({ id }) => id));
  // What came back under an older name, or went and came again, is told too although the remote knows it.
  expect(gained.filter((id) => !told.has(id))).toEqual([]);
  const known = new Set([...before, ...gained]);
  expect([...told].filter((id) => !known.has(id))).toEqual([]);
}

function watchPush(local: TemporaryRepository, bare: TemporaryRepository, lines: string, how: string) {
  const args = how === '--force' ? ['--force', 'origin', 'HEAD'] : [how, 'origin'];
  local.tryGit('push', '-q', '--dry-run', ...args);
  return {
    remote: { name: 'origin', url: bare.dir },
    updates: parseRefUpdates(readLines(lines)),
    done: () => local.tryGit('push', '-q', ...args),
  };
}

/** What the hook was handed; nothing if git found nothing to push and so ran no hook. */
function readLines(folder: string): Buffer {
  const file = join(folder, 'stdin');
  const lines = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  rmSync(file, { force: true });
  return lines;
}
