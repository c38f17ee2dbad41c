/**
 * How fast a tree of 6,000 files and 20 MB is scanned, as ratios in one run: to `cat` on the same files and to
 * secretlint's own command; and the peak of memory. The files are those of node_modules.
 *   node packages/secrets/bench/bench.mjs
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FILES = 6_000;
const BYTES = 20_000_000;
const ROUNDS = 7;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'secrets-bench-'));
try {
  const paths = makeTree(join(folder, 'tree'));
  writeFileSync(join(folder, 'list0'), paths.join('\0'));
  writeFileSync(join(folder, 'list.json'), JSON.stringify(paths));
  const scanner = await bundle();
  const times = { cat: [], inProcess: [], process: [], bare: [] };
  let peak = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    times.cat.push(timed('sh', ['-c', `xargs -0 cat < '${join(folder, 'list0')}' > /dev/null`]).ms);
    times.bare.push(timed(process.execPath, ['-e', '0']).ms);
    const { ms, out } = timed(process.execPath, [scanner, join(folder, 'list.json')]);
    const { scan, rss } = JSON.parse(out);
    times.process.push(ms);
    times.inProcess.push(scan);
    peak = Math.max(peak, rss);
  }
  const cli = timed(
    process.execPath,
    [secretlintCli(), '--secretlintrc', secretlintrc(), '--no-gitignore', '**/*'],
    join(folder, 'tree'),
  );
  const [cat, inProcess, whole, bare] = [times.cat, times.inProcess, times.process, times.bare].map(median);
  print('cat on the same files', `${cat.toFixed(0)} ms`);
  print(
    'read and scanned, in a process',
    `${inProcess.toFixed(0)} ms = ${(inProcess / cat).toFixed(2)} x cat`,
  );
  print(
    'the whole process',
    `${whole.toFixed(0)} ms (bare Node ${bare.toFixed(0)} ms) = ${(whole / cat).toFixed(2)} x cat`,
  );
  print("secretlint's command", `${cli.ms.toFixed(0)} ms = ${(cli.ms / whole).toFixed(1)} x ours`);
  print('peak memory of ours', `${(peak / 1024).toFixed(0)} MiB`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Copies files of all kinds, every third or so, until both numbers are reached. */
function makeTree(target) {
  const candidates = [];
  walk(join(root, 'node_modules'), candidates);
  const step = Math.max(1, Math.floor(candidates.length / FILES));
  const paths = [];
  let bytes = 0;
  for (let at = 0; at < candidates.length && paths.length < FILES; at += step) {
    const { path, size } = candidates[at];
    if (size > (BYTES / FILES) * 12 || bytes + size > BYTES) continue;
    const copy = join(
      target,
      String(paths.length % 100),
      `${paths.length}-${path.slice(path.lastIndexOf('/') + 1)}`,
    );
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(path, copy);
    bytes += size;
    paths.push(copy);
  }
  print('tree', `${paths.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  return paths;
}

function walk(folderPath, found) {
  for (const entry of readdirSync(folderPath, { withFileTypes: true })) {
    const path = join(folderPath, entry.name);
    if (entry.isDirectory()) walk(path, found);
    else if (entry.isFile() && /\.(?:[cm]?[jt]s|json|md|ya?ml|txt|css|html)$/.test(entry.name))
      found.push({ path, size: statSync(path).size });
  }
}

async function bundle() {
  const out = join(root, 'packages/secrets/dist/bench');
  await build({
    entryPoints: { scan: fileURLToPath(new URL('scan-list.mjs', import.meta.url)) },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['@bulwark/source'],
    external: ['@secretlint/*', 'micromatch'],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  return join(out, 'scan.mjs');
}

function secretlintCli() {
  const manifest = createRequire(import.meta.url).resolve('secretlint/package.json');
  return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin);
}

function secretlintrc() {
  const path = join(folder, '.secretlintrc.json');
  writeFileSync(path, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
  return path;
}

function timed(program, args, cwd = folder) {
  const start = performance.now();
  const { stdout, stderr, error } = spawnSync(program, args, { cwd, maxBuffer: 1 << 28 });
  const ms = performance.now() - start;
  if (error) throw error;
  if (stderr.length > 0 && stdout.length === 0) throw new Error(String(stderr).slice(0, 400));
  return { ms, out: String(stdout) };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

function print(what, value) {
  process.stdout.write(`${what.padEnd(34)}${value}\n`);
}
