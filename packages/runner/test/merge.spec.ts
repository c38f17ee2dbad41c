/** The workspace judged in parts and put together again, as CI does it. */
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '@bulwark/model';
import { createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

const harbour = fileURLToPath(new URL('../../../tools/examples/harbour', import.meta.url));

const open: TempRepo[] = [];
let elsewhere: string;

async function repoOf(fill: (repo: TempRepo) => Promise<unknown>): Promise<TempRepo> {
  const repo = await createTempRepo();
  open.push(repo);
  await fill(repo);
  await repo.commitAll();
  return repo;
}

beforeAll(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'bulwark-test-'));
});
afterAll(async () => {
  await Promise.all(open.map((repo) => repo.remove()));
  await rm(elsewhere, { recursive: true, force: true });
});

const bulwark = (repo: TempRepo, args: readonly string[], folder = '.', env = {}): Promise<CliResult> =>
  runCli(args, { cwd: join(repo.root, folder), env: { ...repo.env, ...env } });

/** The command of the Nx target, and its twin for what lies in no app. */
async function lintAll(repo: TempRepo, env = {}): Promise<void> {
  const toReport = ['--format', 'json=.bulwark/report.json', '--format', 'pretty'];
  const apps = (await readdir(join(repo.root, 'apps'))).map((name) => `apps/${name}`);
  for (const folder of apps) await bulwark(repo, ['lint', '.', ...toReport], folder, env);
  await bulwark(repo, ['lint', '--workspace', ...toReport], '.', env);
}

async function auditOf(repo: TempRepo): Promise<Report> {
  return JSON.parse((await bulwark(repo, ['audit', '--format', 'json'])).stdout) as Report;
}

const MERGE = ['audit', '--merge', '**/.bulwark/report.json', '--format', 'json'];

describe('the harbour, linted app by app', () => {
  let repo: TempRepo;
  let twin: TempRepo;
  beforeAll(async () => {
    const fill = (one: TempRepo): Promise<void> => cp(harbour, one.root, { recursive: true });
    repo = await repoOf(fill);
    twin = await repoOf(fill);
    await twin.git('commit', '--quiet', '--allow-empty', '--message', 'another');
    await lintAll(repo);
    await lintAll(twin);
  });

  test('merges to the report of an audit', async () => {
    const { code, stdout, stderr } = await bulwark(repo, MERGE);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(await auditOf(repo));
    expect(code).toBe(1);
  });

  test('merges to that of a commit as well', async () => {
    const { stdout } = await bulwark(repo, [...MERGE, '--ref', 'HEAD']);
    const { snapshot, ...rest } = JSON.parse(stdout) as Report;
    expect(snapshot.kind).toBe('commit');
    expect(rest).toEqual({ ...(await auditOf(repo)), snapshot: undefined });
  });

  test('gives the same bytes in another clone', async () => {
    for (const folder of [...(await readdir(join(repo.root, 'apps'))).map((name) => `apps/${name}`), '.']) {
      const [one, other] = await Promise.all(
        [repo, twin].map(({ root }) => readFile(join(root, folder, '.bulwark/report.json'), 'utf8')),
      );
      expect(other).toBe(one);
      expect(one).not.toContain(repo.root);
    }
  });

  test('leaves the work tree as it was', async () => {
    expect(await repo.git('status', '--porcelain')).toBe('');
  });

  test('names what is stale, torn, missing and foreign', async () => {
    const file = (app: string): string => join(twin.root, app, '.bulwark/report.json');
    await twin.write('apps/tolls/src/new.ts', 'export {};\n');
    await writeFile(file('apps/crew'), (await readFile(file('apps/crew'), 'utf8')).slice(0, -40));
    await rm(file('apps/tides'));
    await writeFile(file('apps/pilots'), '{"name": "pilots"}\n');
    const { code, stdout } = await bulwark(twin, MERGE);
    const report = JSON.parse(stdout) as Report;
    expect(report.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'apps/crew: no report covers this app',
      expect.stringMatching(/^apps\/crew\/\.bulwark\/report\.json: is no whole report/),
      'apps/pilots: no report covers this app',
      'apps/pilots/.bulwark/report.json: is no report of Bulwark',
      'apps/tides: no report covers this app',
      'apps/tolls/.bulwark/report.json: is stale: its files changed (apps/tolls)',
    ]);
    expect(report.complete).toBe(false);
    expect(code).toBe(1);
  });
});

/** An app whose every seventh takes bulk requests in production. */
function appFiles(index: number): Record<string, string> {
  const name = `apps/a${String(index).padStart(4, '0')}`;
  return {
    [`${name}/package.json`]: `{"name": "a${index}", "scripts": {"build": "arkos build", "start": "arkos start"}, "dependencies": {"arkos": "1.6.7"}}`,
    [`${name}/src/app.ts`]: "import arkos from 'arkos';\narkos();\n",
    [`${name}/arkos.config.ts`]: `import { defineConfig } from 'arkos/config';\nexport default defineConfig({ routers: { strict: ${index % 7 === 0 ? 'false' : "'no-bulk'"} } });\n`,
  };
}

describe('a thousand apps in four shards', () => {
  let repo: TempRepo;
  const shardFile = (index: number): string => join(elsewhere, 'shards', `${index}.json`);
  beforeAll(async () => {
    repo = await repoOf(async (one) => {
      for (let index = 0; index < 1000; index += 1)
        for (const [path, text] of Object.entries(appFiles(index))) await one.write(path, text);
      for (let index = 0; index < 10; index += 1) await one.write(`lib/f${index}.ts`, `export {};\n`);
    });
    for (const index of [1, 2, 3, 4])
      await bulwark(repo, ['audit', '--shard', `${index}/4`, '--format', `json=${shardFile(index)}`]);
  }, 600_000);

  test('merge to the report of an audit, and none is larger than another', async () => {
    const whole = await auditOf(repo);
    const { stdout } = await bulwark(repo, [
      'audit',
      '--merge',
      join(elsewhere, 'shards'),
      '--format',
      'json',
    ]);
    expect(whole.scanned.apps).toBe(1000);
    expect(new Set(whole.findings.map(({ rule }) => rule))).toContain('router-strict');
    expect(JSON.parse(stdout)).toEqual(whole);
    for (const index of [1, 2, 3, 4]) {
      const { scanned, part } = JSON.parse(await readFile(shardFile(index), 'utf8')) as Report;
      expect(scanned.apps).toBe(250);
      expect(part?.of).toEqual({ kind: 'shard', index, count: 4 });
    }
  }, 600_000);

  test('one that is not there is named', async () => {
    const { code, stdout } = await bulwark(repo, [
      'audit',
      '--merge',
      shardFile(1),
      shardFile(3),
      shardFile(4),
      shardFile(4),
    ]);
    expect(stdout).toContain('the report of shard 2/4 is missing\n  Run: bulwark audit --shard 2/4');
    expect(code).toBe(1);
  }, 600_000);
});

describe('a repository where nothing is found', () => {
  let repo: TempRepo;
  beforeAll(async () => {
    repo = await repoOf(async (one) => {
      for (let index = 0; index < 5; index += 1) await one.write(`lib/f${index}.ts`, `export {};\n`);
    });
  });
  const shards = async (folder: string, env = {}): Promise<string> => {
    await mkdir(join(repo.root, folder));
    for (const index of [1, 2])
      await bulwark(
        repo,
        [
          'audit',
          '--shard',
          `${index}/2`,
          '--output',
          join(elsewhere, `${folder}${index}`),
          '--format',
          'json',
        ],
        '.',
        env,
      );
    // As an artifact is unpacked: into the work tree, unknown to git.
    for (const index of [1, 2])
      await cp(join(elsewhere, `${folder}${index}`), join(repo.root, folder, `${index}.json`));
    return folder;
  };

  test('passes, wherever the reports lie', async () => {
    const { code, stdout, stderr } = await bulwark(repo, ['audit', '--merge', await shards('whole')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('looked at 5 files');
    await rm(join(repo.root, 'whole'), { recursive: true });
  });

  test('does not pass on half a report', async () => {
    const folder = await shards('half');
    const file = join(repo.root, folder, '1.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"files": ', '"files": 1'));
    const { code, stdout } = await bulwark(repo, ['audit', '--merge', folder]);
    expect(stdout).toContain('half/1.json  is not as it was written: its checksum is another');
    expect(code).toBe(2);
    await rm(join(repo.root, folder), { recursive: true });
  });

  test('does not pass without the key', async () => {
    const key = { BULWARK_REPORT_KEY: 'between the runners' };
    const folder = await shards('sealed', key);
    expect((await bulwark(repo, ['audit', '--merge', folder], '.', key)).code).toBe(0);
    const other = await bulwark(repo, ['audit', '--merge', folder], '.', { BULWARK_REPORT_KEY: 'x' });
    expect(other.stdout).toContain('sealed/1.json  was not made with the key');
    expect(other.code).toBe(2);
    await rm(join(repo.root, folder), { recursive: true });
  });

  test.each([
    [['audit', '--merge', 'nothing/*.json'], /There is no report at "nothing\/\*\.json"/],
    [['audit', '--shard', '3/2'], /--shard cannot be "3\/2"/],
    [['audit', '--shard', '1/2', '--merge', 'x'], /--shard and --merge ask for different things/],
    [['audit', '--shard', '1/2', '--rule', 'env-file'], /--rule cannot narrow --shard/],
    [['audit', '--merge', 'x', '--app', 'a'], /--app cannot narrow --merge/],
    [['lint', '--workspace', 'lib'], /a folder cannot narrow it/],
  ])('%j is a mistake', async (args, message) => {
    const { code, stderr } = await bulwark(repo, args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('the job summary is added to, and the annotations are printed', async () => {
    const summary = join(elsewhere, 'summary.md');
    await writeFile(summary, 'before\n');
    const { stdout, code } = await bulwark(repo, ['audit', '--format', 'github'], '.', {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(stdout).toBe('✔ No finding; looked at 5 files (55 bytes) and 0 Arkos apps in the work tree\n');
    expect(await readFile(summary, 'utf8')).toMatch(/^before\n## ✅ Bulwark: No finding\n/);
    expect(code).toBe(0);
    const lost = await bulwark(repo, ['audit', '--format', 'github'], '.', {
      GITHUB_STEP_SUMMARY: repo.root,
    });
    expect(lost.stderr).toContain('could not be written');
    expect(lost.code).toBe(2);
  });
});
