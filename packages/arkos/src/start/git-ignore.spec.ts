import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import * as fc from 'fast-check';
import { isIgnored, readIgnoreRules } from './git-ignore.ts';

describe('isIgnored', () => {
  test.each<[string, Record<string, string>, string, number | null]>([
    ['a plain name anywhere below', { '.gitignore': '.env\n' }, 'apps/api/.env', 1],
    [
      'the scaffold’s list (FACTS §3.15)',
      { '.gitignore': '.env\n.env.local\n.env.*.local\n' },
      '.env.staging',
      null,
    ],
    ['a negation after it', { '.gitignore': '.env*\n!.env.example\n' }, '.env.example', null],
    ['a negation before it', { '.gitignore': '!.env\n.env\n' }, '.env', 2],
    ['a nearer file wins', { '.gitignore': '.env\n', 'a/.gitignore': '!.env\n' }, 'a/.env', null],
    ['a nearer file says nothing', { '.gitignore': '.env\n', 'a/.gitignore': 'x\n' }, 'a/.env', 1],
    [
      'an ignored folder cannot be opened again',
      { '.gitignore': 'a/\n', 'a/.gitignore': '!.env\n' },
      'a/.env',
      1,
    ],
    [
      'a folder re-included by a nearer file',
      { '.gitignore': '/a/*\n', 'a/.gitignore': '!b\n' },
      'a/b/.env',
      null,
    ],
    ['case counts', { '.gitignore': '.ENV\n' }, '.env', null],
    ['a trailing space does not count', { '.gitignore': '.env  \n' }, '.env', 1],
    ['an escaped trailing space does', { '.gitignore': '.env\\ \n' }, '.env', null],
    ['Windows line ends', { '.gitignore': '.env\r\n.env.local\r\n' }, '.env.local', 2],
    ['a byte-order mark', { '.gitignore': '\uFEFF.env\n' }, '.env', 1],
    ['anchored elsewhere', { '.gitignore': '/.env\n' }, 'a/.env', null],
    ['two stars', { '.gitignore': '**/config/**/.env\n' }, 'a/config/b/c/.env', 1],
    ['a folder rule is not a file rule', { '.gitignore': '.env/\n' }, '.env', null],
    ['not git’s own exclude file', { '.git/info/exclude': '.env\n' }, '.env', null],
  ])('%s', async (_name, files, path, line) => {
    const answer = await isIgnored(memorySnapshot(files), path);
    expect(answer.ignored).toBe(line !== null);
    expect(answer.by?.line ?? null).toBe(line);
  });

  test('does not follow a .gitignore that is a symbolic link', async () => {
    const snapshot = memorySnapshot({ '.gitignore': { content: '.env\n', mode: '120000' } });
    expect(await isIgnored(snapshot, '.env')).toEqual({ ignored: false });
  });
});

describe('against git check-ignore', () => {
  const PATHS = [
    'c',
    'b',
    '.env',
    'a/c',
    'a/.env',
    'a/b/.env',
    'a/b/c',
    'a/b/c/.env',
    'b/.env.local',
    'A/.env',
    'a/a/a',
    'x*/.env',
  ];
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bulwark-ignore-'));
    git(['init', '-q', '.']);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('agrees on random rules in nested files', async () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'c',
      '.env',
      '.env*',
      '*',
      '**',
      '?',
      '[ab]',
      '[!a]',
      '.*',
      'A',
      '*.local',
      '\\.env',
      'x\\*',
    );
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '!', '\\!'),
        fc.constantFrom('', '', '/'),
        fc.array(piece, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('/', ''),
        fc.constantFrom('', '', '/', ' ', '\\ ', '\t', '\r'),
      )
      .map(
        ([bang, lead, pieces, glue, tail]) =>
          bang + lead + pieces.join(glue === '' && pieces.length > 2 ? '/' : glue) + tail,
      )
      // Two stars beside other text: the library documents that it reads these as one star.
      .filter((text) => !/[^/]\*{2}|\*{2}[^/\s]|\*{3}/.test(text));
    const rules = fc.array(
      fc.oneof({ weight: 6, arbitrary: pattern }, fc.constantFrom('', '# note', '!', '/')),
      { maxLength: 6 },
    );
    const tree = fc.record({ '.gitignore': rules, 'a/.gitignore': rules, 'a/b/.gitignore': rules });

    await fc.assert(
      fc.asyncProperty(tree, async (lists) => {
        const files = Object.fromEntries(
          Object.entries(lists).map(([path, list]) => [path, `${list.join('\n')}\n`]),
        );
        const matches = await readIgnoreRules(memorySnapshot(files));
        const ours = PATHS.map((path) => [path, matches(path).ignored, matches(path).by?.line ?? null]);
        expect(ours).toEqual(askGit(files));
      }),
      { numRuns: 400 },
    );
  });

  function askGit(files: Readonly<Record<string, string>>): unknown[] {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    // <source> NUL <line> NUL <pattern> NUL <path> NUL, per path (git-check-ignore(1), -v -n -z).
    const fields = git(
      ['check-ignore', '--no-index', '-v', '-n', '-z', '--stdin'],
      `${PATHS.join('\0')}\0`,
    ).split('\0');
    return PATHS.map((path, index) => {
      const [, line, pattern] = fields.slice(index * 4);
      const ignored = pattern !== '' && !pattern!.startsWith('!');
      return [path, ignored, ignored ? Number(line) : null];
    });
  }

  function git(args: readonly string[], input = ''): string {
    const env = {
      PATH: process.env['PATH'],
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    const done = spawnSync('git', args, { cwd: root, input, encoding: 'utf8', env });
    if (done.status !== 0 && done.status !== 1) throw new Error(done.stderr);
    return done.stdout;
  }
});
