/** Rules of a team's own, through the hooks and the audit of real repositories. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';
import type { Report } from '@bulwark/model';

let repo: TempRepo;
beforeEach(async () => {
  repo = await createTempRepo();
  await repo.write('.gitignore', 'node_modules\n.env\n.env.*\n');
  await repo.write('a.ts', 'export const a = 1;\n');
  await repo.commitAll();
});
afterEach(() => repo.remove());

const bulwark = (args: string, stdin = ''): Promise<CliResult> =>
  runCli(args.split(' '), { cwd: repo.root, env: repo.env, stdin });

async function report(args: string): Promise<Report> {
  return JSON.parse((await bulwark(`${args} --format json`)).stdout) as Report;
}

const said = ({ findings }: Report): string[] =>
  findings.filter(({ rule }) => rule.startsWith('acme/')).map(({ rule, path }) => `${rule} ${path}`);

/** A rule about names of files: they may not end so. */
const fileRule = (ending: string, more = '', id = 'acme/no-such-file'): string => `
import { defineRule, pass, violation } from 'bulwark';
${more}
export default defineRule({
  kind: 'file',
  id: '${id}',
  title: 'No file has the name',
  why: 'It is how we tell.',
  severity: 'error',
  messages: { there: ({ path }) => \`\${path} may not be there\` },
  select: ({ path }) => path,
  check: (path) => path.endsWith('${ending}') ? violation('there', { path }, { key: path }) : pass('another name'),
});
`;

async function withPlugin(text: string, settings: Record<string, unknown> = {}): Promise<void> {
  await repo.write('tools/policies/own.rule.mjs', text);
  await repo.write('bulwark.json', JSON.stringify({ plugins: ['./tools/policies'], ...settings }));
}

describe('code that is run', () => {
  test('is what HEAD has: a plugin judges from the commit after its own on', async () => {
    await withPlugin(fileRule('.bad'), { rules: { 'acme/no-such-file': 'error' } });
    await repo.write('x.bad', '');
    await repo.git('add', '.');
    const first = await bulwark('hook pre-commit');
    expect(first.stdout).toContain('bulwark.json:1:13  warning  plugin-pending');
    expect(first.code).toBe(0);
    await repo.commitAll();
    expect((await report('audit')).problems).toEqual([]);
    expect(said(await report('audit'))).toEqual(['acme/no-such-file x.bad']);
    await repo.write('y.bad', '');
    await repo.git('add', '.');
    const second = await bulwark('hook pre-commit');
    expect(second.stdout).toContain('y.bad may not be there');
    expect(second.stdout).not.toContain('plugin-pending');
    expect(second.code).toBe(1);
  });

  test('is no script that a change merely names', async () => {
    await repo.write('release.mjs', "throw new Error('released');\n");
    await repo.commitAll();
    await repo.write('bulwark.json', '{ "plugins": ["./release.mjs"] }');
    await repo.git('add', '.');
    const { code, stdout } = await bulwark('hook pre-commit');
    expect(stdout).toContain('plugin-pending');
    expect(stdout).not.toContain('released');
    expect(code).toBe(0);
  });

  test('is no edit of the work tree, unless that is asked for, and never under git', async () => {
    await withPlugin(fileRule('.bad'));
    await repo.commitAll();
    await repo.write('x.odd', '');
    await repo.write('tools/policies/own.rule.mjs', fileRule('.odd'));
    const audit = await report('audit');
    expect(said(audit)).toEqual([]);
    expect(audit.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'plugin-pending: the rules of ./tools/policies judged as they are committed; what is different here (tools/policies/own.rule.mjs) does not count yet',
    ]);
    expect(said(await report('lint --try-plugins'))).toEqual(['acme/no-such-file x.odd']);
    expect(said(await report('audit --try-plugins'))).toEqual(['acme/no-such-file x.odd']);
    expect((await bulwark('config')).stdout).toContain('in force as committed; edits do not count yet');
    const hooked = { ...repo.env, GIT_INDEX_FILE: join(repo.root, '.git/index') };
    const inHook = await runCli(['lint', '--try-plugins'], { cwd: repo.root, env: hooked });
    expect(inHook).toMatchObject({ code: 2, stdout: '' });
    expect(inHook.stderr).toContain('never runs inside a hook');
    expect((await bulwark('audit --try-plugins --ref HEAD')).code).toBe(2);
  });

  test('may import its own folder, relative and as committed, and installed packages; no other place', async () => {
    await repo.write('tools/policies/lib/ending.mjs', "export { ending } from 'ending';\n");
    await repo.write('node_modules/ending/package.json', '{ "name": "ending", "exports": "./e.mjs" }');
    await repo.write('node_modules/ending/e.mjs', "export const ending = '.bad';\n");
    const text = fileRule('.bad', "import { ending } from './lib/ending.mjs';").replace("'.bad'", 'ending');
    await withPlugin(text);
    await repo.write('x.bad', '');
    await repo.commitAll();
    await repo.write('tools/policies/lib/ending.mjs', "export const ending = '.none';\n");
    expect(said(await report('audit'))).toEqual(['acme/no-such-file x.bad']);
    // Its answer rests on what is installed, which has no name: it is asked again.
    await repo.write('node_modules/ending/e.mjs', "export const ending = '.gitignore';\n");
    expect(said(await report('audit'))).toEqual(['acme/no-such-file .gitignore']);
  });

  test('is no package of the workspace: that would be the code of the change', async () => {
    await repo.write('packages/ending/package.json', '{ "name": "ending", "exports": "./e.mjs" }');
    await repo.write('packages/ending/e.mjs', "export const ending = '.bad';\n");
    await mkdir(join(repo.root, 'node_modules'));
    await symlink('../packages/ending', join(repo.root, 'node_modules/ending'));
    await withPlugin(fileRule('.bad', "import 'ending';"));
    await repo.commitAll();
    const { code, stdout } = await bulwark('audit');
    expect(stdout).toContain('tools/policies/own.rule.mjs');
    expect(stdout).toContain('imports ending, which lies in the work tree');
    expect(code).toBe(2);
  });

  test('is forgotten with all else that is remembered', async () => {
    await withPlugin(fileRule('.bad'));
    await repo.commitAll();
    await report('audit');
    expect((await bulwark('cache clear')).stdout).toMatch(/^forgotten: .*\/plugins-/m);
    expect((await bulwark('cache status')).stdout).toBe('Nothing is remembered of this repository.\n');
    expect((await report('audit')).problems).toEqual([]);
  });

  test('is laid out anew where somebody touched it', async () => {
    await withPlugin(fileRule('.bad'));
    await repo.write('x.bad', '');
    await repo.commitAll();
    await report('audit');
    const stores = join(repo.root, '.git/bulwark');
    const name = (await readdir(stores)).find((one) => one.startsWith('plugins-'));
    const laidOut = join(stores, name!, 'tree/tools/policies/own.rule.mjs');
    const before = await readFile(laidOut, 'utf8');
    await writeFile(laidOut, before.replace('.bad', '.none'));
    await writeFile(join(stores, name!, 'tree/tools/policies/more.mjs'), '');
    expect(said(await report('audit'))).toEqual(['acme/no-such-file x.bad']);
    expect(await readFile(laidOut, 'utf8')).toBe(before);
    expect(await readdir(join(stores, name!, 'tree/tools/policies'))).toEqual(['own.rule.mjs']);
  });

  test('in TypeScript is run by a Node that can, and refused with the cure by one that cannot', async () => {
    await repo.write('tools/own.rule.ts', fileRule('.bad').replace('(path) =>', '(path: string) =>'));
    await repo.write('bulwark.json', '{ "plugins": ["./tools/own.rule.ts"] }');
    await repo.write('package.json', '{ "type": "module" }');
    await repo.write('x.bad', '');
    await repo.commitAll();
    const audit = await report('audit');
    if (process.features.typescript) expect(said(audit)).toEqual(['acme/no-such-file x.bad']);
    else
      expect(audit.problems).toMatchObject([
        { path: 'tools/own.rule.ts', hint: expect.stringContaining('Node 22.18 or newer') },
      ]);
  });
});

describe('a change that touches a plugin', () => {
  beforeEach(async () => {
    await withPlugin(fileRule('.bad'), { rules: { 'acme/no-such-file': 'error' } });
    await repo.commitAll();
  });

  test('is judged by what was there, and told in review', async () => {
    await repo.write('tools/policies/own.rule.mjs', fileRule('.none'));
    await repo.write('x.bad', '');
    await repo.git('add', '.');
    const { code, stdout } = await bulwark('hook pre-commit');
    expect(stdout).toContain('x.bad may not be there');
    expect(stdout).toContain('alters the rules of ./tools/policies (tools/policies/own.rule.mjs)');
    expect(code).toBe(1);
  });

  test('may take it away, and is told so', async () => {
    await repo.write('bulwark.json', '{}');
    await repo.git('rm', '-r', '--quiet', 'tools');
    await repo.git('add', '.');
    const { code, stdout } = await bulwark('hook pre-commit');
    expect(stdout).toContain('takes the plugin ./tools/policies out of the settings');
    expect(code).toBe(0);
  });

  test('may rename a rule, give it options and say so in the settings, all at once', async () => {
    const renamed = fileRule('.bad', '', 'acme/other').replace(
      "severity: 'error',",
      `severity: 'error', options: { type: 'object', additionalProperties: false,
        properties: { max: { type: 'number', default: 1, description: 'm' } } },`,
    );
    await withPlugin(renamed, { rules: { 'acme/other': ['warn', { max: 2 }] } });
    await repo.git('add', '.');
    expect((await bulwark('hook pre-commit')).code).toBe(0);
    await repo.commitAll();
    await repo.write('b.ts', '');
    await repo.git('add', '.');
    expect((await bulwark('hook pre-commit')).code).toBe(0);
    await withPlugin(renamed, { rules: { 'acme/other': ['warn', { max: 'x' }] } });
    await repo.git('add', '.');
    const wrong = await bulwark('hook pre-commit');
    expect(wrong.stderr).toMatch(/bulwark\.json:1:\d+ rules\.acme\/other\.1\.max must be number/);
    expect(wrong.code).toBe(2);
  });

  test('a push is judged by what the remote has', async () => {
    const remote = await createTempRepo(['--bare']);
    try {
      await repo.git('remote', 'add', 'origin', remote.root);
      const push = async (): Promise<CliResult> => {
        const head = (await repo.git('rev-parse', 'HEAD')).trim();
        const there = (await repo.tryGit('ls-remote', 'origin', 'refs/heads/main')).stdout.split('\t')[0];
        const line = `refs/heads/main ${head} refs/heads/main ${there || '0'.repeat(40)}\n`;
        return bulwark(`hook pre-push origin ${remote.root}`, line);
      };
      await repo.write('x.bad', '');
      await repo.commitAll();
      const first = await push();
      expect(first.stdout).toContain('plugin-pending');
      expect(first.code).toBe(0);
      await repo.git('push', '--quiet', 'origin', 'main');
      await repo.write('y.bad', '');
      await repo.commitAll();
      await repo.write('tools/policies/own.rule.mjs', fileRule('.none'));
      await repo.commitAll();
      const second = await push();
      expect(second.stdout).toContain('y.bad may not be there');
      expect(second.stdout).not.toContain('x.bad may not be there');
      expect(second.stdout).toContain('alters the rules of ./tools/policies');
      expect(second.code).toBe(1);
    } finally {
      await remote.remove();
    }
  });

  test('of a history, every file is judged by the rules of HEAD', async () => {
    await repo.write('x.bad', '');
    await repo.commitAll();
    await repo.git('rm', '--quiet', 'x.bad');
    await repo.commitAll();
    expect(said(await report('audit --history'))).toEqual(['acme/no-such-file x.bad']);
    expect(said(await report('audit --history'))).toEqual(['acme/no-such-file x.bad']);
    expect(said(await report('audit --missed HEAD~2..HEAD'))).toEqual(['acme/no-such-file x.bad']);
  });

  test('a message is judged by no rule of a team', async () => {
    await repo.write('.git/message.bad', 'change\n');
    expect(await bulwark('hook commit-msg .git/message.bad')).toMatchObject({ code: 0, stdout: '' });
  });

  test('a linked work tree has the same rules', async () => {
    const linked = `${repo.root}-linked`;
    await repo.git('worktree', 'add', '--quiet', linked);
    try {
      await writeFile(join(linked, 'x.bad'), '');
      const { stdout, code } = await runCli(['audit'], { cwd: linked, env: repo.env });
      expect(stdout).toContain('x.bad may not be there');
      expect(code).toBe(1);
    } finally {
      await repo.git('worktree', 'remove', '--force', linked);
    }
  });
});

describe('a plugin with a fault', () => {
  test('that throws while it is loaded: exit 2, the others judge, and the commit that mends it passes', async () => {
    await withPlugin(fileRule('.bad', "throw new Error('not today');"), {
      rules: { 'acme/no-such-file': 'warn' },
    });
    await repo.commitAll();
    await repo.write('b.ts', '');
    await repo.git('add', '.');
    const { code, stdout } = await bulwark('hook pre-commit');
    expect(stdout).toContain('failed while it was loaded: not today');
    expect(code).toBe(2);
    await repo.write('.env', 'A=1\n');
    await repo.git('add', '--force', '.');
    const other = await bulwark('hook pre-commit');
    expect(other.stdout).toContain('env-file');
    expect(other.code).toBe(1);
    await repo.git('rm', '--quiet', '--cached', '.env');
    await withPlugin(fileRule('.bad'));
    await repo.git('add', 'tools');
    const mending = await bulwark('hook pre-commit');
    expect(mending.stdout).toContain('plugin-pending');
    expect(mending.code).toBe(0);
  });

  test.each([
    ["import './gone.mjs';", /imports what is not there/],
    ['export const x = ;', /failed while it was loaded: Unexpected token/],
    ["export { default } from './own.rule.mjs';", /failed while it was loaded/],
  ])('%s: is told with its file', async (line, words) => {
    await withPlugin(fileRule('.bad', line));
    await repo.commitAll();
    const { problems } = await report('audit');
    expect(problems).toMatchObject([
      { path: 'tools/policies/own.rule.mjs', message: expect.stringMatching(words) },
    ]);
    expect(problems[0]!.message).not.toContain('.git/');
  });

  test('a rule that throws, or answers nonsense, is a problem of its own; mending it passes', async () => {
    const broken = fileRule('.bad').replace("pass('another name')", '({ verdict: "fine" })');
    await withPlugin(broken);
    await repo.commitAll();
    await repo.write('b.ts', '');
    await repo.git('add', '.');
    const { code, stdout } = await bulwark('hook pre-commit');
    expect(stdout).toContain('the rule acme/no-such-file on b.ts failed: check answered with no judgement');
    expect(stdout).toContain('which is in tools/policies/own.rule.mjs');
    expect(code).toBe(2);
    await withPlugin(fileRule('.bad'));
    await repo.git('add', '.');
    expect((await bulwark('hook pre-commit')).code).toBe(0);
  });

  test('in what it exports is refused with its place', async () => {
    await withPlugin(fileRule('.bad', '', 'no-prefix'));
    await repo.commitAll();
    const { code, stdout } = await bulwark('audit');
    expect(stdout).toContain('tools/policies/own.rule.mjs');
    expect(stdout).toContain(
      'has the id "no-prefix"; write one with a name of yours before it: "team/no-prefix"',
    );
    expect(code).toBe(2);
  });

  test('two rules of one name are refused, and so is a name that no rule has', async () => {
    await withPlugin(fileRule('.bad'));
    await repo.write('tools/policies/twin.rule.mjs', fileRule('.odd'));
    await repo.commitAll();
    expect((await bulwark('audit')).stdout).toContain(
      'the rule acme/no-such-file is in tools/policies/own.rule.mjs already',
    );
    await repo.git('rm', '--quiet', 'tools/policies/twin.rule.mjs');
    await withPlugin(fileRule('.bad'), { rules: { 'acme/no-such-fil': 'off' } });
    await repo.commitAll();
    const { code, stderr } = await bulwark('audit');
    expect(stderr).toContain('unknown rule "acme/no-such-fil" in rules; did you mean "acme/no-such-file"?');
    expect(code).toBe(2);
    expect((await bulwark('audit --rule acme/none')).stderr).toContain('unknown rule');
  });

  test('one that is nowhere is a problem, and a name that leads out is refused', async () => {
    await repo.write('bulwark.json', '{ "plugins": ["./nowhere", "./../outside"] }');
    await repo.commitAll();
    const { problems } = await report('audit');
    expect(problems.map(({ message }) => message).toSorted()).toEqual([
      'the plugin ./../outside is not inside the repository',
      'the plugin ./nowhere is not there',
    ]);
    await repo.write('bulwark.json', '{ "plugins": ["acme-rules"] }');
    expect((await bulwark('audit')).code).toBe(2);
  });
});

const top = fileURLToPath(new URL('../../..', import.meta.url));

async function readExample(): Promise<{ path: string; rule: string; settings: string }> {
  const readme = await readFile(join(top, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## Rules of your own'));
  const [, rule] = /```js\n([^]*?)```/.exec(section)!;
  const [, settings] = /```jsonc\n([^]*?)```/.exec(section)!;
  const [, path] = /^\/\/ (\S+)/.exec(rule!)!;
  return { path: path!, rule: rule!, settings: settings! };
}

test('the example of the README has the types that the package ships', async () => {
  const { path, rule } = await readExample();
  await repo.write(path, `// @ts-check\n${rule}`);
  await repo.write('package.json', '{ "type": "module" }');
  await mkdir(join(repo.root, 'node_modules'));
  await symlink(join(top, 'packages/runner'), join(repo.root, 'node_modules/bulwark'));
  const tsc = [join(top, 'node_modules/typescript/bin/tsc'), '--noEmit', '--allowJs', '--strict'];
  const compile = async (file: string): Promise<string> =>
    promisify(execFile)(process.execPath, [...tsc, '--module', 'nodenext', '--target', 'es2022', file], {
      cwd: repo.root,
      env: repo.env,
    }).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
  expect(await compile(path)).toBe('');
  await repo.write('wrong.mjs', `// @ts-check\n${rule.replace("'live-mode'", "'live'")}`);
  expect(await compile('wrong.mjs')).toContain('\'"live"\'');
}, 180_000);

test('the example of the README judges, with its settings', async () => {
  const { path, rule, settings } = await readExample();
  await repo.write(path, rule);
  await repo.write('bulwark.json', settings);
  await repo.write('package.json', '{ "dependencies": { "arkos": "1.6.7" } }');
  await repo.write('src/app.ts', "import arkos from 'arkos';\narkos();\n");
  const config = (origin: string): string =>
    `import { defineConfig } from 'arkos/config';
export default defineConfig({ middlewares: { cors: { origin: ${origin} } } });\n`;
  for (const [origin, found] of [
    [
      "['https://a.acme.example', 'https://b.example']",
      ['warn violation CORS lets in https://b.example; write only origins under .acme.example'],
    ],
    ["['https://a.acme.example']", []],
    [
      "process.env.ORIGIN ? ['https://a.acme.example'] : '*'",
      [expect.stringContaining('warn undecided cors is undecided')],
    ],
  ] as const) {
    await repo.write('arkos.config.ts', config(origin));
    await repo.commitAll();
    const { findings, problems } = await report('audit');
    expect(problems).toEqual([]);
    const own = findings.filter((one) => one.rule === 'acme/own-origins');
    expect(own.map(({ severity, verdict, message }) => `${severity} ${verdict} ${message}`)).toEqual(found);
  }
});

test('explain shows the page beside a rule, or what the rule says of itself', async () => {
  await withPlugin(fileRule('.bad'));
  await repo.commitAll();
  const own = await bulwark('explain acme/no-such-file');
  expect(own.stdout).toContain(
    '# acme/no-such-file\n\nNo file has the name.\n\n## Why\n\nIt is how we tell.',
  );
  await repo.write('tools/policies/no-such-file.md', '# The page\n');
  await repo.commitAll();
  expect((await bulwark('explain acme/no-such-file')).stdout).toBe('# The page\n');
  const none = await bulwark('explain acme/no-such-fil');
  expect(none.stderr).toContain('did you mean acme/no-such-file?');
  expect(none.code).toBe(2);
});
