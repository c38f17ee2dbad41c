/** Whatever git can push, in whatever words: no object leaves unseen, and nothing clean is stopped. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectUntouched } from './expect-untouched.ts';
import { expectFinding, slip } from './expect-verdict.ts';
import { CLEAN, expectNoSecret, leak } from './leak.ts';
import { bulwark, gitWith, runProgram } from './run-program.ts';

let repo: TempRepo;
/** Absolute path of the bare repository that is pushed to. */
let remote: string;

beforeEach(() => setUp());
afterEach(() => repo.remove());

async function setUp(...initArgs: string[]): Promise<void> {
  repo = await repoWithHook(initArgs);
  remote = join(repo.root, '.git/remote.git');
  await repo.git('init', '--quiet', '--bare', ...initArgs, remote);
  await repo.git('remote', 'add', 'origin', remote);
  await repo.write('a.ts', CLEAN);
  await slip(repo, 'start');
}

/** Commits a file with the secret past the hook. @returns the commit. */
async function slipLeak(path = 'leak.ts'): Promise<string> {
  await repo.write(path, leak());
  return slip(repo, 'leak');
}

/** Takes the file with the secret away again. */
async function undo(): Promise<string> {
  await rm(join(repo.root, 'leak.ts'));
  return slip(repo, 'undo');
}

const remoteRefs = (): Promise<string> => repo.git('-C', remote, 'for-each-ref');

/** The push is refused as a whole, with this finding. @returns the output. */
async function expectRefused(finding: string, ...words: string[]): Promise<string> {
  const before = await remoteRefs();
  const push = (): ReturnType<typeof runProgram> => runProgram(repo, ['git', 'push', ...words]);
  const { code, output } = await expectUntouched(repo, push);
  expectFinding(output, finding);
  expect(output).toContain('the push is refused');
  expectNoSecret(output);
  expect(code).not.toBe(0);
  expect(await remoteRefs()).toBe(before);
  return output;
}

/** The push goes through, and the remote has these refs afterwards. */
async function expectPushed(refs: readonly string[], ...words: string[]): Promise<string> {
  const push = (): ReturnType<typeof runProgram> => runProgram(repo, ['git', 'push', ...words]);
  const { code, output } = await expectUntouched(repo, push);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  const there = await remoteRefs();
  for (const ref of refs) expect(there).toContain(`\t${ref}\n`);
  return output;
}

describe('commits', () => {
  test('F44: a secret that a later commit takes away, named with the commit that brought it', async () => {
    const commit = await slipLeak();
    await undo();
    expect(await expectRefused('leak.ts:3', 'origin', 'main')).toContain(`in commit ${commit.slice(0, 7)}`);
  });

  test('F68: seventy commits back on a new branch; nothing new', async () => {
    await expectPushed(['refs/heads/main'], 'origin', 'main');
    expect((await runProgram(repo, ['git', 'push', 'origin', 'main'])).code).toBe(0);
    await repo.git('checkout', '--quiet', '-b', 'topic');
    await slipLeak();
    await undo();
    const many = Array.from({ length: 70 }, (_, at) => {
      const from = at === 0 ? 'from refs/heads/topic^0\n' : '';
      const who = 'committer Test <test@example.invalid> 1767225600 +0000';
      return `commit refs/heads/topic\n${who}\ndata 1\nx\n${from}M 100644 inline n.ts\ndata ${`${at}`.length}\n${at}\n`;
    });
    await gitWith(repo, many.join(''), 'fast-import', '--quiet');
    await repo.git('reset', '--quiet', '--hard');
    await expectRefused('leak.ts:3', 'origin', 'topic');
    await expectPushed(['refs/heads/again'], 'origin', 'main:again');
  });

  test('F79: what only a merge commit holds, undone later', async () => {
    await repo.git('checkout', '--quiet', '-b', 'side');
    await repo.write('b.ts', CLEAN);
    await slip(repo);
    await repo.git('checkout', '--quiet', 'main');
    await repo.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
    await slipLeak();
    await undo();
    await expectRefused('leak.ts:3', 'origin', 'main');
  });

  test('F72: forced over a commit that was never fetched', async () => {
    await expectPushed([], 'origin', 'main');
    const other = join(repo.root, '.git/other');
    await repo.git('clone', '--quiet', remote, other);
    await repo.git('-C', other, 'commit', '--quiet', '--allow-empty', '--message', 'theirs');
    await repo.git('-C', other, 'push', '--quiet');
    await repo.write('b.ts', CLEAN);
    await slip(repo, 'ours');
    expect(await expectPushed([], '--force', 'origin', 'main')).not.toMatch(/bad object|fatal/);
    await repo.git('-C', other, 'push', '--quiet', '--force');
    await slipLeak();
    expect(await expectRefused('leak.ts:3', '--force', 'origin', 'main')).not.toMatch(/bad object|fatal/);
  });
});

describe('the same bytes more than once', () => {
  test.each<[string, string, string]>([
    ['is ignored', 'bulwark.json', JSON.stringify({ ignore: ['a/**'] })],
    ['is in .secretlintignore', '.secretlintignore', 'a/\n'],
    [
      'is waived',
      'bulwark.json',
      JSON.stringify({ waivers: [{ rule: 'committed-secret', path: 'a/*', reason: 'a sample' }] }),
    ],
  ])('F68: a copy that %s hides no other, in a push and in the history', async (_what, file, text) => {
    await repo.write(file, text);
    await slip(repo, 'settings');
    await repo.write('a/key.ts', leak());
    await slip(repo, 'allowed');
    await expectPushed(['refs/heads/main'], 'origin', 'main');
    await repo.git('push', '--quiet', 'origin', ':main');
    await repo.write('src/key.ts', leak());
    await slip(repo, 'copy');
    await expectRefused('src/key.ts:3', 'origin', 'main');
    const history = await bulwark(repo, ['audit', '--history']);
    expectFinding(history.stdout, 'src/key.ts:3');
    expect(history.code).toBe(1);
  });

  test('F68: a copy beside what the remote has already', async () => {
    await repo.write('a/key.ts', leak());
    await slip(repo, 'old');
    await repo.git('push', '--quiet', '--no-verify', 'origin', 'main');
    await repo.write('a/key.ts', `${leak()}// edited\n`);
    await repo.write('src/key.ts', `${leak()}// edited\n`);
    await slip(repo, 'copy');
    await expectRefused('src/key.ts:3', 'origin', 'main');
  });

  test('F71: a waiver on one branch is none for what another brings', async () => {
    await repo.git('branch', 'side');
    const waivers = [{ rule: 'committed-secret', path: 'a/*', reason: 'a sample' }];
    await repo.write('bulwark.json', JSON.stringify({ waivers }));
    await slip(repo, 'settings');
    await repo.git('checkout', '--quiet', 'side');
    await repo.write('a/key.ts', leak());
    await slip(repo, 'leak');
    await expectRefused('a/key.ts:3', 'origin', 'main', 'side');
    await expectRefused('a/key.ts:3', 'origin', 'side', 'main');
  });

  test('F71: brought back on one branch, and only edited on another', async () => {
    await repo.write('a/key.ts', leak());
    await slip(repo, 'old');
    await repo.git('branch', 'side');
    await repo.git('rm', '--quiet', 'a/key.ts');
    await slip(repo, 'take it out');
    await repo.git('push', '--quiet', '--no-verify', 'origin', 'main', 'side');
    await repo.git('checkout', '--quiet', 'side');
    await repo.write('a/key.ts', `${leak()}// edited\n`);
    await slip(repo, 'edit');
    await expectPushed([], 'origin', 'side:edited');
    await repo.git('push', '--quiet', 'origin', ':edited');
    await repo.git('checkout', '--quiet', 'main');
    await repo.write('a/key.ts', `${leak()}// edited\n`);
    const again = await slip(repo, 'again');
    await expectRefused('a/key.ts:3', 'origin', 'main');
    for (const refs of [
      ['side', 'main'],
      ['main', 'side'],
    ])
      expect(await expectRefused('a/key.ts:3', 'origin', ...refs)).toContain(
        `in commit ${again.slice(0, 7)}`,
      );
  });
});

describe('F52: what no hook saw when it came', () => {
  let commit: string;

  beforeEach(async () => {
    await repo.git('checkout', '--quiet', '-b', 'side');
    commit = await slipLeak();
    await repo.git('checkout', '--quiet', 'main');
    await repo.write('b.ts', CLEAN);
    await slip(repo);
  });

  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'cherry-pick': () => repo.git('cherry-pick', commit),
    am: async () => {
      const patch = await repo.git('format-patch', '--stdout', '-1', commit);
      await writeFile(join(repo.root, '.git/patch'), patch);
      await repo.git('am', '--quiet', '.git/patch');
    },
    revert: async () => {
      await repo.git('cherry-pick', commit);
      await repo.git('push', '--quiet', '--no-verify', 'origin', 'main~1:refs/heads/main');
      await repo.git('revert', '--no-edit', 'HEAD');
      await repo.git('revert', '--no-edit', 'HEAD');
    },
    rebase: async () => {
      await repo.git('checkout', '--quiet', 'side');
      await repo.git('rebase', '--quiet', 'main');
      await repo.git('branch', '--force', 'main', 'side');
    },
    plumbing: async () => {
      const made = await repo.git('commit-tree', '-p', 'main', '-m', 'x', `${commit}^{tree}`);
      await repo.git('update-ref', 'refs/heads/main', made.trim());
      await repo.git('reset', '--quiet', '--hard');
    },
  };

  test.each(Object.keys(ways))('%s', async (way) => {
    await ways[way]!();
    await expectRefused('leak.ts:3', 'origin', 'main');
  });
});

describe('refs', () => {
  test('F69: a deletion passes, whatever is unpublished in HEAD', async () => {
    await expectPushed(['refs/heads/other'], 'origin', 'main:other');
    await slipLeak();
    await expectPushed([], 'origin', ':other');
    expect(await remoteRefs()).toBe('');
  });

  test.each([
    ['a-dirty', 'b-clean', 'c-clean'],
    ['a-clean', 'b-dirty', 'c-clean'],
    ['a-clean', 'b-clean', 'c-dirty'],
  ])('F71: several branches, one dirty: %s %s %s', async (...names) => {
    for (const name of names) {
      await repo.git('checkout', '--quiet', '-b', name, 'main');
      if (name.endsWith('dirty')) await slipLeak();
      else {
        await repo.write(`${name}.ts`, CLEAN);
        await slip(repo);
      }
    }
    await expectRefused('leak.ts:3', 'origin', ...names);
    await expectRefused('leak.ts:3', '--all', 'origin');
    const clean = names.filter((name) => name.endsWith('clean'));
    await expectPushed(
      clean.map((name) => `refs/heads/${name}`),
      'origin',
      ...clean,
    );
  });

  test.each([
    ['lightweight', [['tag', 'v1']]],
    ['annotated', [['tag', '--annotate', '--message', 'one', 'v1']]],
    [
      'nested',
      [
        ['tag', '--annotate', '--message', 'one', 'v0'],
        ['tag', '--annotate', '--message', 'two', 'v1', 'v0'],
        ['tag', '--delete', 'v0'],
      ],
    ],
  ])('F73: a %s tag to an unpublished commit', async (_kind, commands) => {
    for (const command of commands) await repo.git(...command);
    await expectPushed(['refs/tags/v1'], 'origin', 'v1');
    await repo.git('tag', '--delete', 'v1');
    await repo.git('push', '--quiet', 'origin', ':refs/tags/v1');
    await slipLeak();
    for (const command of commands) await repo.git(...command);
    await expectRefused('leak.ts:3', 'origin', 'v1');
    await expectRefused('leak.ts:3', '--tags', 'origin');
  });

  test('F73: a tag to a blob, and to a tree', async () => {
    await repo.write('leak.ts', leak());
    const blob = (await repo.git('hash-object', '-w', 'leak.ts')).trim();
    await rm(join(repo.root, 'leak.ts'));
    await repo.git('tag', 'blob', blob);
    await expectRefused('refs/tags/blob:3', 'origin', 'blob');
    const tree = await gitWith(repo, `100644 blob ${blob}\tdeep.ts\n`, 'mktree');
    await repo.git('tag', '--annotate', '--message', 'tree', 'tree', tree.trim());
    await expectRefused('deep.ts:3', 'origin', 'tree');
    await repo.git('tag', '--force', 'blob', 'HEAD:a.ts');
    await expectPushed(['refs/tags/blob'], 'origin', 'blob');
  });

  test.each(['HEAD:refs/heads/x', 'HEAD~1:refs/heads/y', '<id>:refs/heads/z', 'HEAD:refs/for/x', 'topic'])(
    'F74: %s is judged by its id',
    async (words) => {
      await repo.git('checkout', '--quiet', '-b', 'topic');
      const commit = await slipLeak();
      await slip(repo, 'on top');
      // From another branch where the words allow it.
      if (!words.includes('HEAD')) await repo.git('checkout', '--quiet', 'main');
      await expectRefused('leak.ts:3', 'origin', words.replace('<id>', commit));
      await expectPushed(['refs/heads/clean'], 'origin', `${commit}~1:refs/heads/clean`);
    },
  );

  test('F71: --mirror brings every ref there is', async () => {
    await slipLeak();
    await repo.git('update-ref', 'refs/notes/kept', 'HEAD');
    await repo.git('reset', '--quiet', '--hard', 'HEAD~1');
    await expectRefused('leak.ts:3', '--mirror', 'origin');
    await repo.git('update-ref', '-d', 'refs/notes/kept');
    await expectPushed(['refs/heads/main'], '--mirror', 'origin');
  });

  test('F74: by URL, whoever is configured', async () => {
    await slipLeak();
    await expectRefused('leak.ts:3', remote, 'main');
    await expectRefused('leak.ts:3', `file://${remote}`, 'main');
    await expectPushed(['refs/heads/main'], remote, 'main~1:refs/heads/main');
  });
});

test('F58: a SHA-256 repository: the first push, a refused one, a deletion', async () => {
  await repo.remove();
  await setUp('--object-format=sha256');
  await expectPushed(['refs/heads/main'], 'origin', 'main');
  await slipLeak();
  await expectRefused('leak.ts:3', 'origin', 'main:other');
  await expectPushed([], 'origin', ':main');
});

describe('F76: by hand', () => {
  const words = ['hook', 'pre-push', 'origin', 'url'];

  test('no refs on standard input is nothing to check; refs that are none are no pass', async () => {
    expect((await bulwark(repo, words)).code).toBe(0);
    const { code, stderr } = await bulwark(repo, words, { stdin: 'what\n' });
    expect(stderr).toContain('not those of a pre-push hook');
    expect(code).toBe(2);
  });

  test('ids that are not here are exit 2', async () => {
    const stdin = `refs/heads/x ${'1'.repeat(40)} refs/heads/x ${'0'.repeat(40)}\n`;
    const { code, stderr } = await bulwark(repo, words, { stdin });
    expect(stderr).toMatch(/missing|not in this clone/);
    expect(code).toBe(2);
  });
});

test('F94: past both hooks, and found by every audit', async () => {
  const silent = ['-c', 'core.hooksPath=/dev/null'];
  await repo.write('leak.ts', leak());
  await repo.git('add', '.');
  await repo.git('commit', '--quiet', '-n', '--message', 'leak');
  const commit = (await repo.git('rev-parse', 'HEAD')).trim();
  await expectRefused('leak.ts:3', 'origin', 'main');
  const codes = async (...audits: string[][]): Promise<(number | null)[]> => {
    const codes = [];
    for (const words of audits) codes.push((await bulwark(repo, ['audit', ...words])).code);
    return codes;
  };
  expect(await codes([], ['--ref', 'HEAD'], ['--history'])).toEqual([1, 1, 1]);
  await repo.git('rm', '--quiet', 'leak.ts');
  await repo.git(...silent, 'commit', '--quiet', '--message', 'undo');
  expect(await codes([], ['--ref', 'HEAD'], ['--history', 'HEAD~1..HEAD'])).toEqual([0, 0, 0]);
  await expectRefused('leak.ts:3', 'origin', 'main');
  const history = await bulwark(repo, ['audit', '--history']);
  expectFinding(history.stdout, 'leak.ts:3');
  expect(history.stdout).toContain(`in commit ${commit.slice(0, 12)} of 2026-01-01`);
  expect(history.code).toBe(1);
  const missed = await bulwark(repo, ['audit', '--missed', 'HEAD', '--format', 'json']);
  const report = JSON.parse(missed.stdout) as { findings: { commit: string }[] };
  expect(report.findings.map((finding) => finding.commit)).toEqual([commit]);
  expect(missed.code).toBe(1);
});
