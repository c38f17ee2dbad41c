/** Our detectors under the real secretlint, and a repository's own rules under ours. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDraw } from '../src/draw.ts';
import { createScanner, loadSecretlintConfig } from '../src/index.ts';

const require = createRequire(import.meta.url);
const manifest = require.resolve('secretlint/package.json');
const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> | string };
const cli = join(dirname(manifest), typeof bin === 'string' ? bin : Object.values(bin)[0]!);
const draw = createDraw('preset');
const secrets = {
  'config/redis.ts': `export const url = 'redis://:${draw('alnum', 24)}@cache.acme.io:6379';`,
  'src/auth.ts': `// é\nexport const jwtSecret = '${draw('alnum', 40)}';`,
  'src/clean.ts': 'export const answer = 42;',
  'src/allowed.ts': `export const apiSecret = 'LEGACY${draw('alnum', 34)}';`,
  'src/own.ts': 'export const id = "ACME-12345678";',
};
const preset = (options: object): object => ({
  rules: [
    {
      id: '@bulwark/secretlint-rule-preset',
      rules: [{ id: '@bulwark/secretlint-rule-assignment', options }],
    },
  ],
});

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'secretlint-'));
  for (const [path, text] of Object.entries(secrets)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const rule = join(root, 'node_modules/@acme/secretlint-rule-badge');
  mkdirSync(rule, { recursive: true });
  writeFileSync(
    join(rule, 'package.json'),
    '{"name":"@acme/secretlint-rule-badge","type":"module","exports":"./index.js"}',
  );
  writeFileSync(
    join(rule, 'index.js'),
    `const messages = { BADGE: { en: () => 'found a badge' } };
    export const creator = {
      messages,
      meta: { id: '@acme/secretlint-rule-badge', type: 'scanner', recommended: false, supportedContentTypes: ['text'] },
      create: (context) => ({ file(source) {
        for (const { index, 0: text } of source.content.matchAll(/ACME-[0-9]{8}/g)) {
          context.report({ message: context.createTranslator(messages)('BADGE', {}), range: [index, index + text.length] });
        }
      } }),
    };`,
  );
});
afterAll(() => rmSync(root, { recursive: true }));

const run = (program: string, args: readonly string[]): Promise<{ code: number; out: string }> =>
  new Promise((done) => {
    // secretlint resolves rules from where it is installed itself; this stands for an install beside ours.
    const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
    execFile(program, args, { cwd: root, env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr });
    });
  });

describe('the packed preset under secretlint’s own command', () => {
  test('finds what ours finds, in its place, and prints no secret', async () => {
    const packed = join(root, 'packed');
    await run(process.execPath, [
      fileURLToPath(new URL('../scripts/pack-preset.mjs', import.meta.url)),
      packed,
    ]);
    mkdirSync(join(root, 'node_modules/@bulwark'), { recursive: true });
    symlinkSync(packed, join(root, 'node_modules/@bulwark/secretlint-rule-preset'));
    writeFileSync(join(root, '.secretlintrc.json'), JSON.stringify(preset({ allows: ['/^LEGACY/'] })));

    const { code, out } = await run(process.execPath, [cli, '--format', 'json', 'config/*', 'src/*']);
    expect([code, code === 1 ? '' : out]).toEqual([1, '']);
    const results = JSON.parse(out) as {
      filePath: string;
      messages: { ruleId: string; message: string; loc: { start: { line: number; column: number } } }[];
    }[];
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, loc }) => [
        filePath.slice(root.length + 1),
        ruleId,
        loc.start.line,
        loc.start.column + 1,
      ]),
    );
    const scanner = createScanner();
    const ours = await Promise.all(
      Object.entries(secrets).map(
        async ([path, text]) => (await scanner.scan({ path, bytes: Buffer.from(text) })).hits,
      ),
    );
    const places = ours
      .flat()
      .filter(({ place }) => place.path !== 'src/allowed.ts')
      .map(({ place }) => [place.path, place.line, place.column]);
    expect(found.map(([path, , line, column]) => [path, line, column]).toSorted()).toEqual(places.toSorted());
    expect(found.map(([, ruleId]) => ruleId).toSorted()).toEqual([
      '@bulwark/secretlint-rule-assignment',
      '@bulwark/secretlint-rule-credential-url',
    ]);
    for (const message of results.flatMap(({ messages }) => messages.map((each) => each.message)))
      expect(message).toContain('********');
  });
});

describe('a repository’s own configuration under ours', () => {
  const scanUnder = async (config: object, path: keyof typeof secrets) => {
    const loaded = await loadSecretlintConfig('.secretlintrc.json', JSON.stringify(config), root);
    const { hits } = await createScanner({ secretlint: loaded }).scan({
      path,
      bytes: Buffer.from(secrets[path]),
    });
    return hits.map(({ detector }) => detector);
  };

  test('rules it adds run on every file, past the prefilter', async () => {
    const config = {
      rules: [{ id: '@acme/secretlint-rule-badge' }, { id: '@secretlint/secretlint-rule-preset-recommend' }],
    };
    expect(await scanUnder(config, 'src/own.ts')).toEqual(['@acme/secretlint-rule-badge']);
    expect(await scanUnder(config, 'src/auth.ts')).toEqual(['bulwark/assigned-secret']);
    expect(await scanUnder({ rules: [] }, 'src/own.ts')).toEqual([]);
    expect(
      await scanUnder({ rules: [{ id: '@acme/secretlint-rule-badge', disabled: true }] }, 'src/own.ts'),
    ).toEqual([]);
  });

  test('what it allows, ours allow', async () => {
    expect(await scanUnder({ rules: [] }, 'src/allowed.ts')).toHaveLength(1);
    expect(await scanUnder(preset({ allows: ['/^LEGACY/'] }), 'src/allowed.ts')).toEqual([]);
  });

  test.each([
    ['{', 'not JSON'],
    ['{}', 'no list of rules'],
    ['{"rules":[{"id":"@acme/nowhere"}]}', 'cannot be loaded'],
  ])('%s is an error: %s', async (text, message) => {
    await expect(loadSecretlintConfig('.secretlintrc.json', text, root)).rejects.toThrow(message);
  });
});
