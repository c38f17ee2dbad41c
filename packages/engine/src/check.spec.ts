/** A whole check on trees held in memory: no git, no rules of the product's own. */
import { describe, expect, test } from '@jest/globals';
import { defineRule, exitCodeOf, memorySnapshot, pass, startOf, violation } from '@bulwark/model';
import type { Change, CheckRequest, FileFacts, MemoryFile, Report, Rule, Snapshot } from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import { createCheck } from './check.ts';

/** Finds the word FORBIDDEN; cannot scan a file that says UNSCANNABLE. */
const scanner: Scanner = {
  scan: ({ path, bytes }: { path: string; bytes: Uint8Array }) => {
    const text = Buffer.from(bytes).toString('utf8');
    if (text.includes('UNSCANNABLE')) return Promise.reject(new Error('out of memory'));
    const line = text.split('\n').findIndex((one) => one.includes('FORBIDDEN')) + 1;
    const place = { ...startOf(path), line, endLine: line };
    const hits =
      line > 0 ? [{ detector: 'd', title: 'T', mask: '…', fingerprint: 'f'.repeat(64), place }] : [];
    return Promise.resolve({ hits, env: null, notChecked: [], disabledAt: null });
  },
} as unknown as Scanner;

const forbidden: Rule = defineRule<FileFacts>({
  kind: 'file',
  id: 'forbidden-word',
  title: 't',
  why: 'w',
  severity: 'error',
  messages: { found: () => 'the word is there' },
  select: (file) => file,
  check: ({ secrets }) =>
    secrets.length === 0
      ? pass('nothing')
      : secrets.map(({ place, fingerprint }) => violation('found', {}, { key: 'k', place, fingerprint })),
}) as Rule;

const throwing: Rule = {
  ...forbidden,
  id: 'throwing-rule',
  check: () => {
    throw new Error('broken rule');
  },
} as Rule;

interface Tree {
  readonly files: Record<string, MemoryFile>;
  readonly base?: Record<string, MemoryFile>;
  readonly changes?: readonly Change[];
  readonly rules?: readonly Rule[];
}

async function check(
  { files, base, changes, rules = [forbidden] }: Tree,
  over: Partial<CheckRequest> = {},
): Promise<Report> {
  let isOpen = true;
  const ask = createCheck({
    version: '0.0.0',
    rules,
    createScanner: () => scanner,
    now: () => new Date('2027-01-01T12:00:00Z'),
    openSubject: () =>
      Promise.resolve({
        snapshot: memorySnapshot(files),
        folder: '.',
        changes: changes ?? null,
        bases: base ? [memorySnapshot(base)] : [],
        close: () => {
          isOpen = false;
          return Promise.resolve();
        },
      }),
  });
  try {
    return await ask({
      cwd: '/',
      view: { kind: 'worktree' },
      scope: changes ? 'changes' : 'everything',
      ...over,
    });
  } finally {
    expect(isOpen).toBe(false);
  }
}

const bad = 'x\nFORBIDDEN\n';

describe('a check', () => {
  test('judges every file, or only what changed', async () => {
    const files = { 'a.txt': bad, 'b.txt': 'x\n', 'c.txt': bad };
    expect((await check({ files })).findings.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'a.txt:2',
      'c.txt:2',
    ]);
    const changed = await check({ files, changes: [{ path: 'b.txt', status: 'added' }] });
    expect(changed).toMatchObject({ findings: [], scanned: { files: 1 }, complete: true });
  });

  test('a rule that throws hides no other, and is not a pass', async () => {
    const report = await check({ files: { 'a.txt': bad }, rules: [throwing, forbidden] });
    expect(report.findings.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      'forbidden-word violation',
      'throwing-rule undecided',
    ]);
    expect(report.problems).toMatchObject([
      { path: 'a.txt', message: expect.stringContaining('broken rule') },
    ]);
    expect(report.complete).toBe(false);
    const alone = await check({ files: { 'a.txt': 'x' }, rules: [throwing] });
    expect(exitCodeOf(alone)).toBe(2);
  });

  test('a file that cannot be scanned is a problem, not a pass; the others are judged', async () => {
    const report = await check({ files: { 'a.txt': 'UNSCANNABLE', 'b.txt': bad } });
    expect(report).toMatchObject({
      complete: false,
      problems: [{ path: 'a.txt' }],
      findings: [{ path: 'b.txt' }],
    });
  });

  test('a file that cannot be read is a problem', async () => {
    const snapshot = memorySnapshot({ 'a.txt': 'x' });
    const broken: Snapshot = { ...snapshot, read: () => Promise.reject(new Error('object is gone')) };
    const ask = createCheck({
      version: '0',
      rules: [forbidden],
      createScanner: () => scanner,
      now: () => new Date(),
      openSubject: () =>
        Promise.resolve({
          snapshot: broken,
          folder: '.',
          changes: null,
          bases: [],
          close: () => Promise.resolve(),
        }),
    });
    const report = await ask({ cwd: '/', view: { kind: 'worktree' }, scope: 'everything' });
    expect(report).toMatchObject({
      complete: false,
      problems: [{ path: 'a.txt', message: expect.stringContaining('object is gone') }],
    });
  });

  test('a file over the cap is named and not read', async () => {
    const report = await check({
      files: { 'bulwark.json': '{ "maxFileSize": "100b" }', 'big.txt': bad.repeat(100) },
    });
    expect(report).toMatchObject({
      complete: false,
      findings: [],
      problems: [{ path: 'big.txt', message: expect.stringContaining('maxFileSize') }],
    });
  });

  test('ignored paths and submodules are left out and listed', async () => {
    const report = await check({
      files: {
        'bulwark.json': '{ "ignore": ["lib/**"] }',
        'lib/a.txt': bad,
        sub: { content: '', mode: '160000' },
      },
    });
    expect(report).toMatchObject({ complete: true, findings: [], scanned: { files: 1 } });
    expect(report.scanned.skipped.map(({ path }) => path)).toEqual(['lib/a.txt', 'sub']);
  });

  test('what .secretlintignore names is not searched for secrets, and listed', async () => {
    const files = {
      '.secretlintignore': '# made up\nlib/\n!lib/b.txt\n*.log\n',
      'lib/a.txt': bad,
      'lib2/a.txt': bad,
      'deep/down/x.log': bad,
    };
    const report = await check({ files });
    expect(report.findings.map(({ path }) => path)).toEqual(['lib2/a.txt']);
    expect(report.scanned).toMatchObject({
      files: 4,
      skipped: ['deep/down/x.log', 'lib/a.txt'].map((path) => ({
        path,
        reason: 'not searched for secrets: ignored by .secretlintignore',
      })),
    });
  });

  test('unmerged paths are problems', async () => {
    const report = await check({ files: {}, changes: [{ path: 'a.txt', status: 'unmerged' }] });
    expect(exitCodeOf(report)).toBe(2);
    expect(report.problems).toMatchObject([{ path: 'a.txt' }]);
  });

  test('within narrows it to a folder, and an empty one is a mistake', async () => {
    const files = { 'a/x.txt': bad, 'b/x.txt': bad };
    expect((await check({ files }, { within: './a/' })).findings.map(({ path }) => path)).toEqual([
      'a/x.txt',
    ]);
    await expect(check({ files }, { within: 'c' })).rejects.toThrow('nothing to judge in "c"');
  });

  test('a secret is found by a comment beside it, and waived by the settings', async () => {
    const waived = await check({
      files: {
        'a.txt': bad,
        'bulwark.json': '{ "waivers": [{ "rule": "forbidden-word", "path": "a.*", "reason": "agreed" }] }',
      },
    });
    expect(waived.findings).toMatchObject([{ waived: { reason: 'agreed' } }]);
    expect(exitCodeOf(waived)).toBe(0);
  });
});

describe('against a base', () => {
  const changes: readonly Change[] = [{ path: 'a.txt', status: 'modified' }];

  test('what the base has at the same path is older', async () => {
    const report = await check({ files: { 'a.txt': `new line\n${bad}` }, base: { 'a.txt': bad }, changes });
    expect(report.findings).toMatchObject([{ line: 3, older: true }]);
    expect(exitCodeOf(report)).toBe(0);
  });

  test('at another path it is new', async () => {
    const report = await check({ files: { 'a.txt': bad }, base: { 'b.txt': bad, 'a.txt': 'x' }, changes });
    expect(exitCodeOf(report)).toBe(1);
  });

  test('block all, and rules that always block', async () => {
    const all = { 'a.txt': bad, 'bulwark.json': '{ "hooks": { "block": "all" } }' };
    expect(exitCodeOf(await check({ files: all, base: all, changes }))).toBe(1);
    const always = { 'a.txt': bad, 'bulwark.json': '{ "hooks": { "always": ["forbidden-word"] } }' };
    expect(exitCodeOf(await check({ files: always, base: always, changes }))).toBe(1);
  });
});
