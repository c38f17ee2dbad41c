/** A day's questions to one daemon, one after the other: what each costs, and whether its memory stays flat. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bin, environment, git, source, write, writeApp } from './repository.mjs';

/** After so many questions some files are edited and staged anew. */
const EDIT_EVERY = 50;

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: { requests: { type: 'string', default: '100000' }, files: { type: 'string', default: '1000' } },
  });
  const count = Number(values.requests);
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  const repo = join(folder, 'repo');
  try {
    makeRepo(repo, Number(values.files));
    bulwark(repo, 'daemon', 'start');
    const ask = openAsker(repo);
    console.log(`Node.js ${process.versions.node}; ${count} questions about what is staged`);
    console.log('  questions   resident   median of the last tenth');
    let times = [];
    for (let asked = 0; asked < count; asked += 1) {
      if (asked % EDIT_EVERY === 0) edit(repo, asked);
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
      if ((asked + 1) % Math.ceil(count / 10) !== 0) continue;
      const { resident, descriptors } = ask.usage();
      const median = times.toSorted((a, b) => a - b)[times.length >> 1];
      console.log(
        `  ${String(asked + 1).padStart(9)}  ${String(resident).padStart(6)} MB   ${median.toFixed(1)} ms   ${descriptors} open files`,
      );
      times = [];
    }
    process.stdout.write(bulwark(repo, 'daemon', 'status'));
  } finally {
    try {
      bulwark(repo, 'daemon', 'stop');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** @returns what asks the daemon once, as a hook does, and refuses any answer but "clean" with the right proof. */
function openAsker(repo) {
  const parent = join(repo, '.git/bulwark');
  const daemon = join(
    parent,
    readdirSync(parent).find((name) => name.startsWith('daemon-')),
  );
  const [, socket, token, proof, pid] = readFileSync(join(daemon, 'pass'), 'utf8').split('\n');
  const ask = async () => {
    const nonce = randomBytes(12).toString('hex');
    const index = readFileSync(join(repo, '.git/index')).subarray(-20).toString('hex');
    const env = Object.entries({ ...environment(), GIT_INDEX_FILE: '.git/index' });
    const fields = [token, nonce, daemon, index, repo, 'whook', 'wpre-commit'];
    const body = `${[...fields, ...env.map(([name, value]) => `e${name}=${value}`)].join('\0')}\0i`;
    const answer = await exchange(join(daemon, socket), body);
    if (!answer.includes(`\r\n\r\n${proof} ${nonce} ${index}\n`))
      throw new Error(`not a proven answer: ${answer.slice(0, 200)}`);
  };
  ask.usage = () => ({
    resident: Math.round(
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024,
    ),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  });
  return ask;
}

function exchange(socket, body) {
  return new Promise((resolve, reject) => {
    let answer = '';
    const connection = connect(socket);
    connection.on('data', (chunk) => (answer += chunk));
    connection.on('error', reject);
    connection.on('close', () => resolve(answer));
    connection.write(
      `POST /check HTTP/1.1\r\nhost: bulwark\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}

function makeRepo(repo, files) {
  mkdirSync(repo);
  git(repo, 'init', '--quiet', '--initial-branch=main');
  write(repo, '.gitignore', 'node_modules\n.env\n.env.*\n');
  writeApp(repo, 'apps/api');
  for (let index = 0; index < files; index += 1) write(repo, `lib/f${index}.ts`, source(index, 0));
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', 'start');
}

function edit(repo, edition) {
  for (let index = 0; index < 20; index += 1) write(repo, `lib/f${index}.ts`, source(index, edition + 1));
  git(repo, 'add', '.');
}

function bulwark(repo, ...words) {
  return execFileSync(process.execPath, [bin, ...words], { cwd: repo, env: environment(), encoding: 'utf8' });
}
