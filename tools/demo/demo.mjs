/**
 * Bulwark at work on the example monorepo: an audit, then real commits in a temporary copy. Exits with 1 if
 * anything did not go as it says.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const example = fileURLToPath(new URL('../examples/harbour', import.meta.url));
const runner = fileURLToPath(new URL('../../packages/runner', import.meta.url));
const bin = join(runner, 'bin/bulwark.cjs');
const folder = mkdtempSync(join(tmpdir(), 'bulwark-demo-'));
const copy = join(folder, 'harbour');

/** The app whose strictness differs between modes, and what it should say. */
const MISMATCH = {
  file: 'apps/tolls/arkos.config.ts',
  from: /strict: process\.env\.NODE_ENV === ['"]production['"] \? true : ['"]no-bulk['"]/,
  to: "strict: 'no-bulk'",
};

try {
  cpSync(example, copy, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The harbour as it is');

  chapter('1. Audit the example: eight Arkos apps, some in good order, some not');
  expectExit(1, bulwark('audit'));

  chapter(
    '2. Install the hooks and mend the one thing it never lets pass: strictness that differs between modes',
  );
  installHook();
  edit(MISMATCH.file, (text) => replaceOnce(text, MISMATCH.from, MISMATCH.to));
  commit('Give the tolls the same routes everywhere', { accepted: true });

  chapter('3. Try to commit a secret');
  appendFileSync(join(copy, 'apps/berths/src/app.ts'), `\nexport const registry = '${madeUpToken()}';\n`);
  commit('Read the registry', { accepted: false });

  chapter('4. Try to commit an env file');
  writeFileSync(join(copy, 'apps/berths/.env'), 'PORT=8000\nLOG_LEVEL=debug\n');
  git('add', '--force', 'apps/berths/.env');
  commit('Share my settings', { accepted: false });

  chapter('5. Try to commit a router strictness that differs between development and production');
  edit(MISMATCH.file, (text) =>
    replaceOnce(text, MISMATCH.to, `strict: process.env.NODE_ENV === 'production' ? true : 'no-bulk'`),
  );
  commit('Lock production down', { accepted: false });

  chapter('6. Commit a clean change');
  appendFileSync(join(copy, 'README.md'), '\nThe harbour office is open from eight to five.\n');
  commit('Say when the office is open', { accepted: true });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('\nEverything went as described.');

function chapter(title) {
  console.log(`\n${'─'.repeat(100)}\n${title}\n`);
}

/** As after `npm install --save-dev bulwark`, but for the download. */
function installHook() {
  mkdirSync(join(copy, 'node_modules'));
  symlinkSync(runner, join(copy, 'node_modules/bulwark'), 'dir');
  expectExit(0, bulwark('init'));
}

/** Commits everything with the hook on, shows what git prints, and puts a refused change back. */
function commit(message, { accepted }) {
  git('add', '--all');
  console.log(`$ git commit -m "${message}"`);
  const before = git('rev-parse', 'HEAD');
  const { status } = run('git', ['commit', '--message', message], 'inherit');
  expectExit(accepted ? 0 : 1, status);
  if ((git('rev-parse', 'HEAD') !== before) !== accepted) fail('git and the hook do not agree');
  console.log(accepted ? '\n→ accepted' : '\n→ refused');
  if (!accepted) git('reset', '--quiet', '--hard');
}

function bulwark(...args) {
  console.log(`$ bulwark ${args.join(' ')}`);
  return run(process.execPath, [bin, ...args], 'inherit').status;
}

function git(...args) {
  const { status, stdout, stderr } = run('git', args, 'pipe');
  if (status !== 0) fail(`git ${args.join(' ')} failed: ${stderr}`);
  return stdout.trim();
}

function run(command, args, stdio) {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Demo',
    GIT_AUTHOR_EMAIL: 'demo@example.invalid',
    GIT_COMMITTER_NAME: 'Demo',
    GIT_COMMITTER_EMAIL: 'demo@example.invalid',
  };
  const result = spawnSync(command, args, {
    cwd: copy,
    env,
    stdio: stdio === 'pipe' ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
  });
  if (result.error) fail(result.error.message);
  return result;
}

function edit(file, change) {
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
}

function replaceOnce(text, from, to) {
  const replaced = text.replace(from, to);
  if (replaced === text) fail(`the example no longer holds ${from}`);
  return replaced;
}

/** In the form of a Slack bot token, made up on the spot. */
function madeUpToken() {
  const digits = () => String(randomBytes(6).readUIntBE(0, 6)).padStart(12, '1').slice(0, 12);
  return ['xoxb', digits(), digits(), randomBytes(12).toString('hex')].join('-');
}

function expectExit(expected, actual) {
  if (actual !== expected) fail(`expected exit code ${expected}, got ${actual}`);
}

function fail(message) {
  rmSync(folder, { recursive: true, force: true });
  console.error(`demo: ${message}`);
  process.exit(1);
}
