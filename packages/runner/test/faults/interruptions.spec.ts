/** Whatever stops Bulwark, and wherever it may not write: nothing is lost, and doubt is never a pass. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BIN } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';
import { repoWithHook } from '../repo-with-hook.ts';
import { filesBelow } from './expect-untouched.ts';
import { expectCommitted, expectFinding, slip } from './expect-verdict.ts';
import { CLEAN, leak } from './leak.ts';
import { commitManyBlobs } from './many-blobs.ts';
import { BULWARK, bulwark, runProgram } from './run-program.ts';
import type { Outcome } from './run-program.ts';

let repo: TempRepo;

beforeEach(async () => {
  repo = await repoWithHook();
  await repo.write('a.ts', CLEAN);
  await repo.write('stashed.ts', CLEAN);
  await slip(repo);
  await repo.write('stashed.ts', 'stashed\n');
  await repo.git('stash', 'push', '--quiet');
});
afterEach(() => repo.remove());

/** Every byte, mode, time and inode of work tree, index, refs, stash and all else; but for our own store. */
const everything = (): Promise<Record<string, string>> => filesBelow(repo.root, (name) => name !== 'bulwark');

const endOf = (child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> =>
  new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));

/** Starts a command as a terminal does: the leader of a group that gets the terminal's signals. */
function start(
  more: NodeJS.ProcessEnv,
  ...[program, ...args]: [string, ...string[]]
): ChildProcess & { readonly pid: number } {
  const env = { ...repo.env, ...more };
  const child = spawn(program, args, { cwd: repo.root, env, detached: true, stdio: 'ignore' });
  return child as ChildProcess & { readonly pid: number };
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 1500; turn += 1) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error('what was waited for did not come');
}

const exists = (path: string): Promise<boolean> =>
  readFile(join(repo.root, path)).then(
    () => true,
    () => false,
  );

function isGroupGone(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return false;
  } catch {
    return true;
  }
}

/**
 * Variables under which git, and so Bulwark, finds a git that never answers what an object holds, but says when
 * it was asked. Git puts its own folder of programs first on the PATH of its hooks; this is such a folder.
 */
async function slowGit(): Promise<NodeJS.ProcessEnv> {
  const [folder, own] = [join(repo.root, '.git/slow'), (await repo.git('--exec-path')).trim()];
  await mkdir(folder);
  for (const name of await readdir(own))
    if (name !== 'git') await symlink(join(own, name), join(folder, name));
  const hang = `case "$*" in *cat-file*) : > '${repo.root}/.git/reached'; exec cat > /dev/null ;; esac`;
  await writeFile(join(folder, 'git'), `#!/bin/sh\n${hang}\nexec '${own}/git' "$@"\n`);
  await chmod(join(folder, 'git'), 0o755);
  return { GIT_EXEC_PATH: folder };
}

/** A hook that outlives the signal, to tell Bulwark's exit code. */
async function tellExitCode(): Promise<void> {
  const script = `#!/bin/sh\ntrap : INT\n${BULWARK} hook pre-commit\ncode=$?\necho $code > .git/code\nexit $code\n`;
  await repo.write('.git/hooks/pre-commit', script);
}

/** What `bulwark init` installs. */
async function installHooks(): Promise<void> {
  await rm(join(repo.root, '.git/hooks'), { recursive: true });
  await mkdir(join(repo.root, 'node_modules'));
  await symlink(dirname(dirname(BIN)), join(repo.root, 'node_modules/bulwark'), 'dir');
  await repo.write('.git/info/exclude', 'node_modules\n');
  expect((await bulwark(repo, ['init'])).code).toBe(0);
}

const locks = async (): Promise<string[]> =>
  (await readdir(join(repo.root, '.git'), { recursive: true })).filter((name) => name.endsWith('.lock'));

describe('F87: Ctrl-C in a slow hook', () => {
  test.each([
    ['commit', ['commit', '--message', 'x']],
    ['commit -a', ['commit', '--all', '--message', 'x']],
    ['commit <path>', ['commit', '--message', 'x', 'a.ts']],
  ])('%s: 130, no commit, no process, no lock, and the next commit works', async (_how, git) => {
    await tellExitCode();
    await repo.write('a.ts', `${CLEAN}// more\n`);
    if (git.length === 3) await repo.git('add', '.');
    await expectInterrupted(git);
    expect(await readFile(join(repo.root, '.git/code'), 'utf8')).toBe('130\n');
    await expectCommitted(repo, { git, allowed: { index: true } });
  });

  test('in the script that init installs', async () => {
    await installHooks();
    await repo.write('a.ts', `${CLEAN}// more\n`);
    await repo.git('add', '.');
    await expectInterrupted(['commit', '--message', 'x']);
    await expectCommitted(repo);
  });

  async function expectInterrupted(git: readonly string[]): Promise<void> {
    // Of an index as most are, git need not be asked.
    await repo.git('update-index', '--index-version', '4');
    const refs = await repo.git('for-each-ref');
    const child = start(await slowGit(), 'git', ...git);
    const end = endOf(child);
    await until(() => exists('.git/reached'));
    process.kill(-child.pid, 'SIGINT');
    expect((await end).code).not.toBe(0);
    await until(() => isGroupGone(child.pid));
    expect(await repo.git('for-each-ref')).toBe(refs);
    expect(await locks()).toEqual([]);
  }

  test('by hand, at any moment', async () => {
    await commitManyBlobs(repo, 'many', 3000);
    await repo.git('read-tree', 'many');
    const before = await everything();
    for (const words of ['hook pre-commit', 'audit --ref many']) {
      for (const delay of [40, 120, 200, 280, 400]) {
        const child = start({}, process.execPath, BIN, ...words.split(' '));
        const end = endOf(child);
        await sleep(delay);
        if (!isGroupGone(child.pid)) process.kill(-child.pid, 'SIGINT');
        const { code, signal } = await end;
        // Before Node has come to us, it dies of the signal, which a shell calls 130 as well; after us it is done.
        expect([0, 130]).toContain(signal === 'SIGINT' ? 130 : code);
        await until(() => isGroupGone(child.pid));
      }
    }
    expect(await everything()).toEqual(before);
  });
});

describe('SIGKILL', () => {
  test('of Bulwark alone, at any moment: every byte is as it was', async () => {
    await commitManyBlobs(repo, 'many', 3000);
    await repo.git('read-tree', 'many');
    await repo.write('.git/MESSAGE', 'message\n');
    const before = await everything();
    for (const words of [
      'hook pre-commit',
      'audit --ref many',
      'hook commit-msg .git/MESSAGE',
      'audit --history',
    ]) {
      for (const delay of [60, 140, 220, 320]) {
        const child = start({}, process.execPath, BIN, ...words.split(' '));
        const end = endOf(child);
        await sleep(delay);
        child.kill('SIGKILL');
        await end;
        await until(() => isGroupGone(child.pid));
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('under git commit: no commit, no lock, and the next one works', async () => {
    await repo.write('a.ts', `${CLEAN}// more\n`);
    await repo.git('add', '.');
    const refs = await repo.git('for-each-ref');
    const child = start(await slowGit(), 'git', 'commit', '--message', 'x');
    const end = endOf(child);
    await until(() => exists('.git/reached'));
    const { stdout } = await runProgram(repo, ['ps', '-o', 'pid=,args=', '-g', `${child.pid}`]);
    const line = stdout.split('\n').find((one) => one.includes(BIN) && !one.includes('/bin/sh'))!;
    process.kill(Number.parseInt(line, 10), 'SIGKILL');
    expect((await end).code).not.toBe(0);
    await until(() => isGroupGone(child.pid));
    expect(await repo.git('for-each-ref')).toBe(refs);
    expect(await locks()).toEqual([]);
    await expectCommitted(repo);
  });

  test('under git push: nothing arrives', async () => {
    await repo.git('init', '--quiet', '--bare', '.git/remote.git');
    await repo.write('.git/hooks/pre-push', `#!/bin/sh\nkill -9 $$\n`);
    expect((await repo.tryGit('push', '.git/remote.git', 'main')).code).not.toBe(0);
    expect(await repo.git('-C', '.git/remote.git', 'for-each-ref')).toBe('');
  });
});

/** Commands, and a way to run them under a limit: each must answer as ever, for a clean and a dirty index. */
const COMMANDS = ['hook pre-commit', 'hook pre-merge-commit', 'audit', 'audit --ref HEAD', 'audit --history'];

async function expectSameVerdicts(
  run: (line: string) => Promise<{ code: number | null; output: string }>,
  prepare: () => Promise<unknown> = async () => {},
): Promise<void> {
  await prepare();
  const before = await everything();
  for (const words of COMMANDS) {
    const { code, output } = await run(`${BULWARK} ${words}`);
    expect({ words, code, output: code === 0 ? '' : output }).toEqual({ words, code: 0, output: '' });
  }
  expect(await everything()).toEqual(before);
  await repo.write('leak.ts', leak());
  await repo.git('add', 'leak.ts');
  await prepare();
  const dirty = await everything();
  for (const words of COMMANDS.slice(0, 3)) {
    const { code, output } = await run(`${BULWARK} ${words}`);
    expectFinding(output, 'leak.ts:3');
    expect(code).toBe(1);
  }
  expect(await everything()).toEqual(dirty);
}

describe('where nothing can be written', () => {
  test('a full disk: not a byte fits into any file', async () => {
    await expectSameVerdicts((line) => runProgram(repo, ['sh', '-c', `ulimit -f 0; exec ${line}`]));
  });

  test('a read-only repository', async () => {
    // The super user may write all the same, unless that is taken away.
    const caps = '-dac_override,-dac_read_search,-fowner';
    const weaker = process.getuid?.() === 0 ? `setpriv --bounding-set=${caps} --inh-caps=${caps} ` : '';
    const allow = (mode: string): Promise<unknown> => runProgram(repo, ['chmod', '-R', mode, '.']);
    const whileLocked = async (line: string): Promise<Outcome> => {
      await allow('a-w');
      const outcome = await runProgram(repo, ['sh', '-c', `exec ${weaker}${line}`]);
      await allow('u+w');
      return outcome;
    };
    expect((await whileLocked("sh -c ': > .git/probe'")).code).not.toBe(0);
    await expectSameVerdicts(whileLocked, () => allow('u+w'));
  });

  test('a report that cannot be written is no pass', async () => {
    const to = async (line: string): Promise<number | null> =>
      (await runProgram(repo, ['sh', '-c', line])).code;
    expect(await to(`${BULWARK} audit > /dev/full`)).toBe(2);
    expect(await to(`${BULWARK} hook pre-push origin url > /dev/full < /dev/null`)).toBe(2);
    expect(await to(`${BULWARK} audit --output /dev/full`)).toBe(2);
    await repo.write('leak.ts', leak());
    expect(await to(`${BULWARK} audit > /dev/full`)).toBe(1);
    expect(await to(`${BULWARK} audit --output /dev/full`)).not.toBe(0);
  });
});

test('a closed standard input changes nothing', async () => {
  await expectSameVerdicts((line) => runProgram(repo, ['sh', '-c', `${line} <&-`]));
});

test('a git that fails in the middle is exit 2, with its own words', async () => {
  await writeFile(join(repo.root, '.git/index'), 'DIRC but broken, and long enough to be looked at');
  const { code, stderr } = await bulwark(repo, ['hook', 'pre-commit']);
  expect(stderr).toMatch(/index/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
  await rm(join(repo.root, '.git/index'));
});
