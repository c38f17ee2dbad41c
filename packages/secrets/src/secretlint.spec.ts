import { createHash } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDraw } from './draw.ts';
import { findByPreset } from './engine-matches.ts';
import { createScanner } from './index.ts';
import { prefilter } from './prefilter.ts';
import { createEngine } from './secretlint.ts';
import { readSuppressions } from './suppressions.ts';

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const engine = await createEngine();

/** The engine by itself, its comments on. */
const lint = async (filePath: string, content: string) => {
  const { messages } = await lintSource({
    source: { filePath, content, ext: '', contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules: [{ id: PRESET, rule: creator, options: {} }] } },
  });
  return messages;
};

/** A text for each form of each rule of the preset, by name; the second part is its path. */
const positives = (seed: string): readonly (readonly [string, string])[] => {
  const d = createDraw(seed);
  const key = (kind: string, start: string): string =>
    `-----BEGIN ${kind}PRIVATE KEY-----\n${(start + d('base64', 400)).match(/.{1,64}/g)!.join('\n')}\n-----END ${kind}PRIVATE KEY-----`;
  const json = JSON.stringify({ private_key_id: d('hex', 40), private_key: key('', 'MIIE') });
  return [
    [`AWS_SECRET_ACCESS_KEY=${d('alnum', 40)}`, 'a.txt'],
    [`"secretAccessKey": "${d('alnum', 40)}"`, 'a.json'],
    [`aws_SecretAccess_Key => '${d('alnum', 40)}'`, 'a.rb'],
    [json, 'gcp.json'],
    [json.replace('private_key_id', String.raw`\u0070rivate_key_id`), 'gcp.json'],
    [json.replace('private_key_id', String.raw`private\u005Fkey_id`), 'gcp.json'],
    [key('', 'MIIE'), 'k'],
    [key('RSA ', 'MIIE'), 'k'],
    [key('OPENSSH ', 'b3BlbnNzaC1rZXktdjE'), 'k'],
    [`npm_${d('alnum', 36)}`, 'a'],
    [`//registry.npmjs.org/:_authToken=${d('hex', 36)}`, '.npmrc'],
    [`"x": "git+https://${d('hex', 40)}:x-oauth-basic@github.com/a/b.git"`, 'package.json'],
    [`https://me:${d('alnum', 20)}@acme.io/x`, 'a'],
    [`ftp://me:${d('alnum', 20)}@acme.io`, 'a'],
    [`xoxb-${d('digit', 11)}-${d('digit', 11)}-${d('alnum', 24)}`, 'a'],
    [`https://HOOKS.slack.com/services/T${d('alnum', 8)}/B${d('alnum', 8)}/${d('alnum', 24)}`, 'a'],
    [`SG.${d('alnum', 22)}.${d('alnum', 43)}`, 'a'],
    ...['shppa_', 'shpca_', 'shpat_', 'shpss_'].map((prefix) => [`${prefix}${d('alnum', 32)}`, 'a'] as const),
    ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => [`${prefix}${d('alnum', 36)}`, 'a'] as const),
    [['ghs', '1', 'a.b.c'].join('_'), 'a'],
    [`github_pat_${d('alnum', 82)}`, 'a'],
    [`sk-${d('alnum', 20)}T3BlbkFJ${d('alnum', 20)}`, 'a'],
    [`sk-ant-api03-${d('alnum', 93)}AA`, 'a'],
    [`gsk_${d('alnum', 52)}`, 'a'],
    [`hf_${d('alnum', 60).replaceAll(/[0-9]/g, 'k').slice(0, 34)}`, 'a'],
    [`lin_api_${d('alnum', 40)}`, 'a'],
    [`ntn_${d('digit', 11)}${d('alnum', 35)}`, 'a'],
    [`mongodb://me:${d('alnum', 20)}@acme.io/x`, 'a'],
    [`mongodb://@me:${d('alnum', 20)}@acme.io/x`, 'a'],
    [`MySQL://me:${d('alnum', 20)}@acme.io/x`, 'a'],
    [`postgresql://me:"${d('alnum', 20)}"@acme.io/x`, 'a'],
    ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'].map(
      (prefix) => [`${prefix}${d('alnum', 24)}`, 'a'] as const,
    ),
    [`glpat-${d('alnum', 20)}`, 'a'],
    [`dckr_pat_${d('alnum', 27)}`, 'a'],
    [`figd_${d('alnum', 40)}`, 'a'],
    [`tskey-api-${d('alnum', 10)}-${d('alnum', 20)}`, 'a'],
    [`glc_${d('alnum', 40)}`, 'a'],
    [`glsa_${d('alnum', 32)}_${d('hex', 8)}`, 'a'],
    [`hvs.${d('alnum', 92)}`, 'a'],
    [`hvb.${d('alnum', 140)}`, 'a'],
    [`hvr.${d('alnum', 92)}`, 'a'],
    [`dapi${d('hex', 32)}`, 'a'],
    ...['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'].map((prefix) => [`${prefix}${d('alnum', 24)}`, 'a'] as const),
    ...['cfk_', 'cfut_', 'cfat_'].map((prefix) => [`${prefix}${d('alnum', 40)}${d('hex', 8)}`, 'a'] as const),
  ];
};

describe('the prefilter lets through all the engine finds', () => {
  const all = ['1', '2', '3'].flatMap((seed) => positives(seed));
  const passes = (path: string, text: string): boolean =>
    prefilter(path, Buffer.from(text)).engine.length > 0;

  test('on a text for each form of each rule', async () => {
    let found = 0;
    for (const [text, path] of all) {
      if ((await lint(path, text)).length === 0) continue;
      found += 1;
      expect([text.slice(0, 8), passes(path, text)]).toEqual([text.slice(0, 8), true]);
    }
    // A form the engine no longer finds would test nothing.
    expect(found).toBeGreaterThanOrEqual(all.length - 12);
  });

  test('on such texts cut, joined and changed', async () => {
    const piece = fc.constantFrom(...all);
    const change = fc.record({
      piece,
      at: fc.nat(200),
      by: fc.constantFrom('', ' ', '"', ':', '@', '/', 'é', '\u00a0', '\n', '='),
    });
    await fc.assert(
      fc.asyncProperty(
        change,
        fc.string({ maxLength: 30 }),
        async ({ piece: [text, path], at, by }, around) => {
          const changed = around + text.slice(0, at) + by + text.slice(at) + around;
          if ((await lint(path, changed)).length > 0) expect(passes(path, changed)).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

test('a URL whose finding would be turned down does not ask the engine; every other does', async () => {
  const word = fc.constantFrom('me', 'user', 'x', 'key_1', 'token', `${createDraw('u')('alnum', 20)}`);
  const host = fc.constantFrom(
    'example.com',
    'acme.io',
    'localhost',
    'db.acme.io',
    'a.b',
    'acme.io/{id}',
    '127.0.0.1',
  );
  const web = ['http', 'https', 'ftp', 'ftps', 'xhttps'];
  const scheme = fc.constantFrom(...web, 'postgres', 'MySQL', 'mysqlx', 'jdbc:mysql', 'mongodb+srv');
  const end = fc.constantFrom('', '(', '/', ':80/', '"', ')', '?a=b', '/é?a=b', '${x}', ',', '#');
  await fc.assert(
    fc.asyncProperty(
      scheme,
      word,
      word,
      host,
      end,
      fc.string({ maxLength: 4 }),
      async (s, u, p, h, e, around) => {
        const text = Buffer.from(`${around}${s}://${u}:${p}@${h}${e}${around}`);
        const given = async (): Promise<typeof engine> => engine;
        const from = text.indexOf('://');
        const secrets = async (places: number[]): Promise<string[]> =>
          (await findByPreset(given, 'a.txt', text, places)).map(({ secret }) => secret);
        // A place that is no URL is never idle, so the engine looks at all of it.
        const all = await secrets([text.length, from]);
        expect(await secrets(prefilter('a.txt', text).engine as number[])).toEqual(all);
      },
    ),
    { numRuns: 1500 },
  );
});

describe('the engine', () => {
  const secret = `ghp_${createDraw('engine')('alnum', 36)}`;

  test('finds in a large text what stands across its pieces, once', async () => {
    const piece = 128 * 1024;
    for (const at of [10, piece - 20, piece + 5, 2 * piece - 1]) {
      const text = Buffer.from(`${'é '.repeat(at / 3)} ${secret} ${'x '.repeat(piece)}`);
      const { engine: places } = prefilter('a.txt', text);
      const matches = await findByPreset(async () => engine, 'a.txt', text, places);
      expect(new Set(matches.map(({ secret: found }) => found))).toEqual(new Set([secret]));
      const { hits } = await createScanner().scan({ path: 'a.txt', bytes: text });
      expect(hits).toHaveLength(1);
    }
  });

  test('leaves no performance mark, so time stays linear in the number of files', async () => {
    const scanner = createScanner();
    for (let file = 0; file < 50; file += 1)
      await scanner.scan({ path: `${file}.ts`, bytes: Buffer.from(secret) });
    const entries = [...performance.getEntriesByType('mark'), ...performance.getEntriesByType('measure')];
    expect(entries.filter(({ name }) => !name.startsWith('jest/'))).toEqual([]);
  });

  test('of two detectors that find one secret one names it; two secrets on a line are two', async () => {
    const other = `npm_${createDraw('other')('alnum', 36)}`;
    const { hits } = await createScanner().scan({
      path: 'a.ts',
      bytes: Buffer.from(`token = '${secret}', b = '${other}'`),
    });
    expect(hits.map(({ title }) => title)).toEqual(['GitHub personal access token', 'npm access token']);
    expect(new Set(hits.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(hits[0]!.fingerprint).toBe(
      createHash('sha256').update(`committed-secret\0${secret}\0`).digest('hex'),
    );
  });
});

describe('suppression comments', () => {
  const secretOf = (index: number): string => `npm_${createDraw(`s${index}`)('alnum', 36)}`;
  const RULE = '@secretlint/secretlint-rule-npm';

  test('silence what they silence in secretlint itself', async () => {
    const line = fc.constantFrom(
      'secret',
      'secret',
      '// secretlint-disable',
      '// secretlint-enable',
      '// secretlint-disable-next-line',
      'secret // secretlint-disable-line',
      `/* secretlint-disable ${RULE} -- why */`,
      `/* secretlint-enable ${RULE} */`,
      `# secretlint-disable-next-line @secretlint/secretlint-rule-aws, ${RULE}`,
      `# secretlint-disable-next-line @secretlint/secretlint-rule-aws`,
      'code',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const content = `${lines.map((text, index) => text.replace('secret ', `${secretOf(index)} `).replace(/^secret$/, secretOf(index))).join('\n')}\n\n`;
        const expected = (await lint('a.ts', content)).map(({ loc }) => loc.start.line);
        const suppressions = readSuppressions(content);
        const ours = content.split('\n').flatMap((text, index) => {
          const column = text.indexOf('npm_') + 1;
          const span = { line: index + 1, column, endLine: index + 1, endColumn: column + 40 };
          return column > 0 && !suppressions.covers(span, [RULE]) ? [index + 1] : [];
        });
        expect(ours).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('silence our own detectors too, and a whole file that is silenced is told', async () => {
    const scan = (text: string) => createScanner().scan({ path: 'src/a.ts', bytes: Buffer.from(text) });
    const secret = `JWT_SECRET = '${createDraw('own')('alnum', 40)}'`;
    expect((await scan(`// secretlint-disable-next-line\n${secret}\n`)).hits).toEqual([]);
    const silenced = await scan(`// secretlint-disable\n${secret}\n`);
    expect(silenced.hits).toEqual([]);
    expect(silenced.disabledAt).toMatchObject({ path: 'src/a.ts', line: 1, column: 4 });
    expect((await scan(`// secretlint-disable\n// secretlint-enable\n${secret}\n`)).hits).toHaveLength(1);
    expect((await scan('# secretlint-disable')).disabledAt).not.toBeNull();
  });
});
