/** The rules about the policy itself, through the hook and the audit of a real repository. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

let repo: TempRepo;
beforeEach(async () => {
  repo = await createTempRepo();
  await repo.write('a.ts', 'export const a = 1;\n');
  await repo.write('bulwark.json', '{ "undecided": "error" }\n');
  await repo.commitAll();
});
afterEach(() => repo.remove());

const bulwark = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env: repo.env });

test('a commit that lowers the bar is told so beside what passes, and only that commit', async () => {
  await repo.write(
    'bulwark.json',
    '{\n  "rules": { "env-file": "off", "policy-weakened": "off" },\n  "ignore": ["*.ts"]\n}\n',
  );
  await repo.git('add', '.');
  const { code, stdout } = await bulwark('hook', 'pre-commit');
  expect(stdout).toContain('bulwark.json:2:14  warning  policy-weakened\n');
  expect(stdout).toContain('turns env-file down from "error" to "off"');
  expect(stdout).toContain('ignores "*.ts": 1 more file is not looked at');
  expect(stdout).toContain('counts what is undecided as "warn", before "error"');
  expect(code).toBe(0);
  await repo.commitAll();
  await repo.write('a.ts', 'export const a = 2;\n');
  await repo.git('add', '.');
  expect((await bulwark('hook', 'pre-commit')).stdout).not.toContain('policy-weakened');
});

test('an audit names waivers that ended and those that cover nothing', async () => {
  const waivers = [
    { rule: 'env-file', path: '.env', reason: 'an example', expires: '2020-12-31' },
    { rule: 'env-file', path: 'gone/.env', reason: 'an example' },
  ];
  await repo.write('.env', 'PORT=1\nHOST=x\n');
  await repo.write('bulwark.json', JSON.stringify({ waivers }, null, 2));
  await repo.commitAll();
  const { code, stdout } = await bulwark('audit');
  expect(stdout).toContain('the waiver of env-file for .env ended on 2020-12-31');
  expect(stdout).toContain('the waiver of env-file for gone/.env covers nothing any more');
  expect(code).toBe(1);
});

test('a comment without its reason accepts nothing, and says so', async () => {
  await repo.write('.env', `# ${['bulwark', 'allow'].join('-')} env-file\nPORT=1\nHOST=x\n`);
  await repo.git('add', '--force', '.env');
  const { code, stdout } = await bulwark('hook', 'pre-commit');
  expect(stdout).toContain('.env:1:3  warning  suppression-without-reason\n');
  expect(code).toBe(1);
});

test.each(['policy-weakened', 'waiver-expired', 'waiver-unused', 'suppression-without-reason'])(
  '%s has its page',
  async (id) => {
    const { code, stdout } = await bulwark('explain', id);
    expect(stdout).toMatch(new RegExp(`^# ${id}\n`));
    expect(code).toBe(0);
  },
);
