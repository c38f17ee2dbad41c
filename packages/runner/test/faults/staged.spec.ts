/** What is staged, however it was staged, is what is judged: through `git commit` and the hooks. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomText } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectUntouched } from './expect-untouched.ts';
import { expectBlocked, expectCommitted, expectFinding, slip } from './expect-verdict.ts';
import { CLEAN, leak } from './leak.ts';
import { bulwark, gitWith } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
});
afterEach(() => repo.remove());

async function stage(path: string, content: string): Promise<void> {
  await repo.write(path, content);
  await repo.git('add', '--', path);
}

/** Stages bytes without a file on disk. */
async function stageOnly(path: string, content: string): Promise<void> {
  const id = (await gitWith(repo, content, 'hash-object', '-w', '--stdin')).trim();
  await repo.git('update-index', '--add', '--cacheinfo', `100644,${id},${path}`);
}

/** Upper case letters and digits, as in the ids of access keys. */
const keyId = (length: number): string =>
  [...createHash('sha256').update('key id').digest()]
    .map((byte) => 'ABCDEFGHIJKLMNOP'[byte % 16])
    .join('')
    .slice(0, length);

describe('B01: what a secret is', () => {
  const privateKey = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

  test.each([
    ['a GitHub token', `const token = '${['ghp', randomText(36, 'github')].join('_')}';\n`],
    [
      'an AWS pair',
      `aws_access_key_id = ${['AK', 'IA', keyId(16)].join('')}\naws_secret_access_key = ${randomText(40, 'aws')}\n`,
    ],
    ['a PEM key', privateKey],
  ])('%s is blocked', async (_kind, text) => {
    await stage('config/deploy.txt', text);
    await expectBlocked(repo, 'config/deploy.txt:1');
  });

  test('a clean file passes', async () => {
    await stage('a.ts', CLEAN);
    await expectCommitted(repo);
  });
});

test('B02: by hand, 0 for clean and 1 for a secret, with the place as it is', async () => {
  await stage('src/a.ts', CLEAN);
  expect((await bulwark(repo, ['hook', 'pre-commit'])).code).toBe(0);
  await stage('src/a.ts', leak());
  const { code, stdout } = await expectUntouched(repo, () => bulwark(repo, ['hook', 'pre-commit']));
  expect(stdout).toMatch(/^src\/a\.ts:3:/m);
  expect(code).toBe(1);
});

describe('the index against the disk', () => {
  test('F01: staged, then removed on disk', async () => {
    await stage('a.ts', leak());
    await rm(join(repo.root, 'a.ts'));
    await expectBlocked(repo, 'a.ts:3');
  });

  test('F02: clean as staged, the secret only on disk', async () => {
    await stage('a.ts', CLEAN);
    await repo.write('a.ts', leak());
    await expectCommitted(repo);
  });

  test('F03: commit -a, and commit -a --amend', async () => {
    await stage('a.ts', CLEAN);
    await slip(repo);
    await repo.write('a.ts', leak());
    await expectBlocked(repo, 'a.ts:3', { git: ['commit', '--all', '--message', 'all'] });
    await expectBlocked(repo, 'a.ts:3', { git: ['commit', '--all', '--amend', '--message', 'amended'] });
    await repo.write('a.ts', `${CLEAN}// more\n`);
    const git = ['commit', '--all', '--amend', '--message', 'amended'];
    await expectCommitted(repo, { git, allowed: { index: true } });
  });

  test('F04: commit <path> judges that path, and nothing else that is staged', async () => {
    await stage('a.ts', CLEAN);
    await stage('b.ts', CLEAN);
    await slip(repo);
    await repo.write('a.ts', leak());
    await expectBlocked(repo, 'a.ts:3', { git: ['commit', '--message', 'path', 'a.ts'] });
    await repo.git('add', 'a.ts');
    await repo.write('b.ts', `${CLEAN}// more\n`);
    await expectCommitted(repo, { git: ['commit', '--message', 'path', 'b.ts'], allowed: { index: true } });
  });

  test('F06: an index named outright: the committed bytes are the staged ones', async () => {
    await stage('a.ts', CLEAN);
    await repo.write('a.ts', leak());
    const env = { GIT_INDEX_FILE: '.git/index' };
    await expectCommitted(repo, { env });
    expect(await repo.git('show', 'HEAD:a.ts')).toBe(CLEAN);
    await repo.git('add', 'a.ts');
    await repo.write('a.ts', CLEAN);
    await expectBlocked(repo, 'a.ts:3', { env });
  });

  test('F13: only in the index', async () => {
    await stageOnly('deep/er/a.ts', leak());
    await expectBlocked(repo, 'deep/er/a.ts:3');
  });

  test('F14: a file that is only meant to be added is in no commit', async () => {
    await repo.write('planned.ts', leak());
    await repo.git('add', '--intent-to-add', 'planned.ts');
    await stage('a.ts', CLEAN);
    await expectCommitted(repo);
    expect(await repo.git('ls-tree', '--name-only', 'HEAD')).toBe('a.ts\n');
    expect(await repo.git('diff', '--name-only')).toBe('planned.ts\n');
  });

  test('F16: only deletions, a secret elsewhere in the tree', async () => {
    await repo.write('old.ts', CLEAN);
    await repo.write('leak.ts', leak());
    await slip(repo);
    await repo.git('rm', '--quiet', 'old.ts');
    const output = await expectCommitted(repo);
    expect(output).toContain('looked at 0 files');
    expect(output).not.toMatch(/not found|could not/i);
  });

  test('F17: an amended message and an empty commit bring nothing, whatever HEAD holds', async () => {
    await repo.write('leak.ts', leak());
    await slip(repo);
    expect(await expectCommitted(repo, { git: ['commit', '--amend', '--message', 'amended'] })).toContain(
      'looked at 0 files',
    );
    expect(await expectCommitted(repo, { git: ['commit', '--allow-empty', '--message', 'empty'] })).toContain(
      'looked at 0 files',
    );
  });

  test('F66: a partly staged file keeps the hunk beside what is staged, on block and on pass', async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `const line${index + 1} = ${index + 1};\n`);
    await stage('a.ts', lines.join(''));
    await slip(repo);
    await stage('a.ts', lines.with(3, leak({ line: 1 })).join(''));
    await repo.write(
      'a.ts',
      lines
        .with(3, leak({ line: 1 }))
        .with(4, '// not staged\n')
        .join(''),
    );
    await expectBlocked(repo, 'a.ts:4');
    await stage('a.ts', lines.with(3, '// staged\n').join(''));
    await repo.write(
      'a.ts',
      lines
        .with(3, '// staged\n')
        .with(4, leak({ line: 1 }))
        .join(''),
    );
    await expectCommitted(repo);
    expect(await repo.git('show', 'HEAD:a.ts')).toBe(lines.with(3, '// staged\n').join(''));
  });
});

describe.each(['sha1', 'sha256'])('F18 F58: without a parent, %s', (format) => {
  beforeEach(async () => {
    await repo.remove();
    repo = await repoWithHook([`--object-format=${format}`]);
  });

  test('the first commit, and an orphan branch', async () => {
    await stage('a.ts', leak());
    await expectBlocked(repo, 'a.ts:3');
    await stage('a.ts', CLEAN);
    await expectCommitted(repo);
    await repo.git('checkout', '--quiet', '--orphan', 'alone');
    await stage('b.ts', leak());
    await expectBlocked(repo, 'b.ts:3');
    await stage('b.ts', CLEAN);
    expect(await expectCommitted(repo)).toContain('looked at 2 files');
  });
});

describe('an index that others have hands on', () => {
  test('F21: unmerged entries are exit 2, by name', async () => {
    await stage('a.ts', 'base\n');
    await slip(repo);
    await repo.git('checkout', '--quiet', '-b', 'other');
    await repo.write('a.ts', 'other\n');
    await slip(repo);
    await repo.git('checkout', '--quiet', 'main');
    await repo.write('a.ts', 'main\n');
    await slip(repo);
    await repo.tryGit('merge', 'other');
    const { code, stdout } = await expectUntouched(repo, () => bulwark(repo, ['hook', 'pre-commit']));
    expect(stdout).toMatch(/a\.ts +has merge conflicts/);
    expect(code).toBe(2);
  });

  test('F54: a stat-dirty index is read as it is: no refresh by hook or audit', async () => {
    await stage('a.ts', CLEAN);
    await slip(repo);
    await utimes(join(repo.root, 'a.ts'), 1_700_000_000, 1_700_000_000);
    const index = join(repo.root, '.git/index');
    const stateOf = async (): Promise<unknown> => {
      const { ino, mtimeNs, ctimeNs } = await stat(index, { bigint: true });
      return { ino, mtimeNs, ctimeNs, bytes: await readFile(index, 'latin1') };
    };
    const before = await stateOf();
    expect((await bulwark(repo, ['hook', 'pre-commit'])).code).toBe(0);
    expect((await bulwark(repo, ['audit'])).code).toBe(0);
    expect(await stateOf()).toEqual(before);
  });

  test('F55: beside the lock of another process both answer, and the lock stays', async () => {
    await stage('a.ts', leak());
    await repo.write('.git/index.lock', 'theirs');
    for (const words of [['hook', 'pre-commit'], ['audit']]) {
      const { code, output } = await bulwark(repo, words);
      expectFinding(output, 'a.ts:3');
      expect(code).toBe(1);
    }
    expect(await readFile(join(repo.root, '.git/index.lock'), 'utf8')).toBe('theirs');
  });
});
