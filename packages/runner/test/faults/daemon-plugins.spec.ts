/** A daemon runs a plugin as it is committed at the time of each question. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { daemonRepo, removeDaemonRepo, stageClean, startDaemon, until } from './daemon-repo.ts';
import { expectBlocked, expectCommitted } from './expect-verdict.ts';
import { bulwark } from './run-program.ts';

let repo: TempRepo;
beforeEach(async () => {
  repo = await daemonRepo();
});
afterEach(() => removeDaemonRepo(repo));

async function stage(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await repo.write(path, text);
  await repo.git('add', '.');
}

const logOf = async (): Promise<string> => (await bulwark(repo, ['daemon', 'logs'])).output;

const rule = (ending: string, more = ''): Record<string, string> => ({
  'bulwark.json': '{ "plugins": ["./rules"] }',
  'rules/ending.mjs': `export const ending = '${ending}';\n`,
  'rules/own.rule.mjs': `import { defineRule, pass, violation } from 'bulwark';
import { ending } from './ending.mjs';
${more}
export default defineRule({
  kind: 'file', id: 'acme/own', title: 't', why: 'w', severity: 'error',
  messages: { there: () => 'may not be there' },
  select: ({ path }) => path,
  check: (path) => (path.endsWith(ending) ? violation('there', {}, { key: path }) : pass('fine')),
});
`,
});

test('and anew when a file of it is another', async () => {
  await stage(rule('.bad'));
  await expectCommitted(repo);
  await startDaemon(repo);
  // Where it takes too long to answer, the hook looks by itself.
  await until(async () => {
    await stageClean(repo);
    await expectCommitted(repo);
    return (await logOf()).includes('hook pre-commit: clean');
  });
  await stage({ 'rules/ending.mjs': "export const ending = '.odd';\n" });
  await expectCommitted(repo);
  await stage({ 'c.bad': '' });
  await expectCommitted(repo);
  await stage({ 'd.odd': '' });
  await expectBlocked(repo, 'd.odd:1', { rule: 'acme/own' });
}, 180_000);

test('but none that imports a package, as that would be kept: the hook runs it by itself', async () => {
  await repo.write('node_modules/odd/package.json', '{ "name": "odd", "exports": "./o.mjs" }');
  await repo.write('node_modules/odd/o.mjs', 'export const odd = 1;\n');
  await stage(rule('.bad', "import 'odd';"));
  await expectCommitted(repo);
  await startDaemon(repo);
  await stage({ 'a.ts': '' });
  await expectCommitted(repo);
  await stage({ 'b.bad': '' });
  await expectBlocked(repo, 'b.bad:1', { rule: 'acme/own' });
  expect(await logOf()).not.toContain('hook pre-commit: clean');
}, 180_000);
