/** What a hook adds to `git commit`: the whole command, at 20 and 200 staged files, against what else a user would pick. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from './install-peers.mjs';
import { measureInTurns, tell } from './measure.mjs';
import { peakOf } from './peak.mjs';
import { bin, environment, git, runner, source, write, writeApp } from './repository.mjs';

/** The peers, as their pages say to install them. */
const PEERS = {
  husky: '9.1.7',
  lefthook: '2.2.2',
  'lint-staged': '16.3.4',
  secretlint: '13.0.6',
  '@secretlint/secretlint-rule-preset-recommend': '13.0.6',
};

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '9' }, 'no-peers': { type: 'boolean' } },
  });
  const rounds = Number(values.rounds);
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    const peers = values['no-peers'] ? null : installPeers(folder, PEERS);
    mkdirSync(join(folder, 'tool/node_modules'), { recursive: true });
    symlinkSync(runner, join(folder, 'tool/node_modules/bulwark'));
    console.log(`Node.js ${process.versions.node}, ${rounds} rounds, medians\n`);
    for (const count of [20, 200]) {
      console.log(`git commit of ${count} clean files, in a repository of 1,000 files and one Arkos app`);
      const ways = waysToCommit(join(folder, String(count)), count, peers);
      tell(measureInTurns(ways, rounds), ['node -e 0', 'git commit, no hook']);
      ways['bulwark, no daemon'].prepare();
      const place = { cwd: ways['bulwark, no daemon'].repo, env: environment(), file: join(folder, 'peak') };
      console.log(`  resident at most: ${peakOf([bin, 'hook', 'pre-commit'], place)} MB`);
      console.log('');
    }
  } finally {
    for (const repo of withDaemon) bulwark(repo, 'daemon', 'stop');
    rmSync(folder, { recursive: true, force: true });
  }
}

function waysToCommit(folder, count, peers) {
  const way = (name, install) => {
    const repo = makeRepo(join(folder, name), count, peers);
    install(repo);
    return { repo, prepare: () => edit(repo, count), run: () => commit(repo) };
  };
  const hook = (line) => (repo) => writeHook(join(repo, '.git/hooks/pre-commit'), line);
  return {
    'node -e 0': { run: () => execFileSync(process.execPath, ['-e', '0'], { env: environment() }) },
    'git commit, no hook': way('none', () => {}),
    'a hook that starts Node and no more': way('node', hook(`exec '${process.execPath}' -e 0`)),
    'bulwark, nothing remembered': way(
      'cold',
      hook(`exec '${process.execPath}' '${bin}' hook pre-commit --no-cache`),
    ),
    'bulwark, daemon warm, pre-commit alone': way('daemon', (repo) => useDaemon(repo, ['pre-commit'])),
    'bulwark, daemon warm, all its hooks': way('daemon-all', (repo) =>
      useDaemon(repo, ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push']),
    ),
    'bulwark, no daemon': way('warm', hook(`exec '${process.execPath}' '${bin}' hook pre-commit`)),
    ...(peers && {
      'husky alone, doing nothing': way('husky', (repo) => {
        execFileSync(process.execPath, [join(peers, 'husky/bin.js')], { cwd: repo, env: environment() });
        writeHook(join(repo, '.husky/pre-commit'), 'true');
      }),
      'lefthook, doing nothing': way('lefthook', (repo) => {
        write(repo, 'lefthook.yml', 'output: false\npre-commit:\n  jobs:\n    - run: "true"\n');
        execFileSync(join(peers, '.bin/lefthook'), ['install'], { cwd: repo, env: environment() });
      }),
      'lint-staged with secretlint': way('lint-staged', (repo) => {
        write(repo, '.lintstagedrc.json', JSON.stringify({ '*': join(peers, '.bin/secretlint') }));
        const rules = [{ id: '@secretlint/secretlint-rule-preset-recommend' }];
        write(repo, '.secretlintrc.json', JSON.stringify({ rules }));
        hook(`exec '${join(peers, '.bin/lint-staged')}' --quiet`)(repo);
      }),
    }),
  };
}

/** Repositories whose daemon runs. */
const withDaemon = [];

/** Installs hooks as `bulwark init` does, some of them, and starts the daemon they ask. */
function useDaemon(repo, hooks) {
  bulwark(repo, 'init');
  for (const name of ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'])
    if (!hooks.includes(name)) rmSync(join(repo, '.git/hooks', name));
  bulwark(repo, 'daemon', 'start');
  withDaemon.push(repo);
}

function bulwark(repo, ...words) {
  execFileSync(process.execPath, [bin, ...words], { cwd: repo, env: environment(), stdio: 'ignore' });
}

function makeRepo(repo, count, peers) {
  mkdirSync(repo, { recursive: true });
  git(repo, 'init', '--quiet', '--initial-branch=main');
  write(repo, '.gitignore', 'node_modules\n.env\n.env.*\n');
  writeApp(repo, 'apps/api');
  for (let index = 0; index < 1000; index += 1) write(repo, `lib/f${index}.ts`, source(index, 0));
  if (peers) symlinkSync(peers, join(repo, 'node_modules'));
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', 'start');
  if (count > 1000) throw new Error('there are only 1,000 files to change');
  return repo;
}

let edition = 0;

function edit(repo, count) {
  edition += 1;
  for (let index = 0; index < count; index += 1) write(repo, `lib/f${index}.ts`, source(index, edition));
  git(repo, 'add', '.');
}

function commit(repo) {
  git(repo, 'commit', '--quiet', '--message', 'edited');
}

function writeHook(file, line) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}
