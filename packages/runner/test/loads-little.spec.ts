/** What a commit waits for: a clean one loads nothing of TypeScript, Nx, secretlint or Arkos. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
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
  fs.writeFileSync(process.env.NOTED, JSON.stringify([...all, ...process.moduleLoadList]));
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

const noted = (): string => join(repo.root, '.git/noted.json');
const noting = ({ env }: TempRepo): NodeJS.ProcessEnv => ({
  ...env,
  NODE_OPTIONS: `--require=${join(repo.root, '.git/note.cjs')}`,
  NOTED: noted(),
});
const readNotes = async (): Promise<string[]> => JSON.parse(await readFile(noted(), 'utf8')) as string[];

async function loadedBy(
  place: TempRepo,
  ...words: string[]
): Promise<{ code: number | null; files: string[] }> {
  const { code } = await runCli(words, { cwd: place.root, env: noting(place) });
  return { code, files: await readNotes() };
}

const PARSERS = /\/node_modules\/(?:yaml|semver|dockerfile-ast|unbash|smol-toml|oxc-parser|micromatch)\//;
const WHOLE = /\/bundle\/(?:bulwark|model|early-index)\.cjs$/;
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
  expect(files.some((file) => file.endsWith('/quick.cjs'))).toBe(true);
  expect(files.filter((file) => HEAVY.test(file) || WHOLE.test(file))).toEqual([]);
});

test('what git must be asked about loads the whole program, and nothing but its own code', async () => {
  await repo.git('update-index', '--index-version', '4');
  try {
    const { code, files } = await loadedBy(repo, 'hook', 'pre-commit');
    expect(code).toBe(0);
    expect(files.some((file) => WHOLE.test(file))).toBe(true);
    expect(files.filter((file) => HEAVY.test(file))).toEqual([]);
  } finally {
    await repo.git('update-index', '--index-version', '2');
  }
});

// Elsewhere nothing but the library tells.
const testOnLinux = process.platform === 'linux' ? test : test.skip;

testOnLinux('a commit that speaks to nobody need not ask what a terminal is', async () => {
  const hook = spawn(process.execPath, [BIN, 'hook', 'pre-commit'], {
    cwd: repo.root,
    env: noting(repo),
    stdio: 'ignore',
  });
  const [code] = (await once(hook, 'close')) as [number];
  expect(code).toBe(0);
  const loaded = await readNotes();
  expect(loaded).toContain('NativeModule fs');
  expect(loaded).not.toContain('NativeModule tty');
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

/** Runs commands of a package that was never run before. @returns bytes of each file of code it kept, by name. */
async function keptAfter(cwd: string, ...calls: readonly (readonly string[])[]): Promise<[string, number][]> {
  const copy = await mkdtemp(join(tmpdir(), 'bulwark-package-'));
  try {
    const from = dirname(dirname(BIN));
    for (const part of ['package.json', 'bin', 'dist/bundle'])
      await cp(join(from, part), join(copy, part), { recursive: true });
    for (const words of calls) {
      const args = [join(copy, 'bin/bulwark.cjs'), ...words];
      await promisify(execFile)(process.execPath, args, { cwd, env: repo.env });
    }
    const cache = join(copy, 'dist/compile-cache');
    const names = (await readdir(cache)).toSorted();
    return await Promise.all(
      names.map(async (name): Promise<[string, number]> => [name, (await stat(join(cache, name))).size]),
    );
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

testWhereWeKeep('what an earlier command compiled is not all that a commit finds', async () => {
  const plain = await repoWithHook();
  try {
    await plain.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'start');
    await plain.write('a.ts', 'export {};\n');
    await plain.git('add', '.');
    const kept = await keptAfter(plain.root, ['--version'], ['hook', 'commit-msg', '.git/COMMIT_EDITMSG']);
    const sizes = kept.filter(([name]) => name.startsWith('bulwark.cjs-')).map(([, size]) => size);
    expect(sizes).toHaveLength(2);
    const [any, message] = sizes;
    expect(message!).toBeGreaterThan(any! * 1.5);
  } finally {
    await plain.remove();
  }
});

testWhereWeKeep(
  'of a quick program, what a clean commit needs is kept, and not what one did that gave up',
  async () => {
    const plain = await repoWithHook();
    try {
      const quick = async (...calls: string[][]): Promise<number[]> =>
        (await keptAfter(plain.root, ...calls))
          .filter(([name]) => name.startsWith('quick.cjs-'))
          .map(([, size]) => size);
      await plain.write('a.ts', 'export {};\n');
      await plain.git('add', '.');
      const preCommit = ['hook', 'pre-commit'];
      // Before the first commit there is no HEAD to compare with.
      expect(await quick(preCommit)).toEqual([]);
      await plain.git('commit', '--quiet', '--no-verify', '--message', 'start');
      await plain.write('a.ts', 'export const a = 1;\n');
      await plain.git('add', '.');
      expect(await quick(preCommit, preCommit)).toHaveLength(1);
    } finally {
      await plain.remove();
    }
  },
);
