/** Warm equals cold: whatever was asked before, a check with a memory says what one without says. */
import { describe, expect, test } from '@jest/globals';
import { createMemoryStore, defineRule, memorySnapshot, violation } from '@bulwark/model';
import type {
  Affected,
  CheckRequest,
  MemoryFile,
  OpenSubject,
  Report,
  Snapshot,
  Store,
} from '@bulwark/model';
import { rules } from '@bulwark/rules';
import { createScanner } from '@bulwark/secrets';
import fc from 'fast-check';
import { checkAffected } from './affected/check-affected.ts';
import { checkHistory } from './check-history.ts';
import { createCheck } from './check.ts';
import type { CheckParts } from './check.ts';

type Tree = Readonly<Record<string, MemoryFile>>;

/** Made at run time, in the form of an npm access token. */
const token = (letter: string): string => ['npm', `${letter}8sXq2LbT5vKc1ZpR7wYh3NdJ6mGfA4eUi0Q`].join('_');

/** So many that what scans came to is looked up. */
const filler: Tree = Object.fromEntries(
  Array.from({ length: 260 }, (_, index) => [`lib/f${index}.ts`, `export const f${index} = ${index};\n`]),
);

function config(strict: string, more = ''): string {
  return `import { defineConfig } from 'arkos/config';\n${more}\nexport default defineConfig({ routers: { strict: ${strict} } });\n`;
}

function app(strict: string, version = '1.6.7'): Record<string, string> {
  return {
    'package.json': JSON.stringify({
      name: 'api',
      scripts: { dev: 'arkos dev', build: 'arkos build', start: 'arkos start' },
      dependencies: { arkos: version },
    }),
    'src/app.ts': "import arkos from 'arkos';\nexport const app = arkos();\n",
    'arkos.config.ts': config(strict),
  };
}

function below(root: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]));
}

const byName = (from: string): string => config('strict', `import { strict } from '${from}';`);
const named = (name: string): string => JSON.stringify({ name, main: 'index.ts' });

/** Two packages that an app may mean by one name. */
const libs: Tree = {
  'libs/one/index.ts': 'export const strict = true;\n',
  'libs/one/package.json': named('@org/one'),
  'libs/two/index.ts': "export const strict = process.env.NODE_ENV !== 'production';\n",
  'libs/two/package.json': named('@org/two'),
};

const start: Tree = {
  ...filler,
  ...libs,
  ...below('apps/a', app('"no-bulk"')),
  ...below('apps/b', app('true')),
  '.gitignore': '.env\n.env.*\n',
};

/** Packages that are renamed: no path comes or goes. */
const renames: Readonly<Record<string, readonly (MemoryFile | null)[]>> = {
  'libs/one/package.json': [named('@org/one'), named('@org/policy'), named('api')],
  'libs/two/package.json': [named('@org/two'), named('@org/policy'), '{ "name": "@org/policy" }'],
};

/** Contents each path may have; `null` takes it away. */
const choices: Readonly<Record<string, readonly (MemoryFile | null)[]>> = {
  ...renames,
  'apps/a/arkos.config.ts': [
    config('"no-bulk"'),
    config('process.env.NODE_ENV === "production" ? true : "no-bulk"'),
    config('strict', "import { strict } from './strict.ts';"),
    config('process.env.STRICT'),
    byName('@org/policy'),
    byName('@org/two'),
    'export default {{{',
    null,
  ],
  'apps/a/strict.ts': ['export const strict = true;\n', 'export const strict = false;\n', null],
  'apps/b/package.json': [
    app('true')['package.json']!,
    app('true', '1.4.0-beta')['package.json']!,
    app('true', '^1.5.0')['package.json']!,
    '{"name": "api", "dependencies": {}}',
    null,
  ],
  'apps/b/Dockerfile': [
    'FROM node\nCOPY . .\nCMD ["npx", "arkos", "dev"]\n',
    'FROM node\nCMD ["npm", "start"]\n',
    null,
  ],
  Dockerfile: [
    'FROM node\nWORKDIR /apps/a\nCOPY apps/a .\nCMD ["npx", "arkos", "dev"]\n',
    'FROM node\nCMD ["npm", "start", "--workspace", "apps/b"]\n',
    null,
  ],
  'package.json': [
    '{ "name": "root", "workspaces": ["apps/*", "libs/*"], "scripts": { "start": "npm run dev -w apps/a" } }',
    '{ "name": "root", "workspaces": ["libs/two", "apps/*"], "dependencies": { "arkos": "1.6.7" } }',
    '{ "name": ',
    null,
  ],
  'package-lock.json': [
    '{ "lockfileVersion": 3, "packages": { "node_modules/arkos": { "version": "1.5.11-beta" } } }',
    '{ "lockfileVersion": 3, "packages": { "node_modules/arkos": { "version": "1.6.7" } } }',
    null,
  ],
  '.github/workflows/deploy.yml': [
    'on: push\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - run: npx arkos dev\n        working-directory: apps/a\n',
    'on: push\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - run: npx arkos start\n        working-directory: apps/b\n',
    null,
  ],
  'apps/a/tsconfig.json': ['{ "include": ["src"] }', '{ "include": ["src", "arkos.config.ts"] }', null],
  'apps/b/.env': [`JWT_SECRET=${token('a')}\nPORT=1\n`, 'PORT=1\n', null],
  '.gitignore': ['.env\n.env.*\n', '', null],
  'src/leak.ts': [`export const t = '${token('b')}';\n`, 'export const t = process.env.T;\n', null],
  'docs/leak.md': [`export const t = '${token('b')}';\n`, 'nothing\n', null],
  'tests/leak.ts': [`export const t = '${token('b')}';\n`, `// ${token('c')}\n`, null],
  'src/allowed.ts': [`// bulwark-allow committed-secret: a test\nconst t = '${token('d')}';\n`, null],
  link: [{ content: '.env', mode: '120000' }, { content: token('e'), mode: '120000' }, token('e'), null],
  'bulwark.json': [
    null,
    '{ "preset": "strict" }',
    '{ "ignore": ["apps/b/**", "docs/**"] }',
    '{ "rules": { "router-strict-parity": "warn", "committed-secret": "off" } }',
    '{ "overrides": [{ "apps": ["apps/a"], "rules": { "router-strict": "info" } }] }',
    '{ "modes": { "production": { "env": { "STRICT": "no" } } } }',
    '{ "modes": { "staging": { "command": "start", "env": { "NODE_ENV": "staging" } } } }',
    '{ "arkos": { "apps/b": "1.6.0" } }',
    '{ "waivers": [{ "rule": "committed-secret", "path": "src/*", "reason": "made up" }] }',
    '{ "maxFileSize": "30b" }',
    '{ "hooks": { "block": "all" }, "undecided": "error" }',
    '{ "plugins": ["./rules"] }',
    '{ "plugins": ["./rules"], "rules": { "acme/says": "error" } }',
  ],
  'rules/own.rule.mjs': ['one', 'two', 'throws', 'throws two', 'import', 'no code', null],
};

const editOf = (
  paths: readonly string[],
): fc.Arbitrary<{ readonly path: string; readonly content: MemoryFile | null }> =>
  fc
    .constantFrom(...paths)
    .chain((path) => fc.constantFrom(...choices[path]!).map((content) => ({ path, content })));

const edit = editOf(Object.keys(choices));

const step = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  scope: fc.constantFrom<CheckRequest['scope']>('everything', 'everything', 'changes'),
  only: fc.constantFrom<Partial<CheckRequest>>(
    {},
    {},
    { rules: ['router-strict', 'committed-secret'] },
    { within: 'apps' },
  ),
});

function applied(tree: Tree, edits: readonly { path: string; content: MemoryFile | null }[]): Tree {
  const next: Record<string, MemoryFile> = { ...tree };
  for (const { path, content } of edits) {
    if (content === null) delete next[path];
    else next[path] = content;
  }
  return next;
}

/** A plugin whose rule says what its file holds, of every app; it may throw, have no name, or be no code at all. */
const plugins: NonNullable<CheckParts['plugins']> = {
  isTrial: false,
  async load({ entries, read, files }) {
    const text = Buffer.from(await read(files[0]!)).toString('utf8');
    if (text === 'no code') throw new Error('is no code');
    const value = defineRule<string>({
      kind: 'app',
      id: 'acme/says',
      title: 't',
      why: 'w',
      severity: 'warn',
      messages: { text: ({ app }) => `${text} of ${app}` },
      select: (facts) => facts[0]?.app.root ?? '',
      check(app) {
        if (text.startsWith('throws')) throw new Error(text);
        return violation('text', { app }, { key: 'k' });
      },
    });
    return { exported: entries.map((path) => ({ path, value })), isSelfContained: text !== 'import' };
  },
};

function partsWith(openSubject: OpenSubject, store: Store | null): CheckParts {
  return {
    version: '0.0.0',
    rules,
    plugins,
    openSubject,
    createScanner: ({ maxFileSize }) => createScanner({ maxFileSize }),
    now: () => new Date('2027-01-01T12:00:00Z'),
    ...(store
      ? {
          memory: {
            open: () => Promise.resolve(store),
            scannerKey: ({ maxFileSize }) => String(maxFileSize),
          },
        }
      : {}),
  };
}

/** A subject of trees in memory, with the changes between them. */
function subjectOf(tree: Tree, base: Tree): OpenSubject {
  return ({ scope }) => {
    const [snapshot, before] = [memorySnapshot(tree), memorySnapshot(base)];
    const paths = [...new Set([...snapshot.files, ...before.files].map(({ path }) => path))];
    const changes = paths.flatMap((path) => {
      const [now, then] = [snapshot.file(path), before.file(path)];
      if (now?.blob === then?.blob && now?.mode === then?.mode) return [];
      return [
        { path, status: now ? (then ? ('modified' as const) : ('added' as const)) : ('deleted' as const) },
      ];
    });
    return Promise.resolve({
      snapshot,
      folder: '.',
      changes: scope === 'changes' ? changes : null,
      bases: scope === 'changes' ? [before] : [],
      openTrusted: () => Promise.resolve(before),
      commonDir: '/nowhere',
      close: () => Promise.resolve(),
    });
  };
}

/** The report, or what was thrown in its place. */
async function outcome(parts: CheckParts, request: CheckRequest): Promise<Report | string> {
  try {
    return JSON.parse(JSON.stringify(await createCheck(parts)(request))) as Report;
  } catch (error) {
    return String(error);
  }
}

const affectedBy = async (
  parts: CheckParts,
  request: CheckRequest,
): Promise<Report & { readonly affected: Affected }> =>
  JSON.parse(JSON.stringify(await checkAffected(parts, request, () => Promise.resolve(null)))) as Report & {
    readonly affected: Affected;
  };

function saidOf(report: Report | string, root: string): unknown {
  return typeof report === 'string' ? report : report.findings.filter(({ app: of }) => of === root);
}

describe('a check with a memory', () => {
  test('says what one without says, over random histories, settings and questions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const store = createMemoryStore();
        let tree = start;
        for (const { edits, scope, only } of steps) {
          const next = applied(tree, edits);
          const request: CheckRequest = { cwd: '/', view: { kind: 'worktree' }, scope, ...only };
          const open = subjectOf(next, tree);
          const cold = await outcome(partsWith(open, null), request);
          expect(await outcome(partsWith(open, store), request)).toEqual(cold);
          expect(await outcome(partsWith(open, store), request)).toEqual(cold);
          tree = next;
        }
      }),
      { numRuns: 8 },
    );
  });

  test('takes no answer that rests on a name which another package has now', async () => {
    const { 'package.json': workspace } = choices;
    const tree = {
      ...libs,
      ...below('apps/a', { ...app('true'), 'arkos.config.ts': byName('@org/policy') }),
      ...below('apps/b', { ...app('true'), 'arkos.config.ts': byName('@org/two') }),
      'package.json': workspace![0]!,
    };
    // The second is the only one of its name, until the first takes it.
    const taken = ['libs/two/package.json', 'libs/one/package.json'];
    const renaming = editOf([...Object.keys(renames), ...Object.keys(renames), 'apps/a/arkos.config.ts']);
    await fc.assert(
      fc.asyncProperty(fc.array(renaming, { minLength: 2, maxLength: 4 }), async (renamed) => {
        const store = createMemoryStore();
        let before: Tree = tree;
        let said: Report | string = '';
        for (const one of [null, ...renamed]) {
          const next = one ? applied(before, [one]) : before;
          const request: CheckRequest = { cwd: '/', view: { kind: 'worktree' }, scope: 'everything' };
          const open = subjectOf(next, before);
          const cold = await outcome(partsWith(open, null), request);
          expect(await outcome(partsWith(open, store), request)).toEqual(cold);
          const all = await affectedBy(partsWith(open, null), request);
          expect(await affectedBy(partsWith(open, store), request)).toEqual(all);
          // What is said of an app that is not named is what was said before.
          for (const root of ['apps/a', 'apps/b'])
            if (one && !all.affected.apps.includes(root))
              expect(saidOf(cold, root)).toEqual(saidOf(said, root));
          said = cold;
          before = next;
        }
      }),
      { numRuns: 6, examples: [[taken.map((path) => ({ path, content: named('@org/policy') }))]] },
    );
  });

  test('judges one app alone where a package is renamed that the others do not name', async () => {
    const store = createMemoryStore();
    const tree = {
      ...libs,
      ...below('apps/a', { ...app('true'), 'arkos.config.ts': byName('@org/one') }),
      ...below('apps/b', { ...app('true'), 'arkos.config.ts': byName('@org/two') }),
      'package.json': choices['package.json']![0]!,
    };
    const readsOf = async (next: Tree): Promise<string[]> => {
      const reads: string[] = [];
      const open: OpenSubject = async (request) => {
        const subject = await subjectOf(next, tree)(request);
        return { ...subject, snapshot: counted(subject.snapshot, reads) };
      };
      await createCheck(partsWith(open, store))({
        cwd: '/',
        view: { kind: 'worktree' },
        scope: 'everything',
      });
      return reads;
    };
    await readsOf(tree);
    const renamed = { ...tree, 'libs/two/package.json': named('@org/other') };
    const reads = await readsOf(renamed);
    const timesOf = (path: string): number => reads.filter((each) => each === path).length;
    // Once, for secrets.
    expect(timesOf('apps/a/src/app.ts')).toBe(1);
    expect(timesOf('apps/b/src/app.ts')).toBeGreaterThan(1);
  });

  test('asks a plugin again when its code, what it rests on, or whether it is changed is another', async () => {
    const store = createMemoryStore();
    const small = below('apps/a', app('true'));
    const settings = { 'bulwark.json': '{ "plugins": ["./rules"] }' };
    const request: CheckRequest = { cwd: '/', view: { kind: 'worktree' }, scope: 'everything' };
    const said = new Set<string>();
    for (const text of ['one', 'two', 'throws', 'import', 'one', 'no code', 'two'])
      for (const after of [text, 'two', text]) {
        const base = { ...small, ...settings, 'rules/own.rule.mjs': text };
        const open = subjectOf({ ...base, 'rules/own.rule.mjs': after }, base);
        const cold = await outcome(partsWith(open, null), request);
        expect(await outcome(partsWith(open, store), request)).toEqual(cold);
        expect(await outcome(partsWith(open, store), request)).toEqual(cold);
        said.add(JSON.stringify(cold));
      }
    expect(said.size).toBeGreaterThan(8);
  });

  test('reads nothing twice, and apps not again when other files are edited', async () => {
    const store = createMemoryStore();
    const readsOf = async (tree: Tree): Promise<string[]> => {
      const reads: string[] = [];
      const open: OpenSubject = async (request) => {
        const subject = await subjectOf(tree, tree)(request);
        return { ...subject, snapshot: counted(subject.snapshot, reads) };
      };
      const check = createCheck(partsWith(open, store));
      await check({ cwd: '/', view: { kind: 'worktree' }, scope: 'everything' });
      return reads;
    };
    // Comments beside findings are looked for each time.
    const beside = ['apps/a/arkos.config.ts', 'apps/b/arkos.config.ts'];
    expect((await readsOf(start)).length).toBeGreaterThan(260);
    expect(await readsOf(start)).toEqual(beside);
    expect(await readsOf({ ...start, 'lib/f1.ts': 'export {};\n' })).toEqual(['lib/f1.ts', ...beside]);
    const swapped = { ...start, 'lib/f1.ts': filler['lib/f2.ts']!, 'lib/f2.ts': filler['lib/f1.ts']! };
    expect(await readsOf(swapped)).toEqual(['lib/f1.ts', 'lib/f2.ts', ...beside]);
    const edited = await readsOf({ ...start, 'apps/a/arkos.config.ts': config('false') });
    expect(edited.filter((path) => path === beside[0]).length).toBeGreaterThan(1);
    expect(edited.filter((path) => path.startsWith('lib/'))).toEqual([]);
    expect(edited.filter((path) => path.startsWith('apps/b/'))).toEqual([beside[1]]);
  });

  test('remembers no answer that rests on a file that could not be read', async () => {
    const store = createMemoryStore();
    let isBroken = true;
    const open: OpenSubject = async (request) => {
      const subject = await subjectOf(start, start)(request);
      const { snapshot } = subject;
      const read: Snapshot['read'] = (file) =>
        isBroken && file.path.startsWith('apps/a/')
          ? Promise.reject(new Error('the disk says no'))
          : snapshot.read(file);
      return { ...subject, snapshot: { ...snapshot, read } };
    };
    const request: CheckRequest = { cwd: '/', view: { kind: 'worktree' }, scope: 'everything' };
    await outcome(partsWith(open, store), request);
    isBroken = false;
    expect(await outcome(partsWith(open, store), request)).toEqual(
      await outcome(partsWith(open, null), request),
    );
  });

  test('of a history streams no blob that is known to be clean, and none at all of one that is known', async () => {
    const store = createMemoryStore();
    const snapshot = memorySnapshot({ ...filler, 'src/leak.ts': `const t = '${token('f')}';\n` });
    const streamed: number[] = [];
    const ask = async (memory: Store | null, key: string): Promise<Report> => {
      const blobs = snapshot.files.map((file) => ({
        id: file.blob!,
        size: file.size,
        places: [{ path: file.path, mode: file.mode, commit: 'c'.repeat(40), before: [] }],
      }));
      const pathOf = new Map(snapshot.files.map((file) => [file.blob!, file]));
      return checkHistory(partsWith(subjectOf({}, {}), memory), {
        snapshot,
        commonDir: '/nowhere',
        key,
        listBlobs: () => Promise.resolve(blobs),
        async *stream(wanted) {
          streamed.push(wanted.length);
          yield await Promise.all(
            wanted.map(async (blob) => ({ blob, bytes: await snapshot.read(pathOf.get(blob.id)!) })),
          );
        },
        read: (id) => snapshot.read(pathOf.get(id)!),
      });
    };
    const cold = await ask(null, 'one');
    expect(cold.findings).toHaveLength(1);
    expect(await ask(store, 'one')).toEqual(cold);
    expect(await ask(store, 'one')).toEqual(cold);
    expect(streamed).toEqual([261, 261]);
    expect(await ask(store, 'another')).toEqual(cold);
    expect(streamed).toEqual([261, 261, 1]);
  });
});

function counted(snapshot: Snapshot, reads: string[]): Snapshot {
  return {
    ...snapshot,
    read(file) {
      reads.push(file.path);
      return snapshot.read(file);
    },
  };
}
