/** What a commit waits for: a clean one loads nothing of TypeScript, Nx, secretlint or Arkos. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BIN, npmToken, runCli } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { configWith, repoWithHook, writeApp } from './repo-with-hook.ts';

/** Notes every file of code that is read or loaded. */
const NOTE = `
const fs = require('node:fs');
const read = new Set();
const { readFileSync } = fs;
fs.readFileSync = (file, ...rest) => {
  if (typeof file === 'string') read.add(file);
  return readFileSync(file, ...rest);
};
process.once('exit', () => {
  const all = [...read, ...Object.keys(require.cache)].filter((file) => /\\.[cm]?js$/.test(file));
  fs.writeFileSync(process.env.NOTED, JSON.stringify(all));
});
`;

let repo: TempRepo;

beforeAll(async () => {
  repo = await repoWithHook();
  await writeApp(repo, 'apps/api', configWith('"no-bulk"'));
  await repo.write('.gitignore', '.env\n.env.*\n');
  await repo.write('bulwark.json', '{ "preset": "strict", "rules": { "router-strict": ["error", {}] } }');
  await writeFile(join(repo.root, '.git/note.cjs'), NOTE);
  await repo.git('add', '.');
});
afterAll(() => repo.remove());

async function loadedBy(
  { root, env }: TempRepo,
  ...words: string[]
): Promise<{ code: number | null; files: string[] }> {
  const noted = join(root, '.git/noted.json');
  const noting = { ...env, NODE_OPTIONS: `--require=${join(repo.root, '.git/note.cjs')}`, NOTED: noted };
  const { code } = await runCli(words, { cwd: root, env: noting });
  return { code, files: JSON.parse(await readFile(noted, 'utf8')) as string[] };
}

const PARSERS = /\/node_modules\/(?:yaml|semver|dockerfile-ast|unbash|smol-toml|oxc-parser|micromatch)\//;
const HEAVY = /\/node_modules\/(?!picocolors\/)|\/arkos\.cjs$/;

test('a clean commit loads nothing but its own code, once the apps were judged', async () => {
  await runCli(['hook', 'pre-commit'], { cwd: repo.root, env: repo.env });
  await repo.git('commit', '--quiet', '--no-verify', '--message', 'start');
  for (let index = 0; index < 20; index += 1)
    await repo.write(`apps/api/src/f${index}.ts`, `export const f = ${index};\n`);
  await repo.git('add', '.');
  await runCli(['hook', 'pre-commit'], { cwd: repo.root, env: repo.env });
  await repo.write('apps/api/src/f1.ts', 'export const f = 100;\n');
  await repo.git('add', '.');
  const { files } = await loadedBy(repo, 'hook', 'pre-commit');
  expect(files.some((file) => file.endsWith('/bulwark.cjs'))).toBe(true);
  expect(files.filter((file) => HEAVY.test(file))).toEqual([]);
});

test('manifests in a repository without an app load no parser of anything else', async () => {
  const plain = await repoWithHook();
  try {
    await plain.write(
      'package.json',
      '{"name":"a","dependencies":{"b":"1.0.0"},"scripts":{"start":"node ."}}\n',
    );
    await plain.write('src/index.js', 'export {};\n');
    await plain.git('add', '.');
    const { files } = await loadedBy(plain, 'audit', '--no-cache');
    expect(files.some((file) => file.endsWith('/arkos.cjs'))).toBe(true);
    expect(files.filter((file) => PARSERS.test(file))).toEqual([]);
  } finally {
    await plain.remove();
  }
});

test('what may be a secret loads the engine, and an app Arkos: the notes would show them', async () => {
  await repo.write('leak.ts', `export const t = '${npmToken()}';\n`);
  await repo.git('add', '.');
  const { code, files } = await loadedBy(repo, 'hook', 'pre-commit', '--no-cache');
  expect(code).toBe(1);
  expect(files.some((file) => file.includes('/@secretlint/') || file.includes('/secretlint'))).toBe(true);
  expect(files.some((file) => file.endsWith('/arkos.cjs'))).toBe(true);
});

// Where Node keeps what it compiles by itself, it does so function by function.
const testWhereWeKeep = 'enableCompileCache' in nodeModule ? test.skip : test;

testWhereWeKeep('what an earlier command compiled is not all that a commit finds', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'bulwark-package-'));
  try {
    const from = dirname(dirname(BIN));
    for (const part of ['package.json', 'bin', 'dist/bundle'])
      await cp(join(from, part), join(copy, part), { recursive: true });
    const empty = join(copy, 'repo');
    await promisify(execFile)('git', ['init', '--quiet', empty], { env: repo.env });
    for (const words of [['--version'], ['hook', 'pre-commit']]) {
      const args = [join(copy, 'bin/bulwark.cjs'), ...words];
      await promisify(execFile)(process.execPath, args, { cwd: empty, env: repo.env });
    }
    const kept = (await readdir(join(copy, 'dist/compile-cache'))).filter((name) =>
      name.startsWith('bulwark.cjs-'),
    );
    const sizes = await Promise.all(
      kept.toSorted().map(async (name) => (await stat(join(copy, 'dist/compile-cache', name))).size),
    );
    expect(sizes).toHaveLength(2);
    const [any, commit] = sizes;
    expect(commit!).toBeGreaterThan(any! * 1.5);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
