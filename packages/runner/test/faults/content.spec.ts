/** What the bytes are, whatever attributes, drivers, encodings, names and settings say about them. */
import { existsSync } from 'node:fs';
import { chmod, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '@bulwark/model';
import { reporters } from '@bulwark/reporters';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { expectUntouched } from './expect-untouched.ts';
import { expectBlocked, expectCommitted, expectFinding, slip } from './expect-verdict.ts';
import { atMoment } from './at-moment.ts';
import { CLEAN, OTHER, S, expectNoSecret, leak } from './leak.ts';
import { bulwark, gitWith, runProgram } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
});
afterEach(() => repo.remove());

async function stage(path: string, content: string | Uint8Array): Promise<void> {
  await repo.write(path, content);
  await repo.git('add', '--force', '--', path);
}

async function writeProgram(path: string, script: string): Promise<string> {
  await repo.write(path, `#!/bin/sh\n${script}\n`);
  await chmod(join(repo.root, path), 0o755);
  return join(repo.root, path);
}

async function hookReport(): Promise<Report> {
  const { stdout } = await bulwark(repo, ['hook', 'pre-commit', '--format', 'json']);
  return JSON.parse(stdout) as Report;
}

describe('drivers and attributes', () => {
  test('F22: an LFS pointer stays one: no filter runs', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;
    const filter = await writeProgram('.git/filter', 'touch .git/ran; cat');
    for (const verb of ['clean', 'smudge', 'process']) await repo.git('config', `filter.lfs.${verb}`, filter);
    await repo.git('config', 'filter.lfs.required', 'true');
    await stage('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
    const id = (await gitWith(repo, pointer, 'hash-object', '-w', '--stdin')).trim();
    await repo.git('update-index', '--add', '--cacheinfo', `100644,${id},big.bin`);
    const { code, output } = await bulwark(repo, ['hook', 'pre-commit']);
    expect(output).toContain('looked at 2 files');
    expect(code).toBe(0);
    await repo.write('big.bin', pointer);
    expect((await bulwark(repo, ['audit'])).code).toBe(0);
    expect(existsSync(join(repo.root, '.git/ran'))).toBe(false);
  });

  test('F30: attributes that hide a file from a diff', async () => {
    const attributes = ['-diff', 'binary', '-text linguist-generated', '-text -diff -merge', 'diff=none'];
    await stage('.gitattributes', attributes.map((words, index) => `${index}.ts ${words}\n`).join(''));
    await repo.write('.git/info/attributes', 'info.ts binary\n');
    for (const index of attributes.keys()) await stage(`${index}.ts`, leak());
    await stage('info.ts', leak());
    await expectBlocked(
      repo,
      [...attributes.keys(), 'info'].map((name) => `${name}.ts:3`),
    );
  });

  test('F31: a textconv, an external diff and a pager are never run', async () => {
    const driver = await writeProgram('.git/driver', 'touch .git/ran; echo chat >&2');
    await repo.git('config', 'diff.hide.textconv', driver);
    await repo.git('config', 'diff.hide.command', driver);
    await repo.git('config', 'diff.external', driver);
    await repo.git('config', 'core.pager', driver);
    await repo.git('config', 'core.fsmonitor', driver);
    await repo.git('config', 'color.ui', 'always');
    await repo.git('config', 'core.quotePath', 'true');
    await stage('.gitattributes', '*.ts diff=hide\n');
    await stage('é.ts', leak());
    // Git itself asks the monitor when it commits, so here the hook is called by hand.
    const env = { GIT_EXTERNAL_DIFF: driver, GIT_PAGER: driver };
    await runProgram(repo, ['rm', '-f', '.git/ran']);
    const { code, output } = await bulwark(repo, ['hook', 'pre-commit'], { env });
    expectFinding(output, 'é.ts:3');
    expect(output).not.toContain('chat');
    expect(code).toBe(1);
    expect((await bulwark(repo, ['audit'], { env })).code).toBe(1);
    expect(existsSync(join(repo.root, '.git/ran'))).toBe(false);
    await expectBlocked(repo, 'é.ts:3');
  });
});

describe('encodings', () => {
  test('F35: CRLF, autocrlf and working-tree-encoding: lines as in the editor', async () => {
    await stage('crlf.ts', leak().replaceAll('\n', '\r\n'));
    await repo.git('config', 'core.autocrlf', 'true');
    await stage('auto.ts', leak().replaceAll('\n', '\r\n'));
    await stage('.gitattributes', 'wide.ts working-tree-encoding=UTF-16LE\n');
    await stage('wide.ts', Buffer.from(leak(), 'utf16le'));
    await expectBlocked(repo, ['crlf.ts:3', 'auto.ts:3', 'wide.ts:3']);
  });

  test('F36: UTF-16, either end first, with and without a mark', async () => {
    const little = Buffer.from(leak(), 'utf16le');
    const big = Buffer.from(little).swap16();
    await stage('le.ts', little);
    await stage('be.ts', big);
    await stage('le-mark.ts', Buffer.concat([Buffer.from([0xff, 0xfe]), little]));
    await stage('be-mark.ts', Buffer.concat([Buffer.from([0xfe, 0xff]), big]));
    await expectBlocked(repo, ['le.ts:3', 'be.ts:3', 'le-mark.ts:3', 'be-mark.ts:3']);
  });

  test('F38: bytes that are no UTF-8, and marks that look like line ends', async () => {
    const odd = {
      invalid: [0xff, 0xc3, 0x28],
      overlong: [0xc0, 0x80, 0xe0, 0x80, 0x8a],
      surrogate: [0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf],
      mark: [0xef, 0xbb, 0xbf],
      separator: [...Buffer.from('\u2028\u2029\u0085')],
      vertical: [0x0b, 0x0c],
      return: [0x0d],
      nul: [0x00],
    };
    for (const [name, bytes] of Object.entries(odd)) {
      const around = Buffer.from(bytes);
      const [first, second] = [Buffer.from('const a = 1;'), Buffer.from(`export const token = '${S}';`)];
      await stage(
        `${name}.ts`,
        Buffer.concat([around, first, around, Buffer.from('\n'), around, second, around, Buffer.from('\n')]),
      );
    }
    await expectBlocked(
      repo,
      Object.keys(odd).map((name) => `${name}.ts:2`),
    );
  });
});

describe('F43: env files', () => {
  test('by name, whatever is in them', async () => {
    const names = ['.env', '.env.production', 'apps/x/.env', 'apps/x/.env.local'];
    for (const name of names) await stage(name, 'PORT=8000\nLOG_LEVEL=debug\n');
    await expectBlocked(
      repo,
      names.map((name) => `${name}:1`),
      { rule: 'env-file' },
    );
  });

  test('a template with blanks passes, one with a secret is blocked', async () => {
    await stage('.env.example', 'PORT=\nJWT_SECRET=\nSLACK_TOKEN=\n');
    await expectCommitted(repo);
    await stage('.env.example', `PORT=\nJWT_SECRET=\nSLACK_TOKEN=${S}\n`);
    const output = await expectBlocked(repo, []);
    expect(output).toMatch(/^\.env\.example:3:\d+ .*error/m);
  });
});

describe('waivers', () => {
  const settings = (waiver: object): string =>
    JSON.stringify({ waivers: [{ reason: 'made up', ...waiver }] });

  async function fingerprint(): Promise<string> {
    return (await hookReport()).findings[0]!.fingerprint;
  }

  test('F45: by fingerprint; another secret on the same line is found', async () => {
    await stage('a.ts', leak());
    await stage('bulwark.json', settings({ rule: 'committed-secret', fingerprint: await fingerprint() }));
    expect(await expectCommitted(repo)).toContain('waived: made up');
    await repo.git('mv', 'a.ts', 'moved.ts');
    await expectCommitted(repo);
    await stage('moved.ts', leak().replace('export', `const other = '${OTHER}'; export`));
    await expectBlocked(repo, 'moved.ts:3');
  });

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])(
    'F47: a waiver holds to the end of its day UTC, seen from %s',
    async (TZ) => {
      await stage('a.ts', leak());
      const waiver = { rule: 'committed-secret', fingerprint: await fingerprint(), expires: '2026-03-31' };
      await stage('bulwark.json', settings(waiver));
      for (const moment of ['2026-03-31T00:00:30Z', '2026-03-31T23:59:30Z']) {
        expect((await bulwark(repo, ['hook', 'pre-commit'], { env: { TZ, ...atMoment(moment) } })).code).toBe(
          0,
        );
      }
      const env = { TZ, ...atMoment('2026-04-01T00:00:30Z') };
      const output = await expectBlocked(repo, 'a.ts:3', { env });
      expect(output).toMatch(/waiver-expired/);
      expect(output).toMatch(/expired/);
    },
  );

  test('F49: settings count as staged, and a change that loosens them says so', async () => {
    await repo.write('README.md', 'hello\n');
    await slip(repo);
    await stage('a.ts', leak());
    const waiver = settings({ rule: 'committed-secret', fingerprint: await fingerprint() });
    await repo.write('bulwark.json', waiver);
    await expectBlocked(repo, 'a.ts:3');
    await repo.git('add', 'bulwark.json');
    await repo.write('bulwark.json', '{ "rulez": 1 }');
    expect(await expectCommitted(repo)).toMatch(/warning {2}policy-weakened/);
  });
});

test('F48: a secret is in no format, no --output file, and nothing that is kept', async () => {
  await stage('a.ts', leak());
  await stage('b.ts', leak({ secret: OTHER }));
  await stage('.env', `SLACK_TOKEN=${S}\n`);
  await expectBlocked(repo, ['a.ts:3', 'b.ts:3']);
  for (const format of Object.keys(reporters)) {
    for (const words of [['hook', 'pre-commit'], ['audit']]) {
      const file = join(repo.root, '.git', `${format}.out`);
      const printed = await bulwark(repo, [...words, '--format', format]);
      const written = await bulwark(repo, [...words, '--format', format, '--output', file]);
      const debugged = await bulwark(repo, words, {
        env: { BULWARK_DEBUG: '1', NODE_DEBUG: 'child_process' },
      });
      expect([printed.code, written.code, debugged.code]).toEqual([1, 1, 1]);
      for (const { output } of [printed, written, debugged]) expectNoSecret(output);
      expectNoSecret(await readFile(file, 'utf8'));
    }
  }
  for (const name of await readdir(join(repo.root, '.git'), { recursive: true, withFileTypes: true })) {
    if (name.isFile()) expectNoSecret(await readFile(join(name.parentPath, name.name), 'latin1'));
  }
});

describe('F95: settings that cannot be read are exit 2, by name, and the commit is refused', () => {
  test.each([
    ['an unknown key', '{ "rulez": {} }', 'rulez'],
    ['an unknown rule', '{ "rules": { "cors-orign": "off" } }', 'cors-orign'],
    ['an unknown option', '{ "rules": { "jwt-expiry": ["error", { "mx": "1d" }] } }', 'mx'],
    ['broken JSON', '{ "rules": { ', ''],
    ['a wrong type', '{ "ignore": "x" }', 'ignore'],
    ['no object', '[]', ''],
    ['another encoding', Buffer.from('{}', 'utf16le'), ''],
  ])('%s', async (_what, text, word) => {
    await stage('a.ts', CLEAN);
    await stage('bulwark.json', text);
    for (const words of [['hook', 'pre-commit'], ['audit']]) {
      const { code, stderr } = await bulwark(repo, words);
      expect(stderr).toMatch(/^bulwark: bulwark\.json/);
      expect(stderr).toContain(word);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(code).toBe(2);
    }
    await expectUntouched(repo, async () => {
      expect((await runProgram(repo, ['git', 'commit', '--message', 'x'])).code).not.toBe(0);
    });
  });

  test('in a pushed commit', async () => {
    await stage('bulwark.json', '{ "rulez": {} }');
    await slip(repo);
    await repo.git('init', '--quiet', '--bare', '.git/remote.git');
    const { code, stderr } = await runProgram(repo, ['git', 'push', '.git/remote.git', 'main']);
    expect(stderr).toMatch(/in commit [0-9a-f]{12}: bulwark\.json/);
    expect(code).not.toBe(0);
  });
});
