/**
 * How long it takes to look for secrets in 6,000 files of 20 MB: in a process of the scanner's own, and as the whole
 * command on a repository, against `cat` on the same files and secretlint's own command; and the peak of memory.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { loadAtFirstUse } from '../build/load-at-first-use.mjs';
import { makeTree } from './make-tree.mjs';
import { measureInTurns, tell } from './measure.mjs';

const FILES = 6_000;
const BYTES = 20_000_000;

const root = fileURLToPath(new URL('../../', import.meta.url));

export async function bench(args) {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string', default: '7' } } });
  const rounds = Number(values.rounds);
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    const tree = join(folder, 'tree');
    const { paths, bytes } = makeTree(join(root, 'node_modules'), tree, FILES, BYTES);
    console.log(`Node.js ${process.versions.node}, ${rounds} rounds, medians`);
    console.log(`${paths.length} files, ${(bytes / 1e6).toFixed(1)} MB, as a clone has them: in one pack\n`);
    const scan = await scannerOf(folder, tree, paths);
    const audit = auditOf(folder, tree);
    const times = measureInTurns(
      {
        'node -e 0': { run: () => run(process.execPath, ['-e', '0']) },
        cat: { run: () => run('sh', ['-c', `xargs -0 cat < '${scan.list}' > /dev/null`], tree) },
        'git ls-files -z | xargs -0 cat': {
          run: () => run('sh', ['-c', 'git ls-files -z | xargs -0 cat > /dev/null'], tree),
        },
        'scanner, a process of its own': { run: scan.run },
        'bulwark audit --no-cache': { run: audit.run },
        "secretlint's command": { run: secretlintOf(folder, tree) },
      },
      rounds,
    );
    const inProcess = { 'scanner, reading and scanning alone': scan.median() };
    tell({ ...times, ...inProcess }, ['cat', 'git ls-files -z | xargs -0 cat']);
    console.log("\n  secretlint's command takes");
    for (const [name, time] of Object.entries({ ...times, ...inProcess }))
      if (/scanner|bulwark/.test(name))
        console.log(`    ${(times["secretlint's command"] / time).toFixed(1)} × ${name}`);
    console.log(`\n  peak of memory: scanner ${scan.peak()} MB, audit ${audit.peak()} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Our scanner over a list of paths, bundled and started as the product is. */
async function scannerOf(folder, tree, paths) {
  const dist = join(root, 'packages/secrets/dist/bench');
  rmSync(dist, { recursive: true, force: true });
  const options = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    conditions: ['@bulwark/source'],
    logLevel: 'error',
  };
  await build({
    ...options,
    entryPoints: [fileURLToPath(new URL('scan-list.mjs', import.meta.url))],
    outfile: join(dist, 'bundle/bulwark.cjs'),
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'fileUrl' },
    banner: { js: "const fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [importApart, loadAtFirstUse],
  });
  await build({
    ...options,
    entryPoints: [join(root, 'packages/secrets/src/import-module.ts')],
    outfile: join(dist, 'bundle/import-module.cjs'),
  });
  writeFileSync(join(dist, 'bundle/build-id'), createHash('sha256').update(folder).digest('hex'));
  const start = join(folder, 'start.cjs');
  const loader = join(root, 'packages/runner/bin/load-bundle.cjs');
  writeFileSync(
    start,
    `require(${JSON.stringify(loader)}).loadBundle(${JSON.stringify(dist)}, ['audit']).run();`,
  );
  const list = join(folder, 'list.json');
  writeFileSync(list, JSON.stringify(paths));
  writeFileSync(join(folder, 'list0'), paths.join('\0'));
  const told = [];
  return {
    list: join(folder, 'list0'),
    run: () => told.push(JSON.parse(run(process.execPath, [start, list], tree))),
    median: () => told.map(({ scan }) => scan).toSorted((a, b) => a - b)[told.length >> 1],
    peak: () => inMegabytes(Math.max(...told.map(({ rss }) => rss))),
  };
}

/** The one function that must be able to import is a file of its own. */
const importApart = {
  name: 'import-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/import-module\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './import-module.cjs', external: true },
    );
  },
};

/** The whole command on the tree as a repository. */
function auditOf(folder, tree) {
  const git = (...args) => run('git', args, tree);
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid', 'commit', '--quiet', '-m', 'all');
  git('repack', '-adq');
  const peaks = join(folder, 'peaks');
  const spy = join(folder, 'spy.mjs');
  writeFileSync(
    spy,
    `import { appendFileSync } from 'node:fs';
process.on('exit', () => appendFileSync(${JSON.stringify(peaks)}, process.resourceUsage().maxRSS + '\\n'));`,
  );
  const bin = join(root, 'packages/runner/bin/bulwark.cjs');
  return {
    run: () => run(process.execPath, ['--import', spy, bin, 'audit', '--no-cache'], tree, [0, 1]),
    peak: () => inMegabytes(Math.max(...readFileSync(peaks, 'utf8').trim().split('\n').map(Number))),
  };
}

function secretlintOf(folder, tree) {
  const manifest = createRequire(import.meta.url).resolve('secretlint/package.json');
  const bin = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin);
  const config = join(folder, 'secretlintrc.json');
  writeFileSync(config, JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }));
  return () => run(process.execPath, [bin, '--secretlintrc', config, '**/*'], tree, [0, 1]);
}

/** @throws Error for an exit code that is not among those given. */
function run(program, args, cwd, codes = [0]) {
  try {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    return String(
      execFileSync(program, args, { cwd, env, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  } catch (error) {
    if (codes.includes(error.status)) return String(error.stdout);
    throw error;
  }
}

/** @param kib what the system counts memory in */
function inMegabytes(kib) {
  return Math.round((kib * 1024) / 1e6);
}
