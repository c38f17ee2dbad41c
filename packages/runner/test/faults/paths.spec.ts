/** Every path and kind of entry git can hold, and wherever the repository itself may lie. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectUntouched } from './expect-untouched.ts';
import { expectBlocked, expectCommitted, expectFinding, slip } from './expect-verdict.ts';
import { CLEAN, S, leak } from './leak.ts';
import { bulwark, gitWith } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
});
afterEach(() => repo.remove());

async function stage(path: string, content: string): Promise<void> {
  await repo.write(path, content);
  await repo.git('add', '--', `:(literal)${path}`);
}

async function store(content: string): Promise<string> {
  return (await gitWith(repo, content, 'hash-object', '-w', '--stdin')).trim();
}

/** Puts entries into the index alone: `<mode> <id>` by path. */
async function setIndex(entries: Readonly<Record<string, string>>): Promise<void> {
  const records = Object.entries(entries).map(([path, what]) => `${what}\t${path}\0`);
  await gitWith(repo, records.join(''), 'update-index', '-z', '--index-info');
}

describe('kinds of entries', () => {
  test('F07: a renamed file brings its secret anew, under the new name', async () => {
    await stage('old.ts', leak());
    await slip(repo);
    await repo.git('mv', 'old.ts', 'new.ts');
    await expectBlocked(repo, 'new.ts:3');
  });

  test('F09: a link that becomes a file', async () => {
    await symlink('elsewhere', join(repo.root, 'a.ts'));
    await slip(repo);
    await rm(join(repo.root, 'a.ts'));
    await stage('a.ts', leak());
    expect(await repo.git('diff', '--cached', '--name-status')).toBe('T\ta.ts\n');
    await expectBlocked(repo, 'a.ts:3');
  });

  test('F10: the target text of a link is scanned, and never followed', async () => {
    await repo.write('.git/outside.ts', leak());
    for (const [at, target] of [
      '../outside',
      '.git/outside.ts',
      '/dev/zero',
      '/etc/passwd',
      'link0',
      '.',
    ].entries())
      await symlink(target, join(repo.root, `link${at}`));
    await repo.git('add', '.');
    await expectCommitted(repo);
    await symlink(`https://example.com/?token=${S}`, join(repo.root, 'telling'));
    await repo.git('add', '.');
    await expectBlocked(repo, 'telling:1');
  });

  test('F19: a gitlink that is added or moves is not read; files beside it are', async () => {
    const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
    await setIndex({ sub: `160000 ${first}`, 'a.ts': `100644 ${await store(CLEAN)}` });
    const output = await expectCommitted(repo);
    expect(output).toContain('looked at 1 file');
    expect(output).toContain('1 left out: a submodule');
    await setIndex({ sub: `160000 ${second}`, 'a.ts': `100644 ${await store(leak())}` });
    await expectBlocked(repo, 'a.ts:3');
    await setIndex({ sub: `100644 ${await store(leak())}`, 'a.ts': `160000 ${first}` });
    await expectBlocked(repo, 'sub:3');
  });
});

describe('names', () => {
  test('F23: whatever a name holds, it is named and nothing is run', async () => {
    const names = [
      ' leading and trailing ',
      'tab\there',
      `quotes ' and "`,
      '$(touch pwned)',
      '`touch pwned`',
      ';touch pwned;',
      '-rf',
      '--help',
      ':(glob)x',
      ':!x',
      '[x]',
      '*',
      '?',
      'back\\slash',
      '%s%n',
      '\u001b[31mred',
      'ünïcode/日本.ts',
      '~',
      '#x',
      '{a,b}',
    ];
    for (const name of names) await stage(name, leak());
    const listed = await repo.git('-c', 'core.quotePath=false', 'diff', '--cached', '--name-only');
    const quoted = listed.split('\n').slice(0, -1);
    expect(quoted).toHaveLength(names.length);
    const output = await expectBlocked(
      repo,
      quoted.map((name) => `${name}:3`),
    );
    expect(output).not.toContain('\u001b');
    expect(existsSync(join(repo.root, 'pwned'))).toBe(false);
  });

  test('F24: a line break in a name is one finding, escaped', async () => {
    await stage('a\nb.ts:1:1  error  x', leak());
    const output = await expectBlocked(repo, String.raw`"a\nb.ts:1:1  error  x":3`);
    expect(output.match(/error {2}committed-secret/g)).toHaveLength(1);
  });

  test('names that are no UTF-8, and ones a terminal would reorder', async () => {
    const id = await store(leak());
    const records = Buffer.concat([
      Buffer.from(`100644 ${id}\t`),
      Buffer.from([0xff, 0x2e, 0x74, 0x73, 0x00]),
      Buffer.from(`100644 ${id}\t\u202ea.ts\0`),
    ]);
    await gitWith(repo, records, 'update-index', '-z', '--index-info');
    await expectBlocked(repo, [String.raw`"\377.ts":3`, String.raw`"\342\200\256a.ts":3`]);
  });

  test('F27: names that differ by composition or by case alone', async () => {
    const what = `100644 ${await store(leak())}`;
    const names = ['\u00e9.ts', 'e\u0301.ts', 'Case.ts', 'case.ts'];
    await setIndex(Object.fromEntries(names.map((name) => [name, what])));
    await expectBlocked(
      repo,
      names.map((name) => `${name}:3`),
    );
  });
});

test('F29: outside a sparse checkout, a secret is found and no file is missed', async () => {
  await stage('in/a.ts', CLEAN);
  await stage('out/b.ts', CLEAN);
  await slip(repo);
  await repo.git('sparse-checkout', 'set', '--sparse-index', 'in');
  expect(existsSync(join(repo.root, 'out'))).toBe(false);
  await stage('in/a.ts', `${CLEAN}// more\n`);
  expect(await expectCommitted(repo)).toContain('looked at 1 file');
  expect(await repo.git('ls-tree', '-r', '--name-only', 'HEAD')).toBe('in/a.ts\nout/b.ts\n');
  await setIndex({ 'out/leak.ts': `100644 ${await store(leak())}` });
  await expectBlocked(repo, 'out/leak.ts:3');
});

describe('F90: where the repository lies', () => {
  test('a subfolder, with a path that is hard to quote, by way of a link', async () => {
    const top = join(repo.root, `a 'b' "c" $(d) é\n`);
    await mkdir(join(repo.root, 'moved'));
    for (const name of ['.git']) await rename(join(repo.root, name), join(repo.root, 'moved', name));
    await rename(join(repo.root, 'moved'), top);
    await mkdir(join(top, 'sub/deep'), { recursive: true });
    await writeFile(join(top, 'sub/deep/a.ts'), leak());
    await writeFile(join(top, 'b.ts'), leak());
    await symlink(top, join(repo.root, 'link'));
    const place = { root: top, env: repo.env };
    await gitWith(place, '', 'add', '.');
    for (const cwd of ['.', 'sub', 'sub/deep']) {
      const output = await expectBlocked(place, ['sub/deep/a.ts:3', 'b.ts:3'], { cwd });
      expect(output).not.toContain('../');
    }
    const linked = { root: join(repo.root, 'link'), env: repo.env };
    for (const cwd of ['.', 'sub/deep']) {
      await expectBlocked(linked, ['sub/deep/a.ts:3', 'b.ts:3'], { cwd });
      const { code, output } = await expectUntouched(linked, () => bulwark(linked, ['audit'], { cwd }));
      expectFinding(output, 'sub/deep/a.ts:3');
      expect(output).not.toContain('../');
      expect(code).toBe(1);
    }
  });
});
