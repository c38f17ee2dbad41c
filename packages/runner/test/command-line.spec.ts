/** The command line as a user meets it: help, mistakes, formats. */
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BIN, createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

let repo: TempRepo;
let elsewhere: string;

beforeAll(async () => {
  repo = await createTempRepo();
  elsewhere = await mkdtemp(join(tmpdir(), 'bulwark-test-'));
  await repo.write('a.ts', 'export const a = 1;\n');
  await repo.write('.env', 'PORT=1\nHOST=x\n');
  await repo.git('add', '--force', '.');
});
afterAll(async () => {
  await repo.remove();
  await rm(elsewhere, { recursive: true, force: true });
});

const bulwark = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env: repo.env });

describe('help', () => {
  test('lists every command, from any folder', async () => {
    const { code, stdout } = await runCli(['--help'], { cwd: elsewhere });
    for (const words of ['hook pre-commit', 'audit', 'explain <rule>'])
      expect(stdout).toContain(`  ${words} `);
    expect(stdout).toContain('Exit codes: 0');
    expect(code).toBe(0);
  });

  test.each(['audit', 'hook pre-commit', 'explain'])('%s --help lists its options', async (words) => {
    const { code, stdout } = await bulwark(...words.split(' '), '--help');
    expect(stdout).toContain(`Usage: bulwark ${words}`);
    expect(stdout).toContain('--help');
    expect(code).toBe(0);
  });

  test('--version is the version of the package', async () => {
    const manifest = JSON.parse(await readFile(join(BIN, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect((await bulwark('--version')).stdout).toBe(`${manifest.version}\n`);
  });

  test('explain shows the page of a rule', async () => {
    const { code, stdout } = await bulwark('explain', 'router-strict-parity');
    expect(stdout).toMatch(/^# router-strict-parity\n/);
    expect(code).toBe(0);
  });
});

describe('mistakes are exit 2 with the nearest right word', () => {
  test.each([
    [['audti'], /There is no command "audti"; did you mean bulwark audit\?/],
    [['hook', 'precommit'], /did you mean bulwark hook pre-commit\?/],
    [['audit', '--formt', 'json'], /There is no option --formt; did you mean --format\?/],
    [['audit', '--format', 'jsn'], /--format cannot be "jsn"; did you mean json\?/],
    [['audit', '--rule', 'env-fil'], /There is no rule "env-fil"; did you mean env-file\?/],
    [['explain', 'router-strct'], /There is no rule "router-strct"; did you mean router-strict\?/],
    [['explain'], /rule is missing/],
    [['audit', 'x'], /"x" is a range without a use/],
    [['explain', 'a', 'b'], /"b" is one argument too many/],
    [['audit', '--history', '--missed'], /ask for different things/],
    [['audit', '--history', '--rule', 'env-file'], /--rule cannot narrow --history/],
    [['audit', '--missed', 'HEAD', '--app', 'a'], /--app cannot narrow --missed/],
    [['audit', '--app', 'nope'], /There is no Arkos app "nope"/],
    [['audit', '--ref', 'nope'], /There is no commit "nope"/],
    [['audit', '--output', 'a.ts/x'], /could not be written to "a.ts\/x"/],
    [['audit', '--format', 'json', '--format', 'pretty'], /json and pretty would both go to standard output/],
    [['audit', '--format', 'json=a', '--format', 'pretty=a'], /Two reports would go to "a"/],
    [['audit', '--format', 'json=a', '--output', 'b'], /--output has nothing to hold/],
    [['audit', '--output', '-'], /--output takes a file/],
    [['install'], /did you mean bulwark init\?/],
    [['audit', '--format', 'json='], /--format json= names no file/],
  ])('%j', async (args, message) => {
    const { code, stderr } = await bulwark(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test('no command at all shows the help and is a mistake', async () => {
    const { code, stdout } = await bulwark();
    expect(stdout).toContain('Usage: bulwark');
    expect(code).toBe(2);
  });
});

describe('output', () => {
  // eslint-disable-next-line no-control-regex
  const escapes = /\u001b\[/;

  test.each<[string, NodeJS.ProcessEnv, string[], boolean]>([
    ['no terminal', {}, [], false],
    ['FORCE_COLOR=1', { FORCE_COLOR: '1' }, [], true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, [], false],
    ['--color=always', {}, ['--color=always'], true],
    ['--color=never wins', { FORCE_COLOR: '1' }, ['--color=never'], false],
  ])('%s', async (_name, env, args, isColored) => {
    const { stdout } = await runCli(['audit', ...args], { cwd: repo.root, env: { ...repo.env, ...env } });
    expect(escapes.test(stdout)).toBe(isColored);
  });

  test('--output holds the report and the terminal one line', async () => {
    const file = join(elsewhere, 'report.json');
    const { code, stdout, stderr } = await bulwark('audit', '--format', 'json', '--output', file);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^bulwark: 1 error; report in .*report\.json\n$/);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      version: 1,
      findings: [{ rule: 'env-file' }],
    });
    expect(code).toBe(1);
  });

  test('every format goes where it is told, and folders are made', async () => {
    const cwd = join(elsewhere, 'empty');
    await mkdir(cwd);
    const { code, stdout, stderr } = await runCli(
      ['lint', '--format', 'json=new/folder/report.json', '--format', 'pretty', '--format', 'pretty=a.txt'],
      { cwd, env: repo.env },
    );
    const text = await readFile(join(cwd, 'a.txt'), 'utf8');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(text).toBe(stdout);
    expect(JSON.parse(await readFile(join(cwd, 'new/folder/report.json'), 'utf8'))).toMatchObject({
      version: 1,
      scanned: { files: 0 },
    });
    expect((await readdir(join(cwd, 'new/folder'))).toSorted()).toEqual(['report.json']);
  });

  test('what can be written is, and what cannot be is exit code 2', async () => {
    const good = join(elsewhere, 'good.json');
    const { code, stdout, stderr } = await bulwark(
      'audit',
      '--format',
      'json=a.ts/x',
      '--format',
      `json=${good}`,
      '--format',
      'pretty',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('could not be written to "a.ts/x"');
    expect(stdout).toContain('1 error');
    expect(JSON.parse(await readFile(good, 'utf8'))).toMatchObject({ version: 1 });
  });

  test('a folder of its own is hidden from git', async () => {
    await runCli(['lint', '--format', 'json=.bulwark/report.json'], { cwd: elsewhere, env: repo.env });
    expect(await readFile(join(elsewhere, '.bulwark/.gitignore'), 'utf8')).toBe('*\n');
  });

  test('--rule narrows what is judged', async () => {
    expect((await bulwark('audit', '--rule', 'committed-secret')).code).toBe(0);
    expect((await bulwark('audit', '--rule', 'env-file')).code).toBe(1);
  });
});
