/**
 * `npm run test:equal`: the end-to-end tests once more, with hooks that ask every question cold, warm and through a
 * daemon, and refuse where the answers differ (`equal-hook.mjs`).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'bulwark-equal-'));
const tally = join(folder, 'tally');
writeFileSync(tally, '');
try {
  const jest = fileURLToPath(new URL('../../../node_modules/jest/bin/jest.js', import.meta.url));
  const chosen = process.argv.slice(2);
  const tests =
    chosen.length > 0 ? chosen : ['test/faults', 'test/pre-commit', 'test/pre-push', 'test/policy'];
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, ...tests, '--testTimeout=180000'],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, BULWARK_TEST_EQUAL: tally },
      stdio: 'inherit',
    },
  );
  const calls = readFileSync(tally, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const unequal = calls.filter(({ unequal: ways }) => ways.length > 0);
  const answered = calls.filter((call) => call.answered);
  const clean = calls.filter(({ code }) => code === 0);
  process.stdout.write(
    `${calls.length} questions, each asked cold, warm and with a daemon: ${unequal.length} answers differed. ` +
      `Of ${clean.length} clean ones, daemons answered ${answered.length}; the hooks themselves the rest.\n`,
  );
  process.exitCode = status || (unequal.length === 0 && answered.length > 0 ? 0 : 1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
