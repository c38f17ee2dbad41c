import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { codeBlocks, createTempRepo, npmToken, parsePage, randomText, slackToken } from './index.ts';

describe('a temporary repository', () => {
  test('is a real one, cut off from the user, and goes away', async () => {
    const repo = await createTempRepo();
    await repo.write('deep/a.txt', 'a\n');
    const commit = await repo.commitAll('first');
    expect(await repo.git('show', `${commit}:deep/a.txt`)).toBe('a\n');
    expect(await repo.git('config', '--show-origin', '--list')).not.toMatch(/\.gitconfig/);
    expect(await readFile(join(repo.root, '.git/HEAD'), 'utf8')).toBe('ref: refs/heads/main\n');
    expect((await repo.tryGit('rev-parse', 'nothing')).code).not.toBe(0);
    await expect(repo.git('rev-parse', 'nothing')).rejects.toThrow('git rev-parse nothing exited');
    await repo.remove();
    await expect(access(repo.root)).rejects.toThrow();
  });
});

test('secrets are the same for the same seed and differ otherwise', () => {
  expect(slackToken('a')).toBe(slackToken('a'));
  expect(slackToken('a')).not.toBe(slackToken('b'));
  expect(npmToken()).toMatch(/^npm_[A-Za-z0-9]{36}$/);
  expect(randomText(1000)).toHaveLength(1000);
});

test('a page is taken apart by its headings', () => {
  const page = parsePage('# id\n\nTitle.\n\n## Why\n\nBecause.\n\n## Passes\n\n```ts\nconst a = 1;\n```\n');
  expect(page.title).toBe('id');
  expect(page.sections['Why']).toBe('Because.');
  expect(codeBlocks(page.sections['Passes']!)).toEqual(['const a = 1;\n']);
});
