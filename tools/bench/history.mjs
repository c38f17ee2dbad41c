/** Every blob of a history: cold against reading them all, warm against listing them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureInTurns, tell } from './measure.mjs';
import { peakOf } from './peak.mjs';
import { bin, environment, git, source } from './repository.mjs';

/** Files that each commit edits. */
const EDITED = 20;

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '3' }, blobs: { type: 'string', default: '6000' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    const repo = join(folder, 'history');
    makeHistory(repo, Number(values.blobs));
    const run = (program, ...words) => ({
      run: () => execFileSync(program, words, { cwd: repo, env: environment(), stdio: 'ignore' }),
    });
    const shell = (line) => run('/bin/sh', '-c', `'${process.execPath}' -e 0; ${line}`);
    const list = 'git rev-list --objects --all';
    console.log(`Node.js ${process.versions.node}, ${values.rounds} rounds, medians`);
    console.log(`every blob of a history of ${values.blobs}`);
    const times = measureInTurns(
      {
        'node -e 0; git cat-file --batch': shell(`${list} | cut -d' ' -f1 | git cat-file --batch --buffer`),
        'node -e 0; git rev-list --objects': shell(list),
        'bulwark audit --history, cold': run(process.execPath, bin, 'audit', '--history', '--no-cache'),
        'bulwark audit --history, nothing new': run(process.execPath, bin, 'audit', '--history'),
      },
      Number(values.rounds),
    );
    tell(times, ['node -e 0; git cat-file --batch', 'node -e 0; git rev-list --objects']);
    for (const [name, words] of [
      ['cold', ['audit', '--history', '--no-cache']],
      ['nothing new', ['audit', '--history']],
    ]) {
      const peak = peakOf([bin, ...words], { cwd: repo, env: environment(), file: join(folder, 'peak') });
      console.log(`  resident at most, ${name}: ${peak} MB`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Through `fast-import`, as tens of thousands of files would take minutes otherwise. */
function makeHistory(repo, blobs) {
  mkdirSync(repo);
  git(repo, 'init', '--quiet', '--initial-branch=main');
  const commits = [];
  for (let first = 0; first < blobs; first += EDITED) {
    const files = Array.from({ length: Math.min(EDITED, blobs - first) }, (_, at) => first + at);
    const lines = files.map((index) => {
      const text = source(index, 0);
      return `M 100644 inline lib/f${index % 1000}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`;
    });
    const time = 1_700_000_000 + first;
    commits.push(
      `commit refs/heads/main\ncommitter Bench <bench@example.invalid> ${time} +0000\ndata 6\nedited\n${lines.join('')}\n`,
    );
  }
  execFileSync('git', ['fast-import', '--quiet'], {
    cwd: repo,
    env: environment(),
    input: commits.join(''),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}
