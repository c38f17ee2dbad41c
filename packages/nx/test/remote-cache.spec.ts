/** Two clones and a cache between them: nothing is computed twice, and nothing that was tampered with counts. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startCacheServer } from './cache-server.ts';
import type { CacheServer } from './cache-server.ts';
import { binOf, createNxWorkspace } from './nx-workspace.ts';
import type { NxWorkspace, Said } from './nx-workspace.ts';
import { packBoth } from './pack.ts';
import type { Packed } from './pack.ts';
import { tempFolder } from './temp-folder.ts';

let packed: Packed;
let server: CacheServer;
let first: NxWorkspace;
const clones: NxWorkspace[] = [];

beforeAll(async () => {
  packed = packBoth();
  server = await startCacheServer();
  first = await createNxWorkspace(packed);
});
afterAll(async () => {
  for (const workspace of [first, ...clones]) await workspace.remove();
  await server.close();
  packed.remove();
});

const FOLDERS = ['.', 'apps/crew', 'apps/tides', 'apps/tolls'];
const reportsOf = ({ read }: NxWorkspace): string[] =>
  FOLDERS.map((folder) => read(`${folder}/.bulwark/report.json`));
const all = (workspace: NxWorkspace): Promise<Said> => workspace.nx('run-many -t lint', server.env);
const merge = (workspace: NxWorkspace): Promise<Said> => {
  const bin = binOf(join(workspace.root, 'node_modules/bulwark'), 'bulwark');
  return workspace.run(process.execPath, [bin, 'audit', '--merge', '**/.bulwark/report.json']);
};

async function clone(): Promise<NxWorkspace> {
  const made = await first.clone();
  clones.push(made);
  return made;
}

const FROM_CACHE = { crew: 'remote', harbour: 'remote', tides: 'remote', tolls: 'remote' };

test('a second clone computes nothing, and has the same reports', async () => {
  expect(await all(first)).toMatchObject({
    code: 0,
    tasks: { crew: 'run', harbour: 'run', tides: 'run', tolls: 'run' },
  });
  expect(server.log.filter((line) => line === 'PUT 200')).toHaveLength(4);
  const second = await clone();
  // What is built or left lying there is nobody's input.
  mkdirSync(join(second.root, 'dist'));
  writeFileSync(join(second.root, 'node_modules/.cache-of-somebody'), '');
  expect(await all(second)).toMatchObject({ code: 0, tasks: FROM_CACHE });
  expect(reportsOf(second)).toEqual(reportsOf(first));
  expect(await second.git('status', '--porcelain')).toBe('');
  expect(reportsOf(second).join('')).not.toContain(first.root);
  expect(await merge(second)).toMatchObject({ code: 0 });
});

/** The archive of an app's clean report, as the first run stored it. */
function storedOf(app: string): Buffer {
  for (const entry of server.entries.values())
    if (gunzipSync(entry).includes(`apps/${app}/.bulwark/report.json`)) return entry;
  throw new Error(`nothing of ${app} is stored`);
}

/** The same archive with another text in its report. */
function forged(entry: Buffer, change: (text: string) => string): Buffer {
  const { root, remove } = tempFolder({});
  try {
    writeFileSync(join(root, 'entry.tgz'), entry);
    mkdirSync(join(root, 'content'));
    execFileSync('tar', ['-xzf', '../entry.tgz'], { cwd: join(root, 'content') });
    const report = join(root, 'content/apps/crew/.bulwark/report.json');
    writeFileSync(report, change(readFileSync(report, 'utf8')));
    const names = execFileSync('tar', ['-tzf', 'entry.tgz'], { cwd: root, encoding: 'utf8' })
      .trim()
      .split('\n');
    execFileSync('tar', ['-czf', '../forged.tgz', '--no-recursion', ...names], {
      cwd: join(root, 'content'),
    });
    return readFileSync(join(root, 'forged.tgz'));
  } finally {
    remove();
  }
}

/** Findings gone, and everything else as in a report that is whole and about what is there. */
function whitewash(text: string): string {
  const report = JSON.parse(text) as {
    findings: unknown[];
    apps: { verdicts: Record<string, { verdict: string }> }[];
  };
  report.findings = [];
  for (const { verdicts } of report.apps) for (const each of Object.values(verdicts)) each.verdict = 'pass';
  return `${JSON.stringify(report, null, 2)}\n`;
}

test('what somebody put into the cache passes nothing that is not', async () => {
  const victim = await clone();
  const config = 'apps/crew/arkos.config.ts';
  victim.write(config, victim.read(config).replace("['https://office.harbour.example']", "'*'"));
  server.missed.length = 0;
  const honest = await all(victim);
  expect(honest).toMatchObject({ tasks: { ...FROM_CACHE, crew: 'run' } });
  expect(honest.code).not.toBe(0);
  expect((await merge(victim)).code).toBe(1);
  const dishonestReport = whitewash(victim.read('apps/crew/.bulwark/report.json'));
  expect(server.missed).toHaveLength(1);
  const hash = server.missed[0]!;
  // A failure is not stored, so there is room for a lie.
  expect(server.entries.has(hash)).toBe(false);

  const lies: [string, Buffer][] = [
    ["the neighbour's clean report", storedOf('tides')],
    ['the clean report of before', storedOf('crew')],
    ['a report that was whitewashed', forged(storedOf('crew'), () => dishonestReport)],
    ['half an archive', storedOf('crew').subarray(0, 400)],
  ];
  for (const [what, lie] of lies) {
    server.entries.set(hash, lie);
    const deceived = await clone();
    deceived.write(config, victim.read(config));
    const said = await all(deceived);
    const merged = await merge(deceived);
    expect([what, merged.code === 0]).toEqual([what, false]);
    // Nx itself believes an archive that it can open.
    if (said.code === 0) expect([what, merged.code]).toEqual([what, 2]);
  }
});
