/** `bulwark waive` on real work trees. */
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

let repo: TempRepo;
beforeEach(async () => {
  repo = await createTempRepo();
  await repo.write('a.ts', 'export const a = 1;\n');
  await repo.write('.env', 'PORT=1\nHOST=x\n');
  await repo.write('old/.env', 'PORT=2\nHOST=x\n');
  await repo.commitAll();
});
afterEach(() => repo.remove());

const bulwark = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env: repo.env });
const settings = (): Promise<string> => readFile(join(repo.root, 'bulwark.json'), 'utf8');

interface Found {
  readonly path: string;
  readonly fingerprint: string;
  readonly waived: object | null;
}

async function audit(): Promise<{ code: number | null; findings: readonly Found[] }> {
  const { code, stdout } = await bulwark('audit', '--format', 'json');
  return { code, findings: (JSON.parse(stdout) as { findings: Found[] }).findings };
}

async function fingerprintOf(path: string): Promise<string> {
  return (await audit()).findings.find((finding) => finding.path === path)!.fingerprint;
}

describe('waiving', () => {
  test('accepts one finding, wherever it goes, and says what was written', async () => {
    const fingerprint = await fingerprintOf('.env');
    const args = ['--reason', 'an example', '--owner', 'platform', '--expires', '2999-12-31'];
    const { code, stdout, stderr } = await bulwark('waive', fingerprint.slice(0, 8).toUpperCase(), ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${fingerprint.slice(0, 12)}  .env:1:1  env-file\n`);
    expect(stdout).toContain(`"fingerprint": "${fingerprint}"`);
    const waiver = {
      rule: 'env-file',
      fingerprint,
      reason: 'an example',
      owner: 'platform',
      expires: '2999-12-31',
    };
    expect(JSON.parse(await settings())).toEqual({
      $schema: './node_modules/bulwark/schema/settings.json',
      waivers: [waiver],
    });
    await repo.git('mv', '.env', 'moved.env');
    const after = await audit();
    expect(after.findings.map(({ path, waived }) => [path, waived !== null])).toEqual([
      ['old/.env', false],
      ['moved.env', true],
    ]);
    expect(after.code).toBe(1);
  });

  test('keeps comments, and adds behind what is there', async () => {
    await repo.write(
      'bulwark.json',
      '{\n  // why\n  "waivers": [\n    { "rule": "env-file", "path": "old/**", "reason": "an example" } // the first\n  ]\n}\n',
    );
    const { code } = await bulwark('waive', await fingerprintOf('.env'), '--reason', 'another');
    expect(code).toBe(0);
    expect(await settings()).toMatch(
      /^\{\n {2}\/\/ why\n.*\n.*"path": "old\/\*\*".*\}, \/\/ the first\n {4}\{\n[^]*"reason": "another"\n {4}\}\n {2}\]\n\}\n$/,
    );
    expect((await audit()).code).toBe(0);
  });

  test('without a fingerprint it lists what could be waived', async () => {
    const { code, stdout } = await bulwark('waive');
    const { findings } = await audit();
    for (const { fingerprint, path } of findings)
      expect(stdout).toContain(`${fingerprint.slice(0, 12)}  ${path}:1:1  env-file\n`);
    expect(code).toBe(0);
  });
});

describe('refusing: exit 2, and nothing is written', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no reason', [], /A waiver needs a reason/],
    ['an empty one', ['--reason', '  '], /A waiver needs a reason/],
    ['a day that is over', ['--reason', 'x', '--expires', '2020-01-01'], /2020-01-01 is over/],
    ['no day', ['--reason', 'x', '--expires', '2999-02-30'], /no day of the calendar/],
  ])('%s', async (_name, args, message) => {
    const { code, stderr } = await bulwark('waive', await fingerprintOf('.env'), ...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    await expect(settings()).rejects.toThrow('ENOENT');
  });

  test.each<[string, string, RegExp]>([
    ['an unknown fingerprint', '0123456789', /No finding has a fingerprint that begins with 0123456789/],
    ['too few digits', 'abcdef1', /"abcdef1" is no fingerprint/],
    ['no digits', 'committed-secret', /is no fingerprint/],
  ])('%s', async (_name, fingerprint, message) => {
    const { code, stderr } = await bulwark('waive', fingerprint, '--reason', 'x');
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('one that is waived already', async () => {
    const fingerprint = await fingerprintOf('.env');
    await bulwark('waive', fingerprint, '--reason', 'the first');
    const before = await settings();
    const { code, stderr } = await bulwark('waive', fingerprint, '--reason', 'the second');
    expect(stderr).toContain('waived already: the first');
    expect(code).toBe(2);
    expect(await settings()).toBe(before);
  });

  test('settings that are a link, and a hook', async () => {
    const fingerprint = await fingerprintOf('.env');
    const env = { ...repo.env, GIT_EXEC_PATH: '/usr/lib/git-core', GIT_PREFIX: '' };
    const inHook = await runCli(['waive', fingerprint, '--reason', 'x'], { cwd: repo.root, env });
    expect(inHook.stderr).toContain('bulwark waive never runs inside a hook');
    await repo.write('shared.json', '{}\n');
    await symlink('shared.json', join(repo.root, 'bulwark.json'));
    const { code, stderr } = await bulwark('waive', fingerprint, '--reason', 'x');
    expect(stderr).toContain('bulwark.json');
    expect(code).toBe(2);
    expect(await readFile(join(repo.root, 'shared.json'), 'utf8')).toBe('{}\n');
  });
});
