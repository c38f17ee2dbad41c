import { describe, expect, test } from '@jest/globals';
import { at } from '@bulwark/model';
import { createLoader, evaluate } from '../index.ts';
import { evaluateFiles } from '../../test/evaluate-source.ts';
import { memorySnapshot } from '../../test/memory-snapshot.ts';
import { short } from '../../test/short.ts';

const json = JSON.stringify;

async function defaultOf(files: Record<string, string>, entry = 'apps/api/main.ts'): Promise<unknown> {
  return short(at((await evaluateFiles(files, { entry })).exports, 'default'));
}

describe('relative imports', () => {
  test.each([
    ['the exact name', './part.ts', 'apps/api/part.ts'],
    ['an extension added', './part', 'apps/api/part.ts'],
    ['the source of an output', './part.js', 'apps/api/part.ts'],
    ['.mjs for .mts', './part.mjs', 'apps/api/part.mts'],
    ['.cjs for .cts', './part.cjs', 'apps/api/part.cts'],
    ['a folder', './lib', 'apps/api/lib/index.ts'],
    ['a folder with a slash', './lib/', 'apps/api/lib/index.js'],
    ['the folder above', '../part', 'apps/part.ts'],
    ['the own folder', '.', 'apps/api/index.ts'],
  ])('%s', async (_what, specifier, path) => {
    const files = {
      'apps/api/main.ts': `export { default } from '${specifier}'`,
      [path]: 'export default 1',
    };
    expect(await defaultOf(files)).toBe(1);
  });

  test('a TypeScript file prefers the source, a JavaScript file the exact name', async () => {
    const files = { 'x.ts': 'export default "ts"', 'x.js': 'export default "js"' };
    expect(await defaultOf({ ...files, 'main.ts': `export { default } from './x.js'` }, 'main.ts')).toBe(
      'ts',
    );
    expect(await defaultOf({ ...files, 'main.mjs': `export { default } from './x.js'` }, 'main.mjs')).toBe(
      'js',
    );
  });

  test('a symbolic link is followed inside the snapshot', async () => {
    const files = {
      'main.ts': `export { default } from './link'`,
      'link.ts': '-> lib/real.ts',
      'lib/real.ts': 'export default 1',
    };
    expect(await defaultOf(files, 'main.ts')).toBe(1);
  });

  test('JSON', async () => {
    const files = {
      'main.ts': `import d from './d.json' with { type: 'json' }; export default d`,
      'd.json': '{ "a": [1, null], "__proto__": 1 }',
    };
    expect(json(await defaultOf(files, 'main.ts'))).toBe('{"a":[1,null],"__proto__":1}');
  });
});

describe('aliases', () => {
  test('of tsconfig, with extends, baseUrl and comments', async () => {
    const files = {
      'apps/api/main.ts': `import a from '@/a'; import b from 'lib/b'; import c from '@org/c/deep'; export default [a, b, c]`,
      'apps/api/tsconfig.json': '{ "extends": ["../../tsconfig.base.json", "./tsconfig.paths"], }',
      'apps/api/tsconfig.paths.json': '{ "compilerOptions": { "baseUrl": "./src" } }',
      'tsconfig.base.json':
        '{ /* all */ "compilerOptions": { "paths": { "@/*": ["./apps/api/src/*"], "@org/c/*": ["./libs/c/*", "./libs/c/src/*"] } } }',
      'apps/api/src/a.ts': 'export default "a"',
      'apps/api/src/lib/b.ts': 'export default "b"',
      'libs/c/src/deep.ts': 'export default "c"',
    };
    expect(await defaultOf(files)).toEqual(['a', 'b', 'c']);
  });

  test('of jsconfig', async () => {
    const files = {
      'main.js': `import a from '@/a.js'; export default a`,
      'jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      'a.js': 'export default 1',
    };
    expect(await defaultOf(files, 'main.js')).toBe(1);
  });

  test('of package imports', async () => {
    const files = {
      'apps/api/main.ts': `import a from '#a'; import b from '#lib/b.js'; import c from '#dep'; export default [a, b, c]`,
      'apps/api/package.json': json({
        imports: {
          '#a': './src/a.ts',
          '#lib/*': { types: './no/*', default: './src/lib/*' },
          '#dep': 'defu',
        },
      }),
      'apps/api/src/a.ts': 'export default 1',
      'apps/api/src/lib/b.ts': 'export default 2',
    };
    expect(await defaultOf(files)).toEqual([1, 2, '<function>']);
  });
});

describe('workspace packages', () => {
  const lib = {
    'packages/base/package.json': json({
      name: '@org/base',
      exports: {
        '.': { source: './no.ts', import: './src/index.ts', require: './src/index.cjs' },
        './sub/*': './src/sub/*.ts',
      },
    }),
    'packages/base/src/index.ts': 'export default "import"',
    'packages/base/src/index.cjs': 'module.exports = "require"',
    'packages/base/src/sub/x.ts': 'export default "sub"',
    'packages/plain/package.json': json({ name: 'plain', main: 'lib/main' }),
    'packages/plain/lib/main.js': 'export default "main"',
    'apps/api/main.ts': `import a from '@org/base'; import b from '@org/base/sub/x'; import c from 'plain'; import d from '@org/none'; export default [a, b, c, d]`,
    'apps/api/package.json': json({ name: 'api' }),
  };
  const expected = ['import', 'sub', 'main', '<is imported from the package @org/none>'];

  test.each([
    ['npm', { 'package.json': json({ workspaces: ['packages/*', 'apps/*'] }) }],
    ['yarn', { 'package.json': json({ workspaces: { packages: ['packages/**', '!**/fixtures/**'] } }) }],
    ['pnpm', { 'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n  - apps/*\n', 'package.json': '{}' }],
  ])('by name in a workspace of %s', async (_manager, root) => {
    expect(await defaultOf({ ...lib, ...root })).toEqual(expected);
  });

  test('by the conditions of require', async () => {
    const files = {
      ...lib,
      'package.json': json({ workspaces: ['packages/*'] }),
      'apps/api/main.cjs': `exports.default = require('@org/base'); module.exports = exports.default`,
    };
    expect(await defaultOf(files, 'apps/api/main.cjs')).toBe('require');
  });

  test('a build that is not in the snapshot is unknown', async () => {
    const files = {
      ...lib,
      'package.json': json({ workspaces: ['packages/*'] }),
      'packages/base/package.json': json({ name: '@org/base', main: 'dist/index.js' }),
      'apps/api/main.ts': `import a from '@org/base'; export default a`,
    };
    expect(await defaultOf(files)).toBe('<is imported from @org/base, which is not in the repository>');
  });
});

describe('the trace', () => {
  test('holds the files opened and the paths looked for in vain', async () => {
    const snapshot = memorySnapshot({
      'a/main.ts': `import './part'; import 'other';`,
      'a/part.ts': '',
      'package.json': json({ workspaces: ['a'] }),
    });
    const { trace } = await createLoader(snapshot).load('a/main.ts');
    expect(trace.files.map(({ path }) => path)).toEqual(['a/main.ts', 'a/part.ts', 'package.json']);
    expect(trace.files.every(({ blob }) => /^[0-9a-f]{40}$/.test(blob ?? ''))).toBe(true);
    expect(trace.missing).toEqual(
      expect.arrayContaining([
        'a/package.json',
        'a/tsconfig.json',
        'tsconfig.json',
        'jsconfig.json',
        'pnpm-workspace.yaml',
      ]),
    );
    expect(trace.names).toEqual([{ root: '.', name: 'other', folder: null }]);
  });

  test('names the candidates of a file that is missing', async () => {
    const { trace } = await createLoader(memorySnapshot({ 'main.mjs': `import './gone.mjs'` })).load(
      'main.mjs',
    );
    expect(trace.missing).toEqual(expect.arrayContaining(['gone.mjs', 'gone.mts', 'gone.mjs/index.js']));
  });

  test('names an entry that is not there', async () => {
    const graph = await createLoader(memorySnapshot({})).load('arkos.config.ts');
    expect(graph.trace.missing).toEqual(['arkos.config.ts']);
    expect(evaluate(graph, { env: { variables: {}, others: 'unset' } }).exports).toMatchObject({
      kind: 'unknown',
      why: 'arkos.config.ts is not there',
    });
  });
});
