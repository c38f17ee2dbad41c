/** What is run again, and what is not, in a real workspace. */
import { expect, test } from '@jest/globals';
import { NX_VERSION, commitAll } from './nx-workspace.ts';
import type { Said } from './nx-workspace.ts';
import { useNxWorkspace } from './use-nx-workspace.ts';

const workspace = useNxWorkspace();

/**
 * Nx 24 chooses tasks, not projects, and leaves out a `lint` that does nothing itself where only the inputs of what it
 * depends on changed; the target has to be named there.
 */
const TARGETS = Number.parseInt(NX_VERSION, 10) >= 24 ? 'lint,bulwark' : 'lint';

const all = (): Promise<Said> => workspace().nx('run-many -t lint');

/** The projects that were judged anew. */
const judged = ({ tasks }: Said): string[] =>
  Object.keys(tasks).filter((project) => tasks[project] === 'run');

test('everything is judged once, and then comes from the cache', async () => {
  const first = await all();
  expect(first).toMatchObject({
    code: 0,
    tasks: { crew: 'run', harbour: 'run', tides: 'run', tolls: 'run' },
  });
  const second = await all();
  expect(second.tasks).toEqual({ crew: 'cached', harbour: 'cached', tides: 'cached', tolls: 'cached' });
  expect(await workspace().git('status', '--porcelain')).toBe('');
  const report = JSON.parse(workspace().read('apps/tides/.bulwark/report.json')) as {
    apps: { root: string }[];
  };
  expect(report.apps.map(({ root }) => root)).toEqual(['apps/tides']);
});

const APPS = ['crew', 'tides', 'tolls'];
const EVERYTHING = ['crew', 'harbour', 'tides', 'tolls'];
const DOCKERFILE = 'FROM node:24\nCOPY . .\nRUN npx arkos build\nCMD ["npx", "arkos", "start"]\n';

test.each<[string, string, (text: string) => string, string[]]>([
  ["an app's source", 'apps/tides/src/app.ts', (text) => `${text}// more\n`, ['tides']],
  [
    'a package that two apps share',
    'packages/base/src/index.js',
    (text) => `${text}// more\n`,
    ['harbour', 'tides', 'tolls'],
  ],
  ['a library nobody imports', 'packages/charts/index.js', (text) => `${text}// more\n`, ['harbour']],
  ['the settings', 'bulwark.json', () => '{ "undecided": "error" }\n', EVERYTHING],
  ['what starts an app', 'apps/tolls/Dockerfile', () => DOCKERFILE, APPS],
  ['what may start them all', 'deploy/compose.yaml', () => 'services: {}\n', EVERYTHING],
  ['what their builds extend', 'tsconfig.base.json', (text) => `${text}\n`, EVERYTHING],
])('touching %s judges anew what rests on it', async (_, path, change, expected) => {
  const isThere = (await workspace().git('ls-files', path)) !== '';
  workspace().write(path, change(isThere ? workspace().read(path) : ''));
  const { code, tasks } = await workspace().nx(`affected -t ${TARGETS} --base=HEAD`);
  expect({ code, tasks }).toEqual({
    code: 0,
    tasks: Object.fromEntries(expected.map((name) => [name, 'run'])),
  });
  await commitAll(workspace());
});

test('and nothing else was out of date', async () => {
  expect(judged(await all())).toEqual([]);
});

test('a change of what is locked counts if it is about arkos', async () => {
  const lock = workspace().read('package-lock.json');
  workspace().write('package-lock.json', lock.replace('"version": "3.25.0"', '"version": "3.25.1"'));
  expect(judged(await all())).toEqual(['harbour']);
  workspace().write('package-lock.json', lock.replaceAll('1.6.7', '1.6.6'));
  expect(judged(await all())).toEqual(['crew', 'harbour', 'tides', 'tolls']);
  await workspace().git('checkout', '--quiet', 'package-lock.json');
});

test('an env file that is committed though git ignores it is seen', async () => {
  workspace().write('apps/crew/.env.production', 'PORT=8000\n');
  expect(judged(await all())).toEqual([]);
  await workspace().git('add', '--force', 'apps/crew/.env.production');
  const said = await all();
  expect(said.code).not.toBe(0);
  // Nx 20 sometimes loses what a task that fails has printed.
  const { findings } = JSON.parse(workspace().read('apps/crew/.bulwark/report.json')) as {
    findings: { rule: string; path: string }[];
  };
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toContain('env-file apps/crew/.env.production');
  await workspace().git('rm', '--quiet', '--cached', 'apps/crew/.env.production');
});
