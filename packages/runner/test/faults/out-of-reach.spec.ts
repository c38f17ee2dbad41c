/** Folders that may not be looked into: git passes over them with a warning, and an audit must say so. */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTempRepo } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { leak } from './leak.ts';
import { BULWARK, runProgram } from './run-program.ts';
import type { Outcome } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await createTempRepo();
});
afterEach(async () => {
  await chmod(join(repo.root, 'closed'), 0o755);
  await rm(repo.root, { recursive: true });
});

/** What lets the super user look into everything (capabilities(7)). */
const RIGHTS = '-dac_override,-dac_read_search';
const WITHOUT_RIGHTS = ['setpriv', `--bounding-set=${RIGHTS}`, `--inh-caps=${RIGHTS}`] as const;
const isSuperUser = process.getuid?.() === 0;
const testWithoutRights =
  !isSuperUser || spawnSync(WITHOUT_RIGHTS[0], [...WITHOUT_RIGHTS.slice(1), 'true']).status === 0
    ? test
    : test.skip;

/** As somebody whom modes keep out. */
function audit(): Promise<Outcome> {
  const words = ['sh', '-c', `${BULWARK} audit`] as const;
  return runProgram(repo, isSuperUser ? [...WITHOUT_RIGHTS, ...words] : [...words]);
}

testWithoutRights('a folder with tracked files that may not be looked into', async () => {
  await repo.write('closed/a.ts', 'export {};\n');
  await repo.git('add', '.');
  await repo.git('commit', '--quiet', '--message', 'start');
  await repo.write('closed/a.ts', leak());
  await chmod(join(repo.root, 'closed'), 0o000);
  const { code, output } = await audit();
  expect(output).toMatch(/^closed\/a\.ts\b.*could not be read/m);
  expect(code).toBe(2);
});

testWithoutRights('a folder that is not tracked and may not be looked into', async () => {
  await repo.write('a.ts', 'export {};\n');
  await repo.git('add', '.');
  await repo.git('commit', '--quiet', '--message', 'start');
  await mkdir(join(repo.root, 'closed'));
  await chmod(join(repo.root, 'closed'), 0o000);
  const { code, output } = await audit();
  expect(output).toMatch(/^closed\b.*could not be read/m);
  expect(code).toBe(2);
});
