/** The generator, run as people run it, against a copy of the rules package. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const KINDS = ['live-mode', 'mode', 'app', 'file'] as const;

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-new-rule-'));
  root = join(folder, 'packages/rules');
  for (const part of ['src', 'package.json', 'tsconfig.json', 'tsconfig.spec.json'])
    cpSync(join(repository, 'packages/rules', part), join(root, part), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a new rule', () => {
  test.each(KINDS)('of kind %s has its three files, and each of them holds', (kind) => {
    const { status, stdout } = newRule('harbour-light-on', '--kind', kind, '--group', 'lights');
    expect({ status, stdout }).toMatchObject({ status: 0 });
    const at = (name: string): string => read(`src/lights/${name}`);

    expect(readdirSync(join(root, 'src/lights')).toSorted()).toEqual([
      'harbour-light-on.md',
      'harbour-light-on.spec.ts',
      'harbour-light-on.ts',
    ]);
    expectToParse(at('harbour-light-on.ts'));
    expectToParse(at('harbour-light-on.spec.ts'));
    expect(at('harbour-light-on.ts')).toContain(`kind: '${kind}'`);
    expect(at('harbour-light-on.ts')).toContain(`id: 'harbour-light-on'`);
    expect(headings(at('harbour-light-on.md'))).toEqual([
      '# harbour-light-on',
      ...headings(read('src/files/env-file.md')).slice(1),
    ]);
    const [, sentence] = /title: '(.+)'/.exec(at('harbour-light-on.ts'))!;
    expect(at('harbour-light-on.md')).toContain(`\n${sentence}.\n`);
    for (const file of [
      'src/index.ts',
      ...readdirSync(join(root, 'src/lights')).map((one) => `src/lights/${one}`),
    ])
      expect(stdout).toContain(file);
  });

  test('goes by default where its kind belongs', () => {
    expect(newRule('lamp-oil').status).toBe(0);
    expect(read('src/config/lamp-oil.ts')).toContain("kind: 'live-mode'");
    expect(newRule('lamp-file', '--kind', 'file').status).toBe(0);
    expect(read('src/files/lamp-file.ts')).toContain("kind: 'file'");
  });

  test('type-checks and is formatted and linted as the house wants it, whatever its kind', () => {
    for (const kind of KINDS) expect(newRule(`lamp-of-${kind}`, '--kind', kind).status).toBe(0);
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    const compilerOptions = {
      noEmit: true,
      composite: false,
      declarationMap: false,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
    };
    const include = ['src/index.ts', 'src/**/lamp-of-*.ts'];
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({ extends: join(repository, 'tsconfig.base.json'), compilerOptions, include }),
    );
    for (const file of ['.oxfmtrc.json', '.oxlintrc.json'])
      cpSync(join(repository, file), join(folder, file));

    const checked = tool('typescript/bin/tsc', '--listFiles', '-p', root).output.split('\n');
    for (const kind of KINDS) expect(checked.join()).toContain(`lamp-of-${kind}.spec.ts`);
    expect(checked.filter((line) => line.startsWith('packages/rules/'))).toEqual([]);
    expect(tool('oxfmt/bin/oxfmt', '--check', 'packages/rules/src')).toMatchObject({ status: 0 });
    expect(tool('oxlint/bin/oxlint', 'packages/rules/src')).toMatchObject({ status: 0 });
  });
});

describe('the list', () => {
  test('imports rules in the order of their paths and names each import once', () => {
    const before = readList();
    for (const words of [
      ['zone-map', '--group', 'zones'],
      ['anchor-watch', '--group', 'anchors'],
      ['env-fence', '--group', 'files', '--kind', 'file'],
      ['router-alarm', '--group', 'routers'],
    ])
      expect(newRule(...words).status).toBe(0);

    const after = readList();
    expect(after.paths).toEqual(after.paths.toSorted());
    expect(after.paths.length).toBe(before.paths.length + 4);
    expect(after.elements.toSorted()).toEqual(after.imported.toSorted());
    expect(after.elements.filter((name) => before.elements.includes(name))).toEqual(before.elements);
  });

  test('takes a rule behind the last of its group, or at the end', () => {
    const { elements } = readList();
    newRule('router-alarm', '--group', 'routers');
    const routers = readList().elements;
    expect(routers[routers.indexOf('routerAlarm') - 1]).toMatch(/^router/);
    newRule('zone-map', '--group', 'zones');
    expect(readList().elements.at(-1)).toBe('zoneMap');
    expect(readList().elements.length).toBe(elements.length + 2);
  });

  test('may be empty', () => {
    writeFileSync(join(root, 'src/index.ts'), 'export const rules: readonly unknown[] = [];\n');
    expect(newRule('zone-map', '--group', 'zones').status).toBe(0);
    expect(readList()).toMatchObject({ paths: ['./zones/zone-map.ts'], elements: ['zoneMap'] });
  });
});

describe('refuses', () => {
  test.each([
    ['no id', [], /name one rule id/],
    ['two ids', ['lamp-oil', 'lamp-wick'], /name one rule id/],
    ['one word', ['lamp'], /"lamp" is no rule id/],
    ['capitals', ['lampOil'], /"lampOil" is no rule id/],
    ['an underscore', ['lamp_oil'], /is no rule id/],
    ['a double dash', ['lamp--oil'], /is no rule id/],
    ['a way out of the folder', ['../lamp-oil'], /is no rule id/],
    ['a group that is a path', ['lamp-oil', '--group', '../..'], /is no group/],
    ['an unknown kind', ['lamp-oil', '--kind', 'commit'], /live-mode, mode, app, file/],
    ['an unknown option', ['lamp-oil', '--colour', 'red'], /--colour/],
    ['a rule that exists', ['env-file'], /env-file exists: src\/files\/env-file\./],
    ['a rule that exists in another group', ['env-file', '--group', 'zones'], /env-file exists/],
  ])('%s', (_what, words, says) => {
    const before = treeOf(root);
    const { status, stderr, stdout } = newRule(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(treeOf(root)).toEqual(before);
  });

  test('a name that is taken under another spelling', () => {
    expect(newRule('lamp-a1').status).toBe(0);
    const before = treeOf(root);
    expect(newRule('lamp-a-1')).toMatchObject({ status: 2 });
    expect(treeOf(root)).toEqual(before);
  });

  test('a folder that is no rules package, and a list it does not understand', () => {
    rmSync(join(root, 'src/index.ts'));
    expect(newRule('lamp-oil').stderr).toMatch(/index\.ts does not exist/);
    writeFileSync(join(root, 'src/index.ts'), 'export const rules = await load();\n');
    expect(newRule('lamp-oil').stderr).toMatch(/cannot take lamp-oil/);
    writeFileSync(join(root, 'src/index.ts'), 'export const rules = [notImported];\n');
    expect(newRule('lamp-oil').stderr).toMatch(/cannot take lamp-oil/);
  });
});

test('--help names every option and writes nothing', () => {
  const before = treeOf(root);
  const { status, stdout } = newRule('--help');
  expect(status).toBe(0);
  for (const word of ['<id>', '--group', '--kind', '--rules', '--help', ...KINDS])
    expect(stdout).toContain(word);
  expect(treeOf(root)).toEqual(before);
});

function newRule(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const script = join(repository, 'tools/new-rule/new-rule.mjs');
  return spawnSync(process.execPath, [script, ...words, '--rules', root], { encoding: 'utf8' });
}

function tool(bin: string, ...words: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'node_modules', bin), ...words],
    { cwd: folder, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function expectToParse(text: string): void {
  expect(() => transformSync(text, { loader: 'ts', logLevel: 'silent' })).not.toThrow();
}

/** A page's headings, marks and all. */
function headings(markdown: string): string[] {
  return markdown.match(/^##? .+$/gm) ?? [];
}

/** The list as text says it: paths imported, names imported, names in the array. */
function readList(): { paths: string[]; imported: string[]; elements: string[] } {
  const text = read('src/index.ts');
  expectToParse(text);
  const imports = [...text.matchAll(/^import (\w+) from '(\..+)';$/gm)];
  const [, array] = /rules[^=]*= \[([^\]]*)\]/.exec(text)!;
  return {
    paths: imports.map(([, , path]) => path!),
    imported: imports.map(([, name]) => name!),
    elements: array!.match(/\w+/g) ?? [],
  };
}

/** Every file below a folder with its text. */
function treeOf(at: string): Record<string, string> {
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, 'utf8')];
    }),
  );
}
