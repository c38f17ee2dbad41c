import { chmod, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { claimPass, formatPass, makePass, parsePass, readPass, withdrawPass } from './pass-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulwark-pass-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const passes = Array.from({ length: 20 }, (_, at) => makePass(1000 + at));
const alive = (): Promise<boolean> => Promise.resolve(true);
const dead = (): Promise<boolean> => Promise.resolve(false);

test('comes back as it was written; anything else is none', () => {
  const pass = makePass(7);
  expect(parsePass(formatPass(pass))).toEqual(pass);
  for (const text of ['', 'bulwark 2\ns7\n', formatPass(pass).slice(0, -1), `${formatPass(pass)}more\n`])
    expect(parsePass(text)).toBeNull();
});

test('of many that claim at once, one succeeds, and it is the one that can be read', async () => {
  const claims = await Promise.all(passes.map((pass) => claimPass(folder, pass, alive)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await readPass(folder)).toEqual(passes[claims.indexOf(true)]);
  expect(await readdir(folder)).toEqual(['pass']);
});

test('in the place of a dead one, too, one succeeds', async () => {
  const stale = makePass(1);
  await claimPass(folder, stale, alive);
  const isAlive = (other: { readonly pid: number }): Promise<boolean> => Promise.resolve(other.pid !== 1);
  const claims = await Promise.all(passes.map((pass) => claimPass(folder, pass, isAlive)));
  expect(claims.filter(Boolean).length).toBeGreaterThan(0);
  const standing = await readPass(folder);
  expect(passes).toContainEqual(standing);
  expect(claims[passes.findIndex(({ pid }) => pid === standing!.pid)]).toBe(true);
});

test('what is no pass is put aside', async () => {
  await writeFile(join(folder, 'pass'), 'torn', { mode: 0o600 });
  expect(await claimPass(folder, passes[0]!, dead)).toBe(true);
  expect(await readPass(folder)).toEqual(passes[0]);
});

test('only one’s own is withdrawn', async () => {
  await claimPass(folder, passes[0]!, alive);
  await withdrawPass(folder, passes[1]!);
  expect(await readPass(folder)).toEqual(passes[0]);
  await withdrawPass(folder, passes[0]!);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['others may read it', () => chmod(join(folder, 'pass'), 0o640)],
  ['others may enter its folder', () => chmod(folder, 0o711)],
  [
    'it is a link',
    async () => {
      await rm(join(folder, 'pass'));
      await writeFile(join(folder, 'elsewhere'), formatPass(passes[0]!), { mode: 0o600 });
      await symlink('elsewhere', join(folder, 'pass'));
    },
  ],
])('is not believed where %s', async (_what, spoil) => {
  await claimPass(folder, passes[0]!, alive);
  expect(await readPass(folder)).not.toBeNull();
  await spoil();
  expect(await readPass(folder)).toBeNull();
});
