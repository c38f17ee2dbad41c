/** What is remembered on disk: the same answers, no secret, and no trouble when it cannot be. */
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '@bulwark/model';
import { npmToken, randomText, runCli, slackToken } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { configWith, repoWithHook, writeApp } from './repo-with-hook.ts';

let repo: TempRepo;

beforeAll(async () => {
  repo = await repoWithHook();
  await writeApp(repo, 'apps/api', configWith('process.env.NODE_ENV === "production" ? true : "no-bulk"'));
  await writeApp(repo, 'apps/web', configWith('"no-bulk"'));
  for (let index = 0; index < 300; index += 1)
    await repo.write(`lib/f${index}.ts`, `export const f${index} = ${index};\n`);
  await repo.write('src/leak.ts', `export const t = '${slackToken()}';\n`);
  await repo.git('add', '.');
  await repo.git('commit', '--quiet', '--no-verify', '--message', 'start');
  await repo.write('src/leak.ts', `export const t = '${npmToken()}';\n`);
});
afterAll(() => repo.remove());

async function ask(...args: string[]): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await runCli([...args, '--format', 'json'], {
    cwd: repo.root,
    env: repo.env,
  });
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) as Report };
}

const memory = (): string => join(repo.root, '.git/bulwark');

async function filesOfMemory(): Promise<string[]> {
  const entries = await readdir(memory(), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

const questions: readonly (readonly string[])[] = [
  ['audit'],
  ['audit', '--ref', 'HEAD'],
  ['audit', '--history'],
  ['audit', '--rule', 'router-strict-parity'],
  ['lint', 'apps/api'],
];

describe('what is remembered', () => {
  test.each(questions)('warm equals cold: %s %s', async (...question) => {
    await rm(memory(), { recursive: true, force: true });
    const anew = await ask(...question, '--no-cache');
    expect(existsSync(memory())).toBe(false);
    expect(await ask(...question)).toEqual(anew);
    expect((await filesOfMemory()).length).toBeGreaterThan(0);
    expect(await ask(...question)).toEqual(anew);
    for (const file of await filesOfMemory()) await writeFile(file, 'torn');
    expect(await ask(...question)).toEqual(anew);
  });

  test('is used: a blob that is gone is not missed where it was seen before', async () => {
    await rm(memory(), { recursive: true, force: true });
    const first = await ask('audit', '--ref', 'HEAD');
    const id = (await repo.git('rev-parse', 'HEAD:lib/f7.ts')).trim();
    const object = join(repo.root, '.git/objects', id.slice(0, 2), id.slice(2));
    const bytes = await readFile(object);
    await rm(object, { force: true });
    try {
      expect((await ask('audit', '--ref', 'HEAD')).report.findings).toEqual(first.report.findings);
      expect((await ask('audit', '--ref', 'HEAD')).report.problems).toEqual([]);
      expect((await ask('audit', '--ref', 'HEAD', '--no-cache')).report.problems).toHaveLength(1);
    } finally {
      await writeFile(object, bytes);
    }
  });

  test('holds no secret, and is its owner’s alone', async () => {
    const literal = randomText(40, 'jwt');
    const config = configWith('"no-bulk"').replace('process.env.JWT_SECRET', `'${literal}'`);
    await writeApp(repo, 'apps/literal', config);
    const { report } = await ask('audit');
    expect(report.apps.find(({ root }) => root === 'apps/literal')?.verdicts['jwt-secret']?.verdict).toBe(
      'violation',
    );
    await ask('audit', '--history');
    const files = await filesOfMemory();
    for (const file of files) {
      const text = await readFile(file, 'latin1');
      expect(text).not.toContain(slackToken());
      expect(text).not.toContain(npmToken());
      expect(text).not.toContain(literal);
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    expect((await stat(memory())).mode & 0o777).toBe(0o700);
  });

  test('where nothing can be written, the verdict is the same, and nothing is said', async () => {
    const anew = await ask('audit', '--no-cache');
    await rm(memory(), { recursive: true, force: true });
    await writeFile(memory(), 'in the way');
    try {
      expect(await ask('audit')).toEqual(anew);
    } finally {
      await rm(memory());
    }
  });

  test('serves every worktree; a commit in another is judged by it and by its own bytes', async () => {
    await repo.git('worktree', 'add', '--quiet', '-b', 'other', 'tree');
    try {
      await repo.write('tree/lib/new.ts', 'export {};\n');
      await repo.git('-C', 'tree', 'add', '.');
      const refused = await repo.tryGit('-C', 'tree', 'commit', '--message', 'parity is broken');
      expect(refused.stdout + refused.stderr).toContain('router-strict-parity');
      expect(refused.code).not.toBe(0);
      expect((await repo.tryGit('-C', 'tree', 'commit', '--message', 'again')).code).not.toBe(0);
      await repo.write('tree/apps/api/arkos.config.ts', configWith('"no-bulk"'));
      await repo.git('-C', 'tree', 'add', '.');
      const passed = await repo.tryGit('-C', 'tree', 'commit', '--message', 'parity is mended');
      expect([passed.code, passed.stdout + passed.stderr]).toEqual([
        0,
        expect.stringContaining('No finding'),
      ]);
      expect(existsSync(join(repo.root, '.git/worktrees/tree/bulwark'))).toBe(false);
    } finally {
      await repo.git('worktree', 'remove', '--force', 'tree');
    }
  });

  test('is told and forgotten by `cache status` and `cache clear`', async () => {
    await ask('audit');
    const cli = async (...args: string[]): Promise<string> => {
      const { code, stdout } = await runCli(args, { cwd: repo.root, env: repo.env });
      expect(code).toBe(0);
      return stdout;
    };
    expect(await cli('cache', 'status')).toMatch(
      /^remembered: \d+ kB in \d+ files, .*\.git\/bulwark\/store-/,
    );
    expect(await cli('cache', 'clear')).toMatch(/^forgotten: \d+ kB in \d+ files/);
    expect(await cli('cache', 'status')).toBe('Nothing is remembered of this repository.\n');
    expect((await runCli(['cache', 'status'], { cwd: '/', env: repo.env })).code).toBe(2);
  });
});
