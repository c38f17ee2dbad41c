/** The merged report is the report on the whole, or says why it is not: whatever the parts are, and whenever made. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryStore, exitCodeOf, memorySnapshot } from '@bulwark/model';
import type { CheckRequest, MemoryFile, OpenSubject, Report } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import { createScanner } from '@bulwark/secrets';
import fc from 'fast-check';
import { createCheck } from '../check.ts';
import type { CheckParts } from '../check.ts';
import { mergeReports } from './merge-reports.ts';
import type { MergeRequest } from './merge-reports.ts';
import type { ReportFile } from './read-part.ts';
import { sealReport } from './seal.ts';

type Tree = Readonly<Record<string, MemoryFile>>;

/** Made at run time, in the form of an npm access token. */
const token = (letter: string): string => ['npm', `${letter}8sXq2LbT5vKc1ZpR7wYh3NdJ6mGfA4eUi0Q`].join('_');

function config(strict: string, more = ''): string {
  return `import { defineConfig } from 'arkos/config';\n${more}\nexport default defineConfig({ routers: { strict: ${strict} } });\n`;
}

function app(root: string, strict: string): Record<string, string> {
  return {
    [`${root}/package.json`]: JSON.stringify({
      name: root,
      scripts: { dev: 'arkos dev', build: 'arkos build', start: 'arkos start' },
      dependencies: { arkos: '1.6.7' },
    }),
    [`${root}/src/app.ts`]: "import arkos from 'arkos';\nexport const app = arkos();\n",
    [`${root}/arkos.config.ts`]: config(strict),
  };
}

const start: Tree = {
  ...app('apps/a', '"no-bulk"'),
  ...app('apps/b', 'false'),
  ...app('apps/b/inner', 'true'),
  'apps/b/leak.ts': `export const t = '${token('b')}';\n`,
  'lib/strict.ts': 'export const strict = "no-bulk";\n',
  'lib/leak.ts': `export const t = '${token('l')}';\n`,
  'package.json': '{"name": "root", "workspaces": ["apps/*", "lib"]}',
  'lib/package.json': '{"name": "lib", "main": "strict.ts"}',
  '.gitignore': '.env\n.env.*\n',
  'bulwark.json': JSON.stringify({
    waivers: [
      { rule: 'router-strict', app: 'apps/b', reason: 'for a while', expires: '2027-01-10' },
      { rule: 'cors-origin', app: 'apps/gone', reason: 'nothing is there' },
    ],
  }),
};

/** What any of them found out serves the others, as it does on disk. */
const store = createMemoryStore();

function partsOf(tree: Tree, folder = '.', today = '2027-01-05'): CheckParts {
  const openSubject: OpenSubject = () =>
    Promise.resolve({
      snapshot: memorySnapshot(tree),
      folder,
      changes: null,
      bases: [],
      commonDir: '/nowhere',
      close: () => Promise.resolve(),
    });
  return {
    version: '1.0.0',
    rules,
    openSubject,
    createScanner: ({ maxFileSize }) => createScanner({ maxFileSize }),
    now: () => new Date(`${today}T12:00:00Z`),
    memory: {
      open: () => Promise.resolve(store),
      scannerKey: ({ maxFileSize }) => String(maxFileSize),
    },
  };
}

const whole: CheckRequest = { cwd: '/', view: { kind: 'worktree' }, scope: 'everything' };

/** As it comes out of a file. */
const plain = (report: Report): Report => JSON.parse(JSON.stringify(report)) as Report;

async function audit(tree: Tree, today?: string): Promise<Report> {
  return plain(await createCheck(partsOf(tree, '.', today))(whole));
}

async function lint(tree: Tree, folder: string | null, key?: string): Promise<string> {
  const narrowed = folder === null ? { part: { kind: 'workspace' } as const } : { within: '.' };
  const report = await createCheck(partsOf(tree, folder ?? '.'))({ ...whole, ...narrowed });
  return JSON.stringify(sealReport(report, key));
}

async function shard(tree: Tree, index: number, count: number): Promise<string> {
  const report = await createCheck(partsOf(tree))({ ...whole, part: { kind: 'shard', index, count } });
  return JSON.stringify(sealReport(report, undefined));
}

const FOLDERS = ['apps/a', 'apps/b', 'apps/b/inner', null] as const;

const lintAll = (tree: Tree, key?: string): Promise<string[]> =>
  Promise.all(FOLDERS.map((folder) => lint(tree, folder, key)));

async function merge(
  tree: Tree,
  texts: readonly (string | ReportFile)[],
  over: Partial<MergeRequest> & { today?: string } = {},
): Promise<Report> {
  const reports = texts.map(nameAt);
  return plain(
    await mergeReports(partsOf(tree, '.', over.today), {
      cwd: '/',
      view: { kind: 'worktree' },
      reports,
      key: undefined,
      isReport: (json): json is Report => (json as Report | null)?.tool?.name === 'bulwark',
      ...over,
    }),
  );
}

function nameAt(one: string | ReportFile, at: number): ReportFile {
  return typeof one === 'string' ? { name: `r${at}.json`, content: one } : one;
}

const messages = ({ problems }: Report): string[] =>
  problems.map(({ path, message }) => (path === null ? message : `${path}: ${message}`));

let whatIs: Report;
let linted: string[];
beforeAll(async () => {
  whatIs = await audit(start);
  linted = await lintAll(start);
});

describe('the merged report equals the report on the whole', () => {
  test('of shards, however many there are', async () => {
    expect(whatIs.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['waiver-unused', 'waiver-expired', 'committed-secret', 'router-strict']),
    );
    for (const count of [1, 2, 3, 7]) {
      const shards = await Promise.all(Array.from({ length: count }, (_, at) => shard(start, at + 1, count)));
      expect(await merge(start, shards.toReversed())).toEqual(whatIs);
    }
  });

  test('of one report for each app and one for what lies in none', async () => {
    expect(await merge(start, linted)).toEqual(whatIs);
    // An app within an app is in the report on the outer one too.
    expect(await merge(start, [linted[0]!, linted[1]!, linted[3]!])).toEqual(whatIs);
    expect(await merge(start, [...linted, linted[0]!])).toEqual(whatIs);
  });

  test('of one report on everything', async () => {
    expect(await merge(start, [await lint(start, '.')])).toEqual(whatIs);
  });

  test('judges waivers on the day of the merge', async () => {
    const later = await audit(start, '2027-02-01');
    expect(later.findings.filter(({ waived }) => waived !== null)).toEqual([]);
    expect(await merge(start, linted, { today: '2027-02-01' })).toEqual(later);
  });
});

describe('reports on parts', () => {
  test('divide files and apps evenly, each in one', async () => {
    const parts = await Promise.all([1, 2, 3].map((index) => shard(start, index, 3)));
    const reports = parts.map((text) => JSON.parse(text) as Report);
    expect(reports.map(({ scanned }) => scanned.apps)).toEqual([1, 1, 1]);
    expect(reports.reduce((sum, { scanned }) => sum + scanned.files, 0)).toBe(whatIs.scanned.files);
  });

  test('of an app stay the same, whatever happens elsewhere', async () => {
    const elsewhere = {
      ...start,
      'apps/b/arkos.config.ts': config('true'),
      'apps/b/Dockerfile': 'FROM node\nCMD ["npx", "arkos", "dev"]\n',
      'lib/new.ts': 'export {};\n',
      ...app('apps/c', 'true'),
    };
    expect(await lint(elsewhere, 'apps/a')).toBe(linted[0]);
    expect(linted[0]).not.toContain('apps/b');
  });
});

describe('what is not the whole is said', () => {
  const secretless = { ...start, 'lib/leak.ts': 'export {};\n', 'apps/b/leak.ts': 'export {};\n' };

  test.each<[string, () => Promise<Report>, RegExp[]]>([
    [
      'no report at all',
      () => merge(start, []),
      [/apps\/a: no report covers/, /covers this file, and \d+ more/],
    ],
    ['an app without one', () => merge(start, linted.slice(1)), [/^apps\/a: no report covers this app/]],
    [
      'nothing outside apps',
      () => merge(start, linted.slice(0, 3)),
      [/no report covers this file, and 5 more/],
    ],
    [
      'a shard without one',
      async () => merge(start, [await shard(start, 1, 3), await shard(start, 3, 3)]),
      [/^the report of shard 2\/3 is missing/],
    ],
    [
      'shards of two divisions',
      async () => merge(start, [await shard(start, 1, 2), await shard(start, 2, 3)]),
      [/shards of different numbers of parts/],
    ],
    [
      'shards and folders',
      async () => merge(start, [await shard(start, 1, 2), linted[0]!]),
      [/some of the reports are shards/],
    ],
    [
      'an app that is new',
      () => merge({ ...start, ...app('apps/c', 'true') }, linted),
      [/^apps\/c: no report covers/],
    ],
    [
      'a torn report',
      () => merge(start, [...linted.slice(1), linted[0]!.slice(0, -9)]),
      [/r3.json: is no whole report/],
    ],
    [
      'a file of something else',
      () => merge(start, [...linted, '{"name": "x"}']),
      [/r4.json: is no report of Bulwark/],
    ],
    [
      'a file that cannot be read',
      () => merge(start, [...linted, { name: 'x', content: new Error('EACCES') }]),
      [/x: could not be read: EACCES/],
    ],
    [
      'a report on everything',
      async () => merge(start, [JSON.stringify(whatIs)]),
      [/does not say which part/],
    ],
    ['stale files', () => merge(secretless, linted), [/is stale: its files changed \(apps\/b\)/]],
    [
      'other settings',
      () => merge({ ...start, 'bulwark.json': '{"preset": "strict"}' }, linted),
      [/was made under other settings \(apps\/a\)/],
    ],
    [
      'another way of starting',
      () =>
        merge(
          { ...start, 'compose.yaml': 'services:\n  a:\n    build: apps/a\n    command: npx arkos dev\n' },
          linted,
        ),
      [/is stale: what is said of starting apps\/a changed/],
    ],
    [
      'shards of other files',
      async () => merge({ ...start, 'README.md': '' }, [await shard(start, 1, 1)]),
      [/is about other files than those here/],
    ],
  ])('%s', async (_name, ask, patterns) => {
    const report = await ask();
    expect(exitCodeOf({ ...report, findings: [] })).toBe(2);
    for (const pattern of patterns) expect(messages(report).join('\n')).toMatch(new RegExp(pattern, 'm'));
  });

  test('counts what the reports there are looked at, and no more', async () => {
    const { scanned } = await merge(start, linted.slice(0, 1));
    expect(scanned).toMatchObject({ files: 3, apps: 1 });
  });

  test('a report of another version', async () => {
    const old = {
      ...(JSON.parse(linted[0]!) as Report),
      tool: { name: 'bulwark', version: '0.9.0' } as const,
    };
    const report = await merge(start, [JSON.stringify(sealReport(old, undefined)), ...linted.slice(1)]);
    expect(messages(report)).toContain('r0.json: was made by Bulwark 0.9.0, and this is 1.0.0');
  });
});

describe('an app whose files are the same is stale', () => {
  const importing = (from: string): Tree => ({
    ...start,
    'apps/a/arkos.config.ts': config('strict', `import { strict } from '${from}';`),
  });

  test.each<[string, string, Tree, RegExp]>([
    [
      'a file it imports changed',
      'lib',
      { 'lib/strict.ts': 'export const strict = true;\n' },
      /lib\/strict\.ts is another/,
    ],
    [
      'a file it looked for is there',
      '../../lib/other.js',
      { 'lib/other.js': 'export {};\n' },
      /lib\/other\.js is new/,
    ],
    [
      'a package it imports is elsewhere',
      'lib',
      { 'apps/0/package.json': '{"name": "lib"}' },
      /the package lib is elsewhere/,
    ],
    [
      'its version is another',
      'lib',
      {
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            'apps/a': { name: 'apps/a', dependencies: { arkos: '^1.0.0' } },
            'apps/a/node_modules/arkos': { version: '1.4.0-beta' },
          },
        }),
      },
      /its apps are not what they were/,
    ],
  ])('when %s', async (_name, from, change, pattern) => {
    const before = importing(from);
    const now = { ...before, ...change };
    const rest = await Promise.all([lint(now, 'apps/b'), lint(now, null)]);
    const report = await merge(now, [await lint(before, 'apps/a'), ...rest]);
    expect(messages(report)).toEqual([expect.stringMatching(pattern)]);
    expect(messages(report)[0]).toMatch(/\(apps\/a\)$/);
  });
});

describe('nothing turns a finding into a pass', () => {
  const edits: Readonly<Record<string, readonly (MemoryFile | null)[]>> = {
    'apps/a/arkos.config.ts': [
      config('false'),
      config('strict', "import { strict } from 'lib';"),
      config('strict', "import { strict } from '../../lib/strict.ts';"),
      config('process.env.STRICT'),
      null,
    ],
    'apps/a/.env': ['PORT=1\nHOST=x\n'],
    'apps/b/leak.ts': ['export {};\n', null],
    'lib/strict.ts': ['export const strict = true;\n', null],
    'lib/strict.js': ['export const strict = false;\n'],
    'lib/package.json': ['{"name": "other"}', null],
    'lib/leak.ts': [`export const t = '${token('m')}';\n`, 'export {};\n'],
    'package.json': ['{"name": "root", "workspaces": ["apps/*"]}', null],
    'compose.yaml': ['services:\n  a:\n    build: apps/a\n    command: npx arkos dev\n', 'services: {}\n'],
    'apps/b/Dockerfile': ['FROM node\nCOPY . .\nCMD ["npx", "arkos", "dev"]\n'],
    'package-lock.json': [
      '{"lockfileVersion": 3, "packages": {"node_modules/arkos": {"version": "1.4.0"}}}',
      '{{',
    ],
    '.gitignore': ['', null],
    'bulwark.json': ['{}', '{"ignore": ["lib/**"]}', '{"rules": {"router-strict": "off"}}'],
  };
  const edit = fc
    .constantFrom(...Object.keys(edits))
    .chain((path) => fc.constantFrom(...edits[path]!).map((content) => ({ path, content })));

  function applied(tree: Tree, changes: readonly { path: string; content: MemoryFile | null }[]): Tree {
    const next: Record<string, MemoryFile> = { ...tree };
    for (const { path, content } of changes) {
      if (content === null) delete next[path];
      else next[path] = content;
    }
    return next;
  }

  test('parts made before and after a change merge to what is there, or say that they do not', async () => {
    let merged = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 3 }),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        async (before, change, isNew) => {
          const old = applied(start, before);
          const now = applied(old, change);
          const [made, anew] = await Promise.all([lintAll(old), lintAll(now)]);
          const report = await merge(
            now,
            made.map((text, at) => (isNew[at] ? anew[at]! : text)),
          );
          const truth = await audit(now);
          // All that is there is there: only then may a report say that it is complete.
          if (report.complete) {
            expect(report).toEqual(truth);
            merged += 1;
          }
          expect(await merge(now, anew)).toEqual(truth);
        },
      ),
      { numRuns: 8, examples: [[[], [], [false, false, false, false]]] },
    );
    expect(merged).toBeGreaterThan(0);
  }, 300_000);

  test('whatever happens to the bytes of a report', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(linted.length - 1),
        fc.nat(),
        fc.constantFrom('cut', 'drop', 'flip', 'nul'),
        async (which, place, how) => {
          const text = linted[which]!;
          const at = place % text.length;
          const broken = {
            cut: text.slice(0, at),
            drop: text.slice(0, at) + text.slice(at + 1),
            flip: text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1),
            nul: text.slice(0, at) + '\0' + text.slice(at + 1),
          }[how];
          const report = await merge(
            start,
            linted.map((one, index) => (index === which ? broken : one)),
          );
          expect(report.complete).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  }, 300_000);
});

describe('seals', () => {
  /** What somebody writes who wants a violation gone: everything fits, the checksum too. */
  function forged(text: string, key?: string): string {
    const report = JSON.parse(text) as Report;
    const apps = report.apps.map((one) => ({
      ...one,
      verdicts: Object.fromEntries(
        Object.keys(one.verdicts).map((id) => [id, { verdict: 'pass' as const, because: 'it is fine' }]),
      ),
    }));
    return JSON.stringify(sealReport({ ...report, apps, findings: [] }, key));
  }

  test('with a key, none is taken that was not made with it', async () => {
    const made = await lintAll(start, 'k1');
    expect(await merge(start, made, { key: 'k1' })).toEqual(whatIs);
    for (const bad of [forged(made[1]!), forged(made[1]!, 'k2'), linted[1]!]) {
      const report = await merge(start, [made[0]!, bad, ...made.slice(2)], { key: 'k1' });
      expect(messages(report).join('\n')).toMatch(/r1\.json: was (?:not )?made with(?:out)? the key/);
    }
  });

  test('a finding that is gone while its verdict stays is a contradiction', async () => {
    const report = JSON.parse(linted[1]!) as Report;
    const text = JSON.stringify(sealReport({ ...report, findings: [] }, undefined));
    expect(messages(await merge(start, [linted[0]!, text, ...linted.slice(2)])).join('\n')).toMatch(
      /contradicts itself: apps\/b violates/,
    );
  });

  test('a report may speak of nothing but what it covers', async () => {
    const [a, b] = [linted[0]!, linted[1]!].map((text) => JSON.parse(text) as Report);
    const text = JSON.stringify(
      sealReport(
        { ...a!, findings: [...a!.findings, ...b!.findings.filter(({ app: of }) => of === 'apps/b')] },
        undefined,
      ),
    );
    expect(messages(await merge(start, [text, ...linted.slice(1)])).join('\n')).toMatch(
      /which it does not cover \(apps\/a\)/,
    );
  });

  test('two reports on one part that differ are both named', async () => {
    const report = JSON.parse(linted[3]!) as Report;
    const other = JSON.stringify(sealReport({ ...report, findings: [] }, undefined));
    const merged = await merge(start, [...linted, other]);
    expect(messages(merged).join('\n')).toMatch(
      /r4\.json: says something else of the same files than r3\.json/,
    );
    expect(merged.findings).toEqual(whatIs.findings.filter(({ rule }) => rule !== 'waiver-unused'));
  });
});
