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
