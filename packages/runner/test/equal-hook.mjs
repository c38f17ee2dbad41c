/**
 * A git hook for tests: asks the same question cold, warm and through a daemon, and complains unless all answers are
 * the same to the letter. Then it says what Bulwark said. It is what hooks are in `npm run test:equal`.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/bulwark.cjs', import.meta.url));
const script = fileURLToPath(new URL('../hooks/hook.sh', import.meta.url));
/** The folder whose node_modules holds the package. */
const installed = fileURLToPath(new URL('../../..', import.meta.url));

const { BULWARK_TEST_EQUAL: tally, NODE_OPTIONS: nodeOptions, ...env } = process.env;
const [hook, ...words] = process.argv.slice(2);
const input = hook === 'pre-push' ? readFileSync(0) : '';

const bulwark = (...more) => run(process.execPath, [bin, 'hook', hook, ...words, ...more]);
const ways = {
  cold: hook === 'commit-msg' ? bulwark : () => bulwark('--no-cache'),
  'filling the store': bulwark,
  warm: bulwark,
  'with a daemon': askDaemon,
};

const said = {};
for (const [name, way] of Object.entries(ways)) {
  const answer = way();
  if (answer === null) continue;
  // Somebody interrupted it.
  if (answer.status === null || answer.status === 130) process.exit(130);
  said[name] = { code: answer.status, stdout: plain(answer.stdout), stderr: plain(answer.stderr) };
}
const [first] = Object.values(said);
const unequal = Object.entries(said).filter(([, one]) => JSON.stringify(one) !== JSON.stringify(first));
note({ hook, code: first.code, unequal: unequal.map(([name]) => name), answered: hasAnswered() });
if (unequal.length > 0) {
  process.stderr.write(
    `not the same answer: ${JSON.stringify({ cold: first, ...Object.fromEntries(unequal) }, null, 2)}\n`,
  );
  process.exit(97);
}
// A reader that went away changes no verdict.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.stdout.write(first.stdout);
process.stderr.write(first.stderr);
process.exitCode = first.code;

function run(program, args, more = {}) {
  const options = nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions };
  return spawnSync(program, args, { env: { ...env, ...options, ...more }, input, maxBuffer: 1 << 28 });
}

/** A clock that a test set is the clock of one process; a daemon has the real one. */
function askDaemon() {
  if (nodeOptions !== undefined || env.CI) return null;
  const started = run(process.execPath, [bin, 'daemon', 'start', '--idle', '10']);
  if (started.status !== 0) return null;
  const more = {
    BULWARK_DAEMON: '1',
    BULWARK_HOOK: hook,
    BULWARK_FOLDER: relative(process.cwd(), installed),
  };
  return run('/bin/sh', [script, ...words], more);
}

/** Whether the daemon itself said that all is clean. */
function hasAnswered() {
  if (!said['with a daemon']) return false;
  const { stdout } = run(process.execPath, [bin, 'daemon', 'logs']);
  return new RegExp(`hook ${hook}: clean, [\\d.]+ ms$`).test(String(stdout).trimEnd().split('\n').at(-1));
}

function plain(bytes) {
  return bytes.toString().replaceAll(/\npeak of \d+ KiB\n/g, '');
}

function note(line) {
  if (tally) appendFileSync(tally, `${JSON.stringify(line)}\n`);
}
