/** The rules about the policy, in whole checks on trees held in memory. */
import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import type { CheckRequest, Finding, MemoryFile, Report, Severity } from '@bulwark/model';
import { rules as allRules } from '@bulwark/rules';
import type { Scanner } from '@bulwark/secrets';
import { createCheck } from '../check.ts';

/** Those about the policy, those about files, and two that look at settings alone. */
const rules = allRules.filter(
  ({ id, kind }) => kind === 'policy' || kind === 'file' || id.startsWith('router-strict'),
);

const scanner = {
  scan: ({ path }: { path: string }) =>
    Promise.resolve({
      hits: [],
      env: path.endsWith('.env')
        ? {
            by: 'name',
            holds: 'values',
            variable: 'A',
            place: { path, line: 1, column: 1, endLine: 1, endColumn: 1 },
          }
        : null,
      notChecked: [],
      disabledAt: null,
    }),
} as unknown as Scanner;

type Files = Record<string, MemoryFile>;
type Json = Record<string, unknown>;

const tree = (settings: Json | string | null, files: Files = {}): Files => ({
  ...files,
  ...(settings === null
    ? {}
    : { 'bulwark.json': typeof settings === 'string' ? settings : JSON.stringify(settings, null, 2) }),
});

async function check(
  files: Files,
  bases: readonly Files[] | null,
  over: Partial<CheckRequest> = {},
): Promise<Report> {
  const ask = createCheck({
    version: '0.0.0',
    rules,
    createScanner: () => scanner,
    now: () => new Date('2027-01-10T23:59:00Z'),
    openSubject: () =>
      Promise.resolve({
        snapshot: memorySnapshot(files),
        folder: '.',
        changes: bases ? [] : null,
        bases: (bases ?? []).map((base) => memorySnapshot(base)),
        close: () => Promise.resolve(),
      }),
  } as Parameters<typeof createCheck>[0]);
  return ask({ cwd: '/', view: { kind: 'index' }, scope: bases ? 'changes' : 'everything', ...over });
}

const POLICY = /^(?:policy-|waiver-)/;
const texts = ({ findings }: Report): string[] =>
  findings.filter(({ rule }) => POLICY.test(rule)).map(({ message, line }) => `${line}: ${message}`);

const change = async (
  before: Json | string | null,
  after: Json | string | null,
  files: Files = {},
): Promise<Report> => check(tree(after, files), [tree(before, files)]);

describe('policy-weakened', () => {
  test.each<[string, Json | null, Json | null, RegExp[]]>([
    [
      'a rule is turned down',
      null,
      { rules: { 'env-file': 'warn' } },
      [/^3: .*env-file down from "error" to "warn"/],
    ],
    ['a rule is turned up', null, { rules: { 'waiver-unused': 'error' } }, []],
    ['a rule is turned back', { rules: { 'env-file': 'off' } }, null, []],
    [
      'deleting the settings',
      { rules: { 'waiver-unused': 'error' } },
      null,
      [/^1: .*waiver-unused down from "error" to "warn"/],
    ],
    [
      'other options',
      { rules: { 'router-strict': ['error', { bulkNeeded: false }] } },
      { rules: { 'router-strict': ['error', { bulkNeeded: true }] } },
      [/router-strict other options: \{"bulkNeeded":true\}, before \{"bulkNeeded":false\}/],
    ],
    [
      'a waiver is added',
      null,
      { waivers: [{ rule: 'env-file', path: 'a/**', reason: 'r' }] },
      [/^3: .*waives env-file for a\/\*\*: r/],
    ],
    [
      'a waiver lasts longer',
      { waivers: [{ rule: 'env-file', app: 'a', reason: 'r', expires: '2027-06-01' }] },
      { waivers: [{ rule: 'env-file', app: 'a', reason: 'r' }] },
      [/waiver of env-file for a until ever, before 2027-06-01/],
    ],
    [
      'a waiver lasts less long, another goes',
      {
        waivers: [
          { rule: 'env-file', app: 'a', reason: 'r' },
          { rule: 'env-file', app: 'b', reason: 'r' },
        ],
      },
      { waivers: [{ rule: 'env-file', app: 'a', reason: 'r', expires: '2027-06-01' }] },
      [],
    ],
    [
      'more is ignored',
      { ignore: ['docs/**'] },
      { ignore: ['docs/**', 'src/**'] },
      [/^4: .*ignores "src\/\*\*": 2 more files/],
    ],
    ['less is ignored', { ignore: ['src/**'] }, { ignore: ['src/a/**'] }, []],
    ['for files to come', null, { ignore: ['future/**'] }, [/no file is there yet/]],
    ['undecided', null, { undecided: 'info' }, [/undecided as "info", before "warn"/]],
    [
      'the hooks',
      { hooks: { block: 'all' } },
      { hooks: { block: 'new', always: [] } },
      [/before, everything blocked/, /pass router-strict-parity/],
    ],
    ['an env file name goes', { envFiles: ['*.secrets'] }, null, [/^1: .*"\*\.secrets" out of "envFiles"/]],
    ['an env file name comes', null, { envFiles: ['*.secrets'] }, []],
    ['larger files', null, { maxFileSize: '1gb' }, [/up to 1gb in, before 50mb/]],
    ['smaller files', null, { maxFileSize: '1mb' }, []],
    ['the same, said otherwise', { ignore: [] }, { rules: {}, undecided: 'warn' }, []],
  ])('%s', async (_name, before, after, expected) => {
    const found = texts(await change(before, after, { 'src/a/x.ts': '', 'src/b.ts': '' }));
    expect(found).toHaveLength(expected.length);
    for (const one of expected) expect(found.join('\n')).toMatch(one);
  });

  test('a preset is one finding, and strict makes what is undecided an error', async () => {
    const [found, ...others] = texts(await change({ preset: 'strict' }, { preset: 'secrets-only' }));
    expect(found).toMatch(
      /^2: .*preset "strict" by "secrets-only", which turns .*router-strict, router-strict-parity/,
    );
    expect(others).toEqual([expect.stringMatching(/undecided as "warn", before "error"/)]);
    expect(texts(await change({ preset: 'secrets-only' }, { preset: 'recommended' }))).toEqual([]);
  });

  const app = (root: string): Files => ({
    [`${root}/package.json`]: '{"dependencies":{"arkos":"1.6.7"}}',
    [`${root}/arkos.config.ts`]: 'export default {};\n',
  });

  test('an override names the apps it lets go', async () => {
    const files = { ...app('apps/a'), ...app('apps/b') };
    const after = { overrides: [{ apps: ['apps/a'], rules: { 'env-file': 'off' } }] };
    expect(texts(await change(null, after, files))).toEqual([
      expect.stringMatching(/^8: .*env-file down from "error" to "off" for apps\/a$/),
    ]);
  });

  test('files that .secretlintignore takes from the search for secrets', async () => {
    const texted = (report: Report): string[] =>
      report.findings
        .filter(({ rule }) => POLICY.test(rule))
        .map(({ path, line, message }) => `${path}:${line} ${message.replace('this change ', '')}`);
    const judge = async (before: string | null, after: string | null): Promise<string[]> => {
      const of = (text: string | null): Files => ({
        'docs/a.md': '',
        'docs/b.md': '',
        'src/c.ts': '',
        ...(text === null ? {} : { '.secretlintignore': text }),
      });
      return texted(await check(of(after), [of(before)]));
    };
    expect(await judge(null, '# notes\ndocs/\n')).toEqual([
      '.secretlintignore:2 has .secretlintignore name "docs/": 2 more files are not searched for secrets',
    ]);
    expect(await judge('docs/\n', 'docs/\n*.log\n')).toEqual([
      '.secretlintignore:2 has .secretlintignore name "*.log": no file is there yet',
    ]);
    expect(await judge('*.md\n!docs/b.md\n', '*.md\n')).toEqual([
      '.secretlintignore:1 takes the exception "!docs/b.md" out of .secretlintignore: 1 more file is not searched for secrets',
    ]);
    expect(await judge('*.md\n', '*.md\ndocs/a.md\n')).toEqual([]);
    expect(await judge('docs/\n', null)).toEqual([]);
  });

  test('an app that is left out', async () => {
    const files = { ...app('apps/a'), ...app('apps/b') };
    expect(texts(await change(null, { apps: ['apps/a'] }, files))).toEqual([
      expect.stringMatching(/^2: .*leaves out the app apps\/b/),
    ]);
  });

  test('cannot be switched off by the change it judges', async () => {
    const { findings } = await change(
      { rules: { 'policy-weakened': 'error' } },
      { rules: { 'policy-weakened': 'off' } },
    );
    expect(findings).toMatchObject([{ rule: 'policy-weakened', severity: 'error', line: 3, app: null }]);
  });

  test('a merge brings only what neither parent allowed', async () => {
    const strict = tree({ undecided: 'error' });
    const loose = tree({ undecided: 'warn' });
    expect(texts(await check(loose, [strict, loose]))).toEqual([]);
    expect(texts(await check(tree({ undecided: 'info' }), [strict, loose]))).toHaveLength(1);
  });

  test('broken settings of the base can be mended, and say that nothing can be compared', async () => {
    const { findings } = await change('{ "rules": ', { rules: { 'env-file': 'off' } });
    expect(findings).toMatchObject([
      {
        rule: 'policy-weakened',
        verdict: 'undecided',
        message: expect.stringMatching(/settings of the base cannot be read/),
      },
    ]);
  });

  test('nothing is said of the first commit, nor in an audit', async () => {
    const files = tree({ undecided: 'off', rules: { 'env-file': 'off' } });
    expect(texts(await check(files, []))).toEqual([]);
    expect(texts(await check(files, null))).toEqual([]);
  });
});

describe('waiver-expired', () => {
  test.each([
    ['2027-01-09', /ended on 2027-01-09/],
    ['2027-01-10', /ends on 2027-01-10, today/],
    ['2027-01-24', /in 14 days/],
    ['2027-01-25', null],
  ])('%s on the 10th of January', async (expires, text) => {
    const settings = { waivers: [{ rule: 'env-file', path: '.env', reason: 'r', owner: 'us', expires }] };
    const found = texts(await check(tree(settings, { '.env': 'A=1' }), null));
    expect(found).toEqual(text ? [expect.stringMatching(text)] : []);
    if (text) expect(found[0]).toMatch(/^8: .*\(owner: us\)$/);
  });

  test('as an error it blocks, unless the base has the very same settings', async () => {
    const settings = {
      rules: { 'waiver-expired': 'error' },
      waivers: [{ rule: 'env-file', path: 'x', reason: 'r', expires: '2020-01-01' }],
    };
    const severities = async (base: Files): Promise<[Severity, boolean][]> =>
      (await check(tree(settings), [base])).findings
        .filter(({ rule }) => rule === 'waiver-expired')
        .map(({ severity, older }: Finding) => [severity, older ?? false]);
    expect(await severities(tree(settings))).toEqual([['error', true]]);
    expect(await severities(tree({ ...settings, undecided: 'error' }))).toEqual([['error', false]]);
  });
});

describe('waiver-unused', () => {
  const settings = {
    waivers: [
      { rule: 'env-file', path: '.env', reason: 'r' },
      { rule: 'env-file', path: 'gone/.env', reason: 'r' },
    ],
  };
  const files = tree(settings, { '.env': 'A=1' });

  test('names the one that covers nothing', async () => {
    expect(texts(await check(files, null))).toEqual([
      expect.stringMatching(/^8: .*env-file for gone\/\.env covers nothing/),
    ]);
  });

  test('a waiver of these rules themselves may wait for a change', async () => {
    const waived = tree(
      {
        waivers: [
          { rule: 'waiver-expired', path: 'bulwark.json', reason: 'r' },
          { rule: 'env-file', path: '.env', reason: 'r', expires: '2020-01-01' },
        ],
      },
      { '.env': 'A=1' },
    );
    const { findings } = await check(waived, null);
    expect(findings.filter(({ rule }) => POLICY.test(rule))).toMatchObject([
      { rule: 'waiver-expired', waived: { reason: 'r' } },
    ]);
  });

  test('says nothing where only a part was looked at', async () => {
    expect(texts(await check(files, [files]))).toEqual([]);
    expect(texts(await check(files, null, { rules: ['env-file', 'waiver-unused'] }))).toEqual([]);
  });
});

test('suppression-without-reason is found where it stands', async () => {
  const comment = ['// bulwark', 'allow env-file'].join('-');
  const { findings } = await check({ 'src/a.ts': `x;\n${comment}\n` }, null);
  expect(findings).toMatchObject([
    { rule: 'suppression-without-reason', path: 'src/a.ts', line: 2, column: 4, severity: 'warn' },
  ]);
});

test('a pin for an app that is not there is a problem', async () => {
  const { complete, problems } = await check(
    tree(
      { arkos: { 'apps/aip': '1.6.7' } },
      {
        'apps/api/package.json': '{"dependencies":{"arkos":"1.5.0"}}',
        'apps/api/arkos.config.ts': 'export default {};\n',
      },
    ),
    null,
  );
  expect(complete).toBe(false);
  expect(problems).toMatchObject([{ path: 'bulwark.json', hint: 'Did you mean "apps/api"?' }]);
});
