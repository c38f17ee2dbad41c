/** `audit --affected`: never fewer apps than a change affects, with Nx's graph and without. */
import { execFile } from 'node:child_process';
import { cp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checkAffected, createCheck } from '@bulwark/engine';
import type { CheckParts } from '@bulwark/engine';
import { memorySnapshot } from '@bulwark/model';
import type { Affected, CheckRequest, Finding, Report, Snapshot } from '@bulwark/model';
import { reportSchema } from '@bulwark/reporters';
import { rules } from '@bulwark/rules';
import { createScanner } from '@bulwark/secrets';
import { createTempRepo, npmToken, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const harbour = join(root, 'tools/examples/harbour');
const request: CheckRequest = { cwd: '/', view: { kind: 'worktree' }, scope: 'everything' };

type Tree = Readonly<Record<string, string>>;

async function readTree(folder: string): Promise<Tree> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)),
  );
}

function partsFor(snapshot: Snapshot, base: Snapshot): CheckParts {
  const paths = [...new Set([...snapshot.files, ...base.files].map(({ path }) => path))];
  const changes = paths.flatMap((path) => {
    const [now, then] = [snapshot.file(path), base.file(path)];
    if (now?.blob === then?.blob) return [];
    return [
      { path, status: now ? (then ? ('modified' as const) : ('added' as const)) : ('deleted' as const) },
    ];
  });
  return {
    version: '0.0.0',
    rules,
    createScanner: () => createScanner({}),
    now: () => new Date('2027-01-01T12:00:00Z'),
    openSubject: ({ scope }) =>
      Promise.resolve({
        snapshot,
        folder: '.',
        changes: scope === 'changes' ? changes : null,
        bases: scope === 'changes' ? [base] : [],
        close: () => Promise.resolve(),
      }),
  };
}

/** What may be done to a file that is there. */
const edits: Readonly<Record<string, (text: string) => string | null>> = {
  note: (text) => `${text}\n`,
  down: (text) => `\n${text}`,
  flip: (text) => text.replace('true', 'false').replace('"both"', '"cookie-only"'),
  modes: (text) => text.replaceAll('production', 'staging'),
  newer: (text) => text.replaceAll(/1\.6\.7(?:-beta)?/g, '1.7.0'),
  dev: (text) => text.replaceAll('arkos start', 'arkos dev'),
  gone: () => null,
};

/** Files that may come, or be written over. */
const arrivals: Tree = {
  '.gitignore': 'node_modules\n',
  '.env.production': 'PORT=1\nNODE_ENV=development\n',
  'apps/tolls/.env.production': 'NODE_ENV=development\n',
  'apps/crew/src/socket.ts': 'export const a = 1;\n',
  'apps/pilots/arkos.config.mts': 'export default {};\n',
  'apps/new/package.json': '{ "name": "new", "dependencies": { "arkos": "1.6.7" } }',
  'packages/arkos-base/src/index.ts': 'export const sharedConfig = { routers: { strict: true } };\n',
  'packages/arkos-base/package.json': '{ "name": "@harbour/arkos-base", "main": "src/index.ts" }',
  'tsconfig.base.json':
    '{ "compilerOptions": { "paths": { "@harbour/arkos-base": ["./packages/arkos-base/src/index.ts"] } } }',
  Dockerfile: 'FROM node\nCOPY . .\nCMD ["npx", "arkos", "dev"]\n',
  'docker-compose.override.yaml': 'services:\n  tolls:\n    command: npx arkos dev\n',
  Procfile: 'web: cd apps/pilots && npx arkos dev\n',
  'notes/readme.md': 'nothing\n',
  'notes/leak.ts': `export const t = '${npmToken()}';\n`,
  'bulwark.json': '{ "rules": { "router-strict": "warn" } }',
  'package.json': '{ "name": "harbour", "workspaces": ["apps/*"] }',
};

const keyOf = ({ rule, app, path, line, column, message, modes, verdict }: Finding): string =>
  JSON.stringify([rule, app, path, line, column, message, modes, verdict]);

describe('what a change affects, told by traces', () => {
  let start: Tree;
  const audits = new Map<string, Promise<Report>>();
  beforeAll(async () => {
    start = await readTree(harbour);
  });

  function audit(tree: Tree): Promise<Report> {
    const key = JSON.stringify(Object.entries(tree).toSorted());
    const snapshot = memorySnapshot(tree);
    const known = audits.get(key) ?? createCheck(partsFor(snapshot, snapshot))(request);
    audits.set(key, known);
    return known;
  }

  const step = fc.oneof(
    { weight: 2, arbitrary: fc.record({ at: fc.nat(), edit: fc.constantFrom(...Object.keys(edits)) }) },
    { weight: 1, arbitrary: fc.record({ arrival: fc.constantFrom(...Object.keys(arrivals)) }) },
  );

  function applied(tree: Tree, steps: readonly ({ at: number; edit: string } | { arrival: string })[]): Tree {
    const next: Record<string, string> = { ...tree };
    for (const one of steps) {
      if ('arrival' in one) next[one.arrival] = arrivals[one.arrival]!;
      else {
        const paths = Object.keys(next).toSorted();
        const path = paths[one.at % paths.length]!;
        const text = edits[one.edit]!(next[path]!);
        if (text === null) delete next[path];
        else next[path] = text;
      }
    }
    return next;
  }

  test('is every app where an audit of everything finds another thing, and what is judged is found the same', async () => {
    const sizes: number[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 2 }), async (steps) => {
        const tree = applied(start, steps);
        const [before, after] = [await audit(start), await audit(tree)];
        const [base, snapshot] = [memorySnapshot(start), memorySnapshot(tree)];
        const report = await checkAffected(partsFor(snapshot, base), request, () => Promise.resolve(null));
        const affected = new Set(report.affected.apps);
        const there = new Set(after.apps.map((app) => app.root));
        const isChanged = (path: string): boolean => snapshot.file(path)?.blob !== base.file(path)?.blob;
        const [then, now] = [before, after].map(
          ({ findings }) => new Map(findings.map((one) => [keyOf(one), one])),
        );
        const differing = [...then!, ...now!].filter(([key]) => !then!.has(key) || !now!.has(key));
        for (const [, { app, path }] of differing)
          expect(app === null || !there.has(app) ? isChanged(path) || app !== null : affected.has(app)).toBe(
            true,
          );
        const verdicts = (list: Report['apps']): string =>
          JSON.stringify(list.filter((one) => affected.has(one.root)));
        expect(verdicts(report.apps)).toBe(verdicts(after.apps));
        const expected = after.findings.filter(({ app, path }) =>
          app === null ? report.scanned.files === after.scanned.files || isChanged(path) : affected.has(app),
        );
        expect(new Set(report.findings.map(keyOf))).toEqual(new Set(expected.map(keyOf)));
        sizes.push(affected.size);
      }),
      { numRuns: 10 },
    );
    // It would be no use if everything were affected always.
    expect(Math.min(...sizes)).toBeLessThan(8);
  });

  test.each([
    ['a file of one app', { 'apps/tolls/src/app.ts': 'x' }, ['apps/tolls']],
    ['a file of none', { 'notes/readme.md': 'x' }, []],
    ['a lock file', { 'package-lock.json': '{}' }, 'all'],
    ['what git ignores', { '.gitignore': 'node_modules\n' }, 'all'],
    [
      'what starts some',
      { 'docker-compose.yaml': 'services: {}\n' },
      ['berths', 'crew', 'legacy-billing', 'manifests', 'pilots', 'tolls'].map((name) => `apps/${name}`),
    ],
    ['the settings', { 'bulwark.json': '{ "undecided": "info" }' }, 'all'],
    ['what secretlint allows', { '.secretlintrc.json': '{}' }, 'all'],
  ] as const)('%s', async (_, files, roots) => {
    const [base, snapshot] = [memorySnapshot(start), memorySnapshot({ ...start, ...files })];
    const { affected, scanned } = await checkAffected(partsFor(snapshot, base), request, () =>
      Promise.resolve(null),
    );
    expect(affected).toMatchObject({ by: 'traces', changed: 1, of: 8 });
    if (roots === 'all') expect(affected.apps).toHaveLength(8);
    else expect(affected.apps).toEqual(roots);
    if (roots.length === 0) expect(scanned.files).toBe(1);
  });

  test('a file that one app imports from elsewhere affects that app, before and after it is there', async () => {
    const importing = {
      ...start,
      'apps/tolls/arkos.config.ts':
        "import { defineConfig } from 'arkos/config';\nimport { strict } from '../../shared/strict';\nexport default defineConfig({ routers: { strict } });\n",
    };
    const shared = { ...importing, 'shared/strict.ts': 'export const strict = true;\n' };
    const other = { ...importing, 'shared/strict.ts': 'export const strict = false;\n' };
    for (const [one, two] of [
      [importing, shared],
      [shared, other],
      [other, importing],
    ] as const) {
      const parts = partsFor(memorySnapshot(two), memorySnapshot(one));
      expect((await checkAffected(parts, request, () => Promise.resolve(null))).affected.apps).toEqual([
        'apps/tolls',
      ]);
    }
  });
});

describe('audit --affected in a repository', () => {
  let repo: TempRepo;
  beforeEach(async () => {
    repo = await createTempRepo();
    await cp(harbour, repo.root, { recursive: true });
    // A few apps tell as much, and each is judged twice.
    for (const app of ['customs', 'legacy-billing', 'manifests', 'tides'])
      await rm(join(repo.root, 'apps', app), { recursive: true });
    await rm(join(repo.root, 'docker-compose.yaml'));
    await repo.commitAll();
  });
  afterEach(() => repo.remove());

  const env = (): NodeJS.ProcessEnv => ({
    ...repo.env,
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_CACHE_PROJECT_GRAPH: 'false',
  });
  const bulwark = (args: string, more: NodeJS.ProcessEnv = {}): Promise<CliResult> =>
    runCli(args.split(' '), { cwd: repo.root, env: { ...env(), ...more } });

  async function affected(
    args: string,
    more: NodeJS.ProcessEnv = {},
  ): Promise<Affected & { judged: string[] }> {
    const { stdout, stderr } = await bulwark(`audit --affected --format json ${args}`.trim(), more);
    if (stdout === '') throw new Error(stderr);
    const report = JSON.parse(stdout) as Report;
    return { ...report.affected!, judged: report.apps.map((app) => app.root) };
  }

  test('compares the work tree, a head or what is staged with the right commit, and says so', async () => {
    const first = (await repo.git('rev-parse', 'HEAD')).trim();
    expect(await affected('')).toMatchObject({ changed: 0, apps: [], by: 'traces', base: first, of: 4 });
    await repo.git('switch', '--quiet', '--create', 'side');
    await repo.write('apps/tolls/src/new.ts', 'export {};\n');
    const second = await repo.commitAll();
    await repo.git('switch', '--quiet', 'main');
    await repo.write('apps/crew/src/new.ts', 'export {};\n');
    await repo.commitAll();
    await repo.git('switch', '--quiet', 'side');
    // Where the branch was left, not what has come to main since.
    expect(await affected('')).toMatchObject({ base: first, apps: ['apps/tolls'], judged: ['apps/tolls'] });
    await repo.write('apps/pilots/src/untracked.ts', 'export {};\n');
    expect((await affected('')).apps).toEqual(['apps/pilots', 'apps/tolls']);
    expect((await affected('--head side')).apps).toEqual(['apps/tolls']);
    expect((await affected('--base side~1 --head side')).apps).toEqual(['apps/tolls']);
    expect((await affected('--base HEAD')).apps).toEqual(['apps/pilots']);
    expect((await affected('', { NX_BASE: 'HEAD' })).apps).toEqual(['apps/pilots']);
    await repo.write('apps/berths/src/staged.ts', 'export {};\n');
    await repo.git('add', 'apps/berths');
    expect(await affected('--staged')).toMatchObject({ base: second, changed: 1, apps: ['apps/berths'] });
    const { stderr, stdout } = await bulwark('audit --affected --staged');
    expect(stderr).toBe(
      `bulwark: 1 file changed since ${second.slice(0, 12)}; 1 of 4 apps affected, by what Bulwark reads for each app: apps/berths\n`,
    );
    expect(stdout).toContain('apps/berths');
    expect(stdout).not.toContain('apps/pilots');
  });

  test('a report of it is valid by the schema', async () => {
    await repo.write('apps/tolls/src/new.ts', 'export {};\n');
    const report: unknown = JSON.parse((await bulwark('audit --affected --format json')).stdout);
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(reportSchema);
    validate(report);
    expect(validate.errors).toBeNull();
  });

  test.each([
    ['--affected --base nowhere', /"nowhere" is not a commit here.*\n.*--base.*fetch-depth/],
    ['--affected --head nowhere', /"nowhere" is not a commit here.*\n.*--head/],
    ['--affected --staged --base main', /--staged is compared with HEAD/],
    ['--affected --ref main', /ask for different things/],
    ['--base main', /--base goes with --affected/],
    ['--affected --app apps/none', /There is no Arkos app "apps\/none"/],
  ])('audit %s is exit 2', async (args, words) => {
    const { code, stdout, stderr } = await bulwark(`audit ${args}`);
    expect(stderr).toMatch(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('the base is what nx.json says, and a default that is nowhere is exit 2', async () => {
    await repo.write('nx.json', '{ "defaultBase": "trunk" } // as it was\n');
    const { code, stderr } = await bulwark('audit --affected');
    expect(stderr).toContain('"trunk" is not a commit here');
    expect(code).toBe(2);
    await repo.git('branch', 'trunk');
    expect((await affected('')).changed).toBe(1);
    await rm(join(repo.root, 'nx.json'));
    await repo.git('branch', '--move', 'main', 'other');
    expect((await bulwark('audit --affected')).stderr).toContain(
      'Neither "main" nor "origin/HEAD" is a commit here',
    );
  });

  test('before the first commit, all that is staged is affected', async () => {
    await repo.git('update-ref', '-d', 'HEAD');
    expect(await affected('--staged')).toMatchObject({ base: null, apps: { length: 4 } });
  });

  describe('in a workspace of Nx', () => {
    beforeEach(async () => {
      await symlink(join(root, 'node_modules'), join(repo.root, 'node_modules'));
      await repo.write(
        'nx.json',
        '{ "analytics": false, "neverConnectToCloud": true, "defaultBase": "main" }',
      );
      await repo.write('.gitignore', 'node_modules\n.nx\n.env\n.env.*\n!.env.example\n');
      // Nx knows of this dependency, and no configuration reads it.
      await repo.write('packages/tariffs/package.json', '{ "name": "@harbour/tariffs", "version": "1.0.0" }');
      await repo.write('packages/tariffs/index.js', 'export const tariff = 1;\n');
      await repo.write(
        'apps/tolls/project.json',
        '{ "name": "tolls", "implicitDependencies": ["@harbour/tariffs"] }',
      );
      await repo.commitAll();
    });

    test('its graph counts, and so does what it does not know of; both are said', async () => {
      await repo.write('packages/tariffs/index.js', 'export const tariff = 2;\n');
      await repo.git('add', '.');
      const { stdout, stderr } = await bulwark('audit --affected --staged --format json');
      expect(stderr).toContain("1 of 4 apps affected, by Nx's graph and what Bulwark reads: apps/tolls");
      expect((JSON.parse(stdout) as Report).affected).toMatchObject({
        by: 'nx',
        apps: ['apps/tolls'],
        changed: 1,
      });
      const { stdout: names } = await promisify(execFile)(
        process.execPath,
        [join(root, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects', '--affected', '--uncommitted'],
        { cwd: repo.root, env: env() },
      );
      expect(names.split('\n')).toContain('tolls');
      // A start that Nx takes for nobody's.
      await repo.write('Procfile', 'web: cd apps/pilots && npx arkos dev\n');
      await repo.git('add', '.');
      expect(await affected('--staged')).toMatchObject({
        by: 'nx',
        apps: expect.arrayContaining(['apps/pilots', 'apps/tolls']),
      });
    }, 180_000);

    test('that fails is said, and what the engine reads decides alone', async () => {
      await repo.write('nx.json', '{ "plugins": ["./nowhere.js"] }');
      await repo.write('apps/crew/src/new.ts', 'export {};\n');
      await repo.git('add', '.');
      const { stdout, stderr } = await bulwark('audit --affected --staged --format json');
      expect(stderr).toMatch(/^bulwark: Nx was asked and did not answer: it ended with 1/);
      expect(stderr).toContain('by what Bulwark reads for each app');
      expect((JSON.parse(stdout) as Report).affected).toMatchObject({ by: 'traces' });
      expect((JSON.parse(stdout) as Report).affected!.apps).toContain('apps/crew');
      await repo.git('restore', '--staged', '--worktree', 'nx.json');
      await repo.write('apps/crew/src/a,b.ts', 'export {};\n');
      await repo.git('add', '.');
      const odd = await bulwark('audit --affected --staged');
      expect(odd.stderr).toContain('it cannot be told of the path "apps/crew/src/a,b.ts"');
      expect(odd.stderr).toContain('apps/crew');
    }, 180_000);
  });
});
