/** Where output goes, and whether anybody reads it, changes no verdict; escapes go to terminals alone. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectBlocked, slip } from './expect-verdict.ts';
import { CLEAN, leak } from './leak.ts';
import { commitManyBlobs } from './many-blobs.ts';
import { BULWARK, bulwark, runProgram, runWithoutReaders } from './run-program.ts';
import type { How, Outcome } from './run-program.ts';

/** One with a secret staged, and one without. */
let dirty: TempRepo;
let clean: TempRepo;

beforeAll(async () => {
  [dirty, clean] = [await repoWithHook(), await repoWithHook()];
  await dirty.write('a.ts', leak());
  await clean.write('a.ts', CLEAN);
  for (const repo of [dirty, clean]) {
    await slip(repo, 'start');
    await repo.git('mv', 'a.ts', 'moved.ts');
  }
});
afterAll(async () => {
  await dirty.remove();
  await clean.remove();
});

const both = (): [repo: TempRepo, code: number][] => [
  [dirty, 1],
  [clean, 0],
];

/** Runs a command line on a terminal of its own: both outputs, and standard input, are that terminal. */
function onTerminal(repo: TempRepo, line: string, how: How = {}): Promise<Outcome> {
  return runProgram(repo, ['script', '-qec', line, '/dev/null'], how);
}

const ESCAPE = '\u001b';

describe('F85: escapes', () => {
  test.each<[string, NodeJS.ProcessEnv]>([
    ['no terminal', {}],
    ['no terminal, whatever TERM says', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }],
    ['CI', { CI: 'true' }],
  ])('%s: none', async (_what, env) => {
    expect(await expectBlocked(dirty, 'moved.ts:3', { env })).not.toContain(ESCAPE);
  });

  test('FORCE_COLOR=1: coloured, terminal or not', async () => {
    const { code, stdout } = await bulwark(dirty, ['hook', 'pre-commit'], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain(ESCAPE);
    expect(code).toBe(1);
  });

  test.each<[string, NodeJS.ProcessEnv, boolean]>([
    ['by itself', {}, true],
    ['NO_COLOR', { NO_COLOR: '1' }, false],
    ['TERM=dumb', { TERM: 'dumb' }, false],
    ['CI', { CI: 'true' }, false],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['FORCE_COLOR=1 in CI', { FORCE_COLOR: '1', CI: 'true' }, true],
  ])('a terminal, %s', async (_what, env, isColored) => {
    const { code, output } = await onTerminal(dirty, `${BULWARK} hook pre-commit`, {
      env: { TERM: 'xterm', ...env },
    });
    expect(output).toContain('moved.ts');
    expect(output.includes(ESCAPE)).toBe(isColored);
    expect(code).toBe(1);
  });

  test('a terminal with NO_COLOR sees no escape in the progress of long work either', async () => {
    await commitManyBlobs(clean, 'many', 30_000);
    const { code, output } = await onTerminal(clean, `${BULWARK} audit --history many`, {
      env: { TERM: 'xterm', NO_COLOR: '1' },
    });
    expect(output).not.toContain(ESCAPE);
    expect(output).toMatch(/No finding/);
    expect(code).toBe(0);
  });
});

describe('F76: pre-push ends by itself', () => {
  const line = `${BULWARK} hook pre-push origin url`;

  test('with a terminal for standard input', async () => {
    const { code, output } = await onTerminal(clean, line, { stdin: null });
    expect(output).toContain('nothing was checked');
    expect(code).toBe(2);
  });

  test('with a closed one', async () => {
    const { code } = await runProgram(clean, ['sh', '-c', `${line} <&-`]);
    expect([0, 2]).toContain(code);
  });
});

describe('F89: without a reader', () => {
  test.each([
    ['hook pre-commit'],
    ['hook pre-commit --format json'],
    ['hook pre-commit --quiet'],
    ['audit'],
    ['audit --format json'],
    ['audit --ref HEAD'],
    ['audit --history'],
  ])('%s: the same verdict, both ways', async (words) => {
    for (const [repo, code] of both())
      expect(await runWithoutReaders(repo, ['sh', '-c', `exec ${BULWARK} ${words}`])).toBe(code);
  });

  test('closed from the start, one or both', async () => {
    for (const [repo, expected] of both()) {
      for (const redirections of ['>&-', '2>&-', '>&- 2>&-', '<&- >&- 2>&-']) {
        const { code } = await runProgram(repo, ['sh', '-c', `${BULWARK} hook pre-commit ${redirections}`]);
        expect(code).toBe(expected);
      }
    }
  });

  test('a reader that leaves in the middle of a long report', async () => {
    const repo = await repoWithHook();
    try {
      for (let at = 0; at < 300; at += 1) await repo.write(`${at}.ts`, leak());
      await repo.git('add', '.');
      const line = `{ ${BULWARK} audit --format json; echo $? > .git/code; } | head -c 100`;
      const { stdout } = await runProgram(repo, ['sh', '-c', line]);
      expect(stdout).toHaveLength(100);
      const { stdout: code } = await runProgram(repo, ['cat', '.git/code']);
      expect(code).toBe('1\n');
      const whole = await bulwark(repo, ['audit', '--format', 'json']);
      expect((JSON.parse(whole.stdout) as { findings: unknown[] }).findings).toHaveLength(300);
    } finally {
      await repo.remove();
    }
  });

  test('under git commit and git push', async () => {
    expect(await runWithoutReaders(dirty, ['git', 'commit', '--quiet', '--message', 'x'])).not.toBe(0);
    await dirty.git('init', '--quiet', '--bare', '.git/remote.git');
    expect(await runWithoutReaders(dirty, ['git', 'push', '--quiet', '.git/remote.git', 'main'])).not.toBe(0);
    await clean.git('init', '--quiet', '--bare', '.git/remote.git');
    expect(await runWithoutReaders(clean, ['git', 'push', '--quiet', '.git/remote.git', 'main'])).toBe(0);
    expect((await dirty.git('-C', join(dirty.root, '.git/remote.git'), 'for-each-ref')).trim()).toBe('');
    const head = await clean.git('rev-parse', 'HEAD');
    expect(await runWithoutReaders(clean, ['git', 'commit', '--quiet', '--message', 'x'])).toBe(0);
    expect(await clean.git('rev-parse', 'HEAD~1')).toBe(head);
  });
});
