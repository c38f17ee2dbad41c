/** Many Arkos apps: cold against reading and parsing their configs, warm, and with one config edited. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureInTurns, tell } from './measure.mjs';
import { peakOf } from './peak.mjs';
import { CONFIG, bin, environment, git, write, writeApp } from './repository.mjs';

const parse = fileURLToPath(new URL('parse-configs.mjs', import.meta.url));

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      apps: { type: 'string', multiple: true, default: ['10', '100', '1000'] },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    console.log(`Node.js ${process.versions.node}, ${values.rounds} rounds, medians`);
    for (const count of values.apps.map(Number)) measureApps(folder, count, Number(values.rounds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureApps(folder, count, rounds) {
  const repo = makeWorkspace(join(folder, String(count)), count);
  const run = (...words) => ({
    run: () => execFileSync(process.execPath, words, { cwd: repo, env: environment(), stdio: 'ignore' }),
  });
  let edition = 0;
  const edit = () => {
    edition += 1;
    write(repo, 'apps/app-0/arkos.config.ts', CONFIG.replace('limit: 60', `limit: ${(edition % 50) + 1}`));
  };
  console.log(`\naudit of ${count} Arkos apps`);
  const times = measureInTurns(
    {
      'node -e 0': run('-e', '0'),
      'reading and parsing their configs': run(parse),
      'bulwark, cold': run(bin, 'audit', '--no-cache'),
      'bulwark, nothing changed': run(bin, 'audit'),
      'bulwark, one config edited': { ...run(bin, 'audit'), prepare: edit },
    },
    rounds,
  );
  tell(times, ['node -e 0', 'reading and parsing their configs']);
  console.log(`  an app, cold: ${((times['bulwark, cold'] - times['node -e 0']) / count).toFixed(2)} ms`);
  for (const [name, words] of [
    ['cold', ['audit', '--no-cache']],
    ['nothing changed', ['audit']],
  ]) {
    const peak = peakOf([bin, ...words], { cwd: repo, env: environment(), file: join(folder, 'peak') });
    console.log(`  resident at most, ${name}: ${peak} MB`);
  }
}

function makeWorkspace(repo, count) {
  mkdirSync(repo, { recursive: true });
  git(repo, 'init', '--quiet', '--initial-branch=main');
  write(repo, '.gitignore', 'node_modules\n.env\n.env.*\n');
  write(repo, 'package.json', JSON.stringify({ private: true, workspaces: ['apps/*'] }));
  for (let app = 0; app < count; app += 1) writeApp(repo, `apps/app-${app}`);
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', 'start');
  return repo;
}
