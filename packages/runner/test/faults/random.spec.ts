/** Random work of all kinds, judged by the hooks and then committed or pushed: verdicts agree with what git then holds. */
import { existsSync } from 'node:fs';
import { lstat, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Report } from '@bulwark/model';
import { slackToken } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import * as fc from 'fast-check';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectUntouched } from './expect-untouched.ts';
import { CLEAN, S, leak } from './leak.ts';
import { bulwark, runProgram } from './run-program.ts';

const path = fc.constantFrom('a.ts', 'b.ts', 'd/a.ts', 'd/e/c.ts', 'x y.ts', 'é.ts', 'd');
const text = fc.constantFrom(CLEAN, leak(), leak({ line: 1 }), '', `${CLEAN}// more\n`);

type Step = (repo: TempRepo) => Promise<unknown>;

/** Writes a file, whatever stands in its way. */
async function put(repo: TempRepo, path: string, write: () => Promise<unknown>): Promise<void> {
  const parts = path.split('/');
  for (const depth of parts.slice(1).keys()) {
    const above = join(repo.root, ...parts.slice(0, depth + 1));
    const isFolder = await lstat(above).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isFolder) await rm(above, { force: true });
  }
  await rm(join(repo.root, path), { recursive: true, force: true });
  await mkdir(dirname(join(repo.root, path)), { recursive: true });
  await write();
}

const stage = (repo: TempRepo, path: string): Promise<unknown> => repo.tryGit('add', '--all', '--', path);

/** A step that git refuses is none. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, text).map(([path, text]) => async (repo: TempRepo) => {
    await put(repo, path, () => repo.write(path, text));
    await stage(repo, path);
  }),
  fc.tuple(path, text, text).map(([path, staged, onDisk]) => async (repo: TempRepo) => {
    await put(repo, path, () => repo.write(path, staged));
    await stage(repo, path);
    await repo.write(path, onDisk);
  }),
  fc.tuple(path, path).map(
    ([from, to]) =>
      (repo: TempRepo) =>
        repo.tryGit('mv', '-f', '--', from, to),
  ),
  path.map((path) => (repo: TempRepo) => repo.tryGit('rm', '-r', '-f', '-q', '--cached', '--', path)),
  fc
    .tuple(path, fc.constantFrom('elsewhere', `https://example.com/?token=${S}`))
    .map(([path, target]) => async (repo: TempRepo) => {
      await put(repo, path, () => symlink(target, join(repo.root, path)));
      await stage(repo, path);
    }),
  fc.constant((repo: TempRepo) => repo.tryGit('commit', '-q', '-n', '-m', 'step')),
  fc.constant((repo: TempRepo) =>
    repo.tryGit('commit', '-q', '-n', '--amend', '--allow-empty', '-m', 'amended'),
  ),
  fc.constant((repo: TempRepo) => repo.tryGit('checkout', '-q', '-f', '-B', 'side', 'HEAD~1')),
  fc.constant(async (repo: TempRepo) => {
    const { code } = await repo.tryGit('merge', '-q', '--no-ff', '--no-commit', 'main');
    if (code === 0) return;
    await repo.tryGit('checkout', '-q', '--theirs', '--', '.');
    await repo.tryGit('add', '-A');
  }),
);

/** What a commit holds: blob id by path, from git itself. */
async function treeOf(repo: TempRepo, commit: string): Promise<Map<string, string>> {
  const listed = await repo.git('ls-tree', '-r', '-z', '--full-tree', commit);
  const records = listed.split('\0').slice(0, -1);
  return new Map(
    records.map((record) => [record.slice(record.indexOf('\t') + 1), record.slice(0, record.indexOf('\t'))]),
  );
}

const holdsSecret = async (repo: TempRepo, entry: string | undefined): Promise<boolean> =>
  entry !== undefined && (await repo.git('cat-file', 'blob', entry.split(' ')[2]!)).includes(S);

test('a commit is blocked if, and only if, it brings a secret to a path; and all it changes is looked at', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const repo = await repoWithHook();
      try {
        for (const take of steps) await take(repo);
        if ((await repo.git('ls-files', '--unmerged')) !== '') return;
        const isFirst = (await repo.tryGit('rev-parse', '--verify', '--quiet', 'HEAD')).code !== 0;
        const before = isFirst ? new Map<string, string>() : await treeOf(repo, 'HEAD');
        const { code, stdout } = await expectUntouched(repo, () =>
          bulwark(repo, ['hook', 'pre-commit', '--format', 'json']),
        );
        const report = JSON.parse(stdout) as Report;
        await repo.git('commit', '-q', '-n', '--allow-empty', '-m', 'made');
        const after = await treeOf(repo, 'HEAD');
        const changed = [...after].filter(([path, entry]) => before.get(path) !== entry);
        expect(report.scanned.files).toBe(changed.length);
        const brought: string[] = [];
        for (const [path, entry] of changed)
          if ((await holdsSecret(repo, entry)) && !(await holdsSecret(repo, before.get(path))))
            brought.push(path);
        const blocking = report.findings.filter(({ older }) => older !== true).map(({ path }) => path);
        expect(blocking.toSorted()).toEqual(brought.toSorted());
        expect(code).toBe(brought.length > 0 ? 1 : 0);
      } finally {
        await repo.remove();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

const act = fc.oneof(
  fc.tuple(fc.constant('commit' as const), fc.constantFrom('a.ts', 'b.ts', 'd/c.ts')),
  fc.tuple(fc.constant('leak' as const), fc.constantFrom('a.ts', 'b.ts', 'd/c.ts')),
  fc.tuple(fc.constant('remove' as const), fc.constantFrom('a.ts', 'b.ts', 'd/c.ts')),
  fc.tuple(fc.constant('branch' as const), fc.constantFrom('one', 'two')),
  fc.tuple(fc.constant('merge' as const), fc.constantFrom('one', 'two')),
  fc.tuple(fc.constant('tag' as const), fc.constantFrom('t1', 't2')),
  fc.tuple(fc.constant('publish' as const), fc.constantFrom('HEAD', '--tags')),
);

/** Every blob a repository reaches from its refs. */
async function blobsOf(repo: TempRepo, folder: string): Promise<Set<string>> {
  const words = ['rev-list', '--objects', '--all', '--filter=object:type=blob', '--filter-provided-objects'];
  const listed = await repo.git('-C', folder, ...words);
  return new Set(listed.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')[0]!])));
}

test('a push is refused if the remote would gain a secret, and only if the history holds one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 2, maxLength: 10 }),
      fc.constantFrom(
        ['--all', 'origin'],
        ['--tags', 'origin'],
        ['--mirror', 'origin'],
        ['origin', 'HEAD:refs/heads/topic'],
      ),
      async (acts, words) => {
        const repo = await repoWithHook();
        try {
          const remote = join(repo.root, '.git/remote.git');
          await repo.git('init', '-q', '--bare', remote);
          await repo.git('remote', 'add', 'origin', remote);
          await repo.git('commit', '-q', '-n', '--allow-empty', '-m', 'root');
          const leaked = new Set<string>();
          for (const [turn, [what, on]] of acts.entries()) await take(repo, what, on, turn, leaked);
          const before = await blobsOf(repo, remote);
          const { code, output } = await expectUntouched(repo, () =>
            runProgram(repo, ['git', 'push', '--force', ...words]),
          );
          const free = await repo.tryGit('push', '-q', '--no-verify', '--force', ...words);
          // Git itself refuses where there is nothing to push.
          if (free.code !== 0) return;
          const gained = [...(await blobsOf(repo, remote))].filter((id) => !before.has(id));
          const gainsSecret = gained.some((id) => leaked.has(id));
          if (gainsSecret) expect({ code, output }).not.toMatchObject({ code: 0 });
          if (code !== 0) {
            expect(output).toContain('committed-secret');
            expect(leaked.size).toBeGreaterThan(0);
          }
        } finally {
          await repo.remove();
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

async function take(
  repo: TempRepo,
  what: string,
  on: string,
  turn: number,
  leaked: Set<string>,
): Promise<void> {
  const commit = (): Promise<unknown> => repo.tryGit('commit', '-q', '-n', '-m', `${turn}`);
  if (what === 'commit' || what === 'leak') {
    // Each time another secret: one that the remote has at the path already is not what a push brings.
    const text = what === 'leak' ? leak({ secret: slackToken(`push ${turn}`) }) : CLEAN;
    await repo.write(on, `${text}// ${turn}\n`);
    await repo.git('add', '-A');
    if (what === 'leak') leaked.add((await repo.git('rev-parse', `:${on}`)).trim());
    await commit();
  } else if (what === 'remove') {
    if (!existsSync(join(repo.root, on))) return;
    await repo.tryGit('rm', '-rqf', '--', on);
    await commit();
  } else if (what === 'branch') await repo.tryGit('checkout', '-q', '-f', '-B', on);
  else if (what === 'merge') {
    // Git's own hook would judge a merge; this one is about the push.
    const merged = await repo.tryGit('merge', '-q', '--no-verify', '-m', `${turn}`, on);
    if (merged.code !== 0) await repo.tryGit('merge', '--abort');
  } else if (what === 'tag') await repo.tryGit('tag', '-f', '-a', '-m', `${turn}`, on);
  else await repo.tryGit('push', '-q', '--no-verify', '--force', 'origin', on);
}
