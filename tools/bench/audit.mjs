/** An audit of a tree of 6,000 files with a few Arkos apps: cold against reading it, warm against listing it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from './install-peers.mjs';
import { measureInTurns, tell } from './measure.mjs';
import { peakOf } from './peak.mjs';
import { bin, environment, git, source, write, writeApp } from './repository.mjs';

const APPS = 4;
const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend';

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      files: { type: 'string', default: '6000' },
      'no-peers': { type: 'boolean' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    const peers = values['no-peers']
      ? null
      : installPeers(folder, {
          secretlint: '13.0.6',
          [RECOMMENDED]: '13.0.6',
        });
    // Beside the tree: in it, it would count for ours as well.
    const rc = join(folder, 'secretlintrc.json');
    write(folder, 'secretlintrc.json', JSON.stringify({ rules: [{ id: RECOMMENDED }] }));
    const repo = makeTree(join(folder, 'tree'), Number(values.files));
    const run = (program, ...words) => ({
      run: () => execFileSync(program, words, { cwd: repo, env: environment(), stdio: 'ignore' }),
    });
    const shell = (line) => run('/bin/sh', '-c', line);
    console.log(`Node.js ${process.versions.node}, ${values.rounds} rounds, medians`);
    console.log(`audit of ${values.files} files and ${APPS} Arkos apps`);
    const times = measureInTurns(
      {
        'cat of every file': shell('git ls-files -z | xargs -0 cat'),
        'node -e 0; git ls-files -s': shell(`'${process.execPath}' -e 0; git ls-files -s`),
        'bulwark audit, cold': run(process.execPath, bin, 'audit', '--no-cache'),
        'bulwark audit, nothing changed': run(process.execPath, bin, 'audit'),
        ...(peers && {
          secretlint: { ...run(join(peers, '.bin/secretlint'), '--secretlintrc', rc, '**/*'), rounds: 1 },
        }),
      },
      Number(values.rounds),
    );
    tell(times, ['cat of every file', 'node -e 0; git ls-files -s', ...(peers ? ['secretlint'] : [])]);
    for (const [name, words] of [
      ['cold', ['audit', '--no-cache']],
      ['nothing changed', ['audit']],
    ]) {
      const peak = peakOf([bin, ...words], { cwd: repo, env: environment(), file: join(folder, 'peak') });
      console.log(`  resident at most, ${name}: ${peak} MB`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeTree(repo, count) {
  mkdirSync(repo, { recursive: true });
  git(repo, 'init', '--quiet', '--initial-branch=main');
  write(repo, '.gitignore', 'node_modules\n.env\n.env.*\n');
  for (let app = 0; app < APPS; app += 1) writeApp(repo, `apps/app-${app}`);
  for (let index = 0; index < count; index += 1)
    write(repo, `lib/part-${index % 60}/f${index}.ts`, source(index, 0));
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', 'start');
  return repo;
}
