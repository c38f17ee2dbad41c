/** `bulwark routes` and `bulwark config` on the example monorepo. */
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

const harbour = fileURLToPath(new URL('../../../tools/examples/harbour', import.meta.url));

interface Row {
  readonly method: string;
  readonly path: string;
  readonly in: Record<string, { mounted: boolean | 'unknown'; who: string }>;
  readonly differs: boolean;
}

let repo: TempRepo;
beforeAll(async () => {
  repo = await createTempRepo();
  await cp(harbour, repo.root, { recursive: true });
  await repo.commitAll();
});
afterAll(() => repo.remove());

const bulwark = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env: repo.env });

describe('routes', () => {
  test('of one app, what differs on top', async () => {
    const { code, stdout, stderr } = await bulwark('routes', 'apps/tolls');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('apps/tolls  Arkos 1.6.7-beta (package-lock.json)');
    expect(lines[1]).toBe('  differs between modes:');
    expect(stdout).toMatch(/PATCH +\/api\/toll-passes\/:id +only in development\n/);
    expect(stdout).toMatch(/POST +\/api\/auth\/login +all modes +anyone +who is not logged in/);
  });

  test('of every app, as data', async () => {
    const { code, stdout } = await bulwark('routes', '--format', 'json');
    expect(code).toBe(0);
    const { apps } = JSON.parse(stdout) as { apps: { root: string; routes: Row[] }[] };
    expect(apps.map(({ root }) => root)).toContain('apps/crew');
    const rows = apps.find(({ root }) => root === 'apps/crew')!.routes;
    expect(rows.find(({ method, path }) => method === 'DELETE' && path === '/api/users/me')).toMatchObject({
      in: { production: { mounted: true, who: 'public' } },
      differs: false,
    });
    for (const row of apps.flatMap(({ routes }) => routes))
      expect(Object.keys(row.in)).toEqual(['development', 'production']);
  });

  test('as a document, of an app by its name in a commit', async () => {
    const { code, stdout } = await bulwark(
      'routes',
      '@harbour/tides',
      '--format',
      'markdown',
      '--ref',
      'HEAD',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## apps\/tides\n/);
    expect(stdout).toContain('| method | path | mounted in | who | why |');
  });

  test.each([
    [['routes', 'apps/nope'], /There is no Arkos app "apps\/nope"/],
    [['routes', '--format', 'jsn'], /did you mean json\?/],
  ])('%j is exit 2', async (args, message) => {
    const { code, stderr } = await bulwark(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('config', () => {
  test('names the default of everything where there is no file', async () => {
    const { code, stdout, stderr } = await bulwark('config');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^no bulwark\.json: the defaults hold\n {2}preset +"recommended" +default\n/);
    expect(stdout).toMatch(/maxFileSize +"50mb" +default/);
    expect(stdout).toMatch(/jwt-expiry +error +its own severity {2}\{"max":"1d"\}/);
    expect(stdout).toContain('apps/tolls  Arkos 1.6.7-beta (package-lock.json), apps/tolls/arkos.config.ts');
  });

  test('says which part of the settings decides, app by app', async () => {
    const settings = {
      preset: 'strict',
      arkos: { 'apps/crew': '1.7.0' },
      rules: { 'cors-origin': 'warn' },
      overrides: [{ apps: ['apps/t*'], rules: { 'cors-origin': 'off' } }],
    };
    await repo.write('bulwark.json', JSON.stringify(settings));
    const { stdout } = await bulwark('config', '--format', 'json');
    const report = JSON.parse(stdout) as {
      file: string;
      settings: { key: string; value: unknown; from: string }[];
      rules: { rule: string; level: string; from: string }[];
      apps: { root: string; arkos: unknown; rules: unknown[] }[];
    };
    expect(report.file).toBe('bulwark.json');
    expect(report.settings).toContainEqual({ key: 'undecided', value: 'error', from: 'preset' });
    expect(report.rules).toContainEqual({ rule: 'cors-origin', level: 'warn', options: {}, from: 'rules' });
    expect(report.rules).toContainEqual(
      expect.objectContaining({ rule: 'open-bulk', level: 'error', from: 'preset strict' }),
    );
    const byRoot = Object.fromEntries(report.apps.map((app) => [app.root, app]));
    expect(byRoot['apps/tolls']?.rules).toEqual([
      { rule: 'cors-origin', level: 'off', options: {}, from: 'overrides[0]' },
    ]);
    expect(byRoot['apps/berths']?.rules).toEqual([]);
    expect(byRoot['apps/crew']?.arkos).toEqual({
      version: '1.7.0',
      certainty: 'exact',
      from: 'bulwark.json',
    });
  });

  test('shows what Arkos has in force in an app, and no secret', async () => {
    const { stdout } = await bulwark('config', '--app', 'apps/legacy-billing');
    expect(stdout).toMatch(
      /authentication\.jwt\.expiresIn +every mode +"90d" +apps\/legacy-billing\/arkos\.config\.ts:\d+/,
    );
    expect(stdout).not.toContain('change-me');
    expect(stdout).not.toContain('apps/tolls');
  });
});
