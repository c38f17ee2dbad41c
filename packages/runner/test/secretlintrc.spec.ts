/** A repository's own secretlint rules count under ours: what they add is found, what they allow is not. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTempRepo, npmToken, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

let repo: TempRepo;

/** Finds the word BADGE-, followed by digits. */
const RULE = `
export const creator = {
  messages: {},
  meta: { id: '@acme/secretlint-rule-badge', type: 'scanner', recommended: false, supportedContentTypes: ['text'] },
  create(context) {
    return {
      file({ content }) {
        for (const { index, 0: found } of content.matchAll(/BADGE-[0-9]{4}/g)) {
          context.report({ message: 'badge', range: [index, index + found.length] });
        }
      },
    };
  },
};
`;

beforeEach(async () => {
  repo = await createTempRepo();
  await repo.write('.gitignore', 'node_modules\n');
  await repo.write(
    'node_modules/@acme/secretlint-rule-badge/package.json',
    '{"name":"@acme/secretlint-rule-badge","type":"module","exports":"./index.js"}',
  );
  await repo.write('node_modules/@acme/secretlint-rule-badge/index.js', RULE);
});
afterEach(() => repo.remove());

async function audit(rc: unknown, files: Readonly<Record<string, string>>): Promise<CliResult> {
  await repo.write('.secretlintrc.json', typeof rc === 'string' ? rc : JSON.stringify(rc));
  for (const [path, text] of Object.entries(files)) await repo.write(path, text);
  return runCli(['audit'], { cwd: repo.root, env: repo.env });
}

describe('.secretlintrc.json', () => {
  test('a rule it adds finds what it looks for, beside ours', async () => {
    const { code, stdout } = await audit(
      { rules: [{ id: '@acme/secretlint-rule-badge' }] },
      { 'a.txt': 'x\nBADGE-1234\n', 'b.ts': `export const token = '${npmToken()}';\n` },
    );
    expect(stdout).toMatch(/^a\.txt:2:1 .*committed-secret/m);
    expect(stdout).toMatch(/^b\.ts:1:\d+ .*committed-secret/m);
    expect(stdout).not.toContain('BADGE-1234');
    expect(code).toBe(1);
  });

  test.each([
    [
      'a rule that is not installed',
      { rules: [{ id: '@acme/secretlint-rule-missing' }] },
      /cannot be loaded/,
    ],
    ['a rule of the tree itself', { rules: [{ id: './tools/rule.js' }] }, /not the name of a package/],
    ['broken JSON', '{', /not JSON/],
  ])('%s is exit 2 with the cause', async (_name, rc, message) => {
    await repo.write('tools/rule.js', "process.stdout.write('RAN');\n");
    const { code, stdout, stderr } = await audit(rc, { 'a.txt': 'x\n' });
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toContain('RAN');
    expect(code).toBe(2);
  });
});

describe('.secretlintignore', () => {
  test('what it names is not searched for secrets and listed; env files stay env files', async () => {
    await repo.write('.secretlintignore', 'fixtures/\n');
    await repo.write('fixtures/a.ts', `export const token = '${npmToken()}';\n`);
    await repo.write('fixtures/.env', `NPM_TOKEN=${npmToken()}\n`);
    const { code, stdout } = await runCli(['audit', '--format', 'json'], { cwd: repo.root, env: repo.env });
    const report = JSON.parse(stdout) as {
      findings: { rule: string; path: string }[];
      scanned: { skipped: { path: string; reason: string }[] };
    };
    expect(report.findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(['env-file fixtures/.env']);
    expect(report.scanned.skipped).toEqual(
      ['fixtures/.env', 'fixtures/a.ts'].map((path) => ({
        path,
        reason: 'not searched for secrets: ignored by .secretlintignore',
      })),
    );
    expect(code).toBe(1);
  });
});

test('"envFiles" names further env files', async () => {
  await repo.write('deploy/db.secrets', 'PORT=3000\n');
  await repo.write('bulwark.json', '{ "envFiles": ["*.secrets"] }');
  const { code, stdout } = await runCli(['audit'], { cwd: repo.root, env: repo.env });
  expect(stdout).toMatch(/^deploy\/db\.secrets:1:1 .*env-file/m);
  expect(code).toBe(1);
  await repo.write('bulwark.json', '{ "envFiles": ["deploy/*.secrets"] }');
  const refused = await runCli(['audit'], { cwd: repo.root, env: repo.env });
  expect(refused.stderr).toMatch(/bulwark\.json:1:\d+ envFiles\.0 must match pattern/);
  expect(refused.code).toBe(2);
});
