/** What the Nx plugin adds to the making of a project graph of 1,000 apps: by itself, and to a whole Nx command. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureInTurns, tell } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const plugin = join(root, 'packages/nx');
const AIM = 100;

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '7' }, apps: { type: 'string', default: '1000' } },
  });
  const rounds = Number(values.rounds);
  const count = Number(values.apps);
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    const workspace = join(folder, 'work');
    const files = makeWorkspace(workspace, count);
    console.log(`Node.js ${process.versions.node}, ${count} apps, medians\n`);
    await measureAlone(workspace, files, count);
    measureCommands(workspace, folder, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The function Nx calls, in a process that has called nothing before, and then again. */
async function measureAlone(workspace, files, count) {
  const { createNodes } = createRequire(import.meta.url)(join(plugin, 'dist/plugin.cjs'));
  const context = { workspaceRoot: workspace, nxJsonConfiguration: {} };
  const times = [];
  for (let round = 0; round < 15; round += 1) {
    const start = process.hrtime.bigint();
    const [[, { projects }]] = await createNodes[1](files, {}, context);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    if (Object.keys(projects).length !== count + 1) throw new Error('not every app was found');
  }
  const [first, ...rest] = times;
  const median = rest.toSorted((a, b) => a - b)[Math.floor(rest.length / 2)];
  console.log('createNodes over all of them');
  console.log(
    `  the first time  ${first.toFixed(0).padStart(6)} ms   ${first < AIM ? 'under' : 'OVER'} ${AIM} ms`,
  );
  console.log(`  again           ${median.toFixed(0).padStart(6)} ms\n`);
}

function measureCommands(workspace, folder, rounds) {
  const nx = createRequire(join(root, 'package.json')).resolve('nx/package.json');
  const bin = join(dirname(nx), createRequire(import.meta.url)(nx).bin.nx);
  const way = (plugins) => {
    const nxJson = { analytics: false, neverConnectToCloud: true, plugins };
    return {
      prepare: () => writeFileSync(join(workspace, 'nx.json'), JSON.stringify(nxJson)),
      run: () =>
        execFileSync(process.execPath, [bin, 'show', 'projects'], {
          cwd: workspace,
          env: environment(folder),
          stdio: 'ignore',
        }),
    };
  };
  console.log('nx show projects, no daemon, every plugin in the same process');
  const times = measureInTurns(
    { 'without the plugin': way([]), 'with the plugin': way(['@bulwark/nx/plugin']) },
    rounds,
  );
  tell(times, ['without the plugin']);
  console.log(
    `  the plugin adds ${(times['with the plugin'] - times['without the plugin']).toFixed(0)} ms\n`,
  );
}

/** @returns the files Nx would hand to the plugin, from the workspace's root. */
function makeWorkspace(workspace, count) {
  const files = [];
  const write = (path, text, isNamed = true) => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
    if (isNamed) files.push(path);
  };
  write(
    'package.json',
    JSON.stringify({ name: 'bench', private: true, workspaces: ['apps/*', 'packages/*'] }),
  );
  write('nx.json', '{}');
  for (let index = 0; index < count; index += 1) {
    const app = `apps/a${index}`;
    const scripts = { dev: 'arkos dev', build: 'arkos build', start: 'arkos start' };
    write(
      `${app}/package.json`,
      JSON.stringify({ name: `a${index}`, scripts, dependencies: { arkos: '1.6.7' } }),
    );
    write(`${app}/arkos.config.ts`, 'export default {};\n');
    write(`${app}/src/app.ts`, "import arkos from 'arkos';\narkos.init();\n");
    write(`packages/p${index}/package.json`, JSON.stringify({ name: `p${index}` }));
    write(`packages/p${index}/src/index.ts`, '', false);
  }
  const packages = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `node_modules/dep-${index}`,
      { version: '1.0.0', integrity: `sha512-${'x'.repeat(88)}` },
    ]),
  );
  const lock = {
    lockfileVersion: 3,
    packages: { '': {}, ...packages, 'node_modules/arkos': { version: '1.6.7' } },
  };
  write('package-lock.json', JSON.stringify(lock, null, 2), false);
  const modules = join(workspace, 'node_modules');
  mkdirSync(join(modules, '@bulwark'), { recursive: true });
  cpSync(plugin, join(modules, '@bulwark/nx'), {
    recursive: true,
    filter: (path) => !path.includes('/test'),
  });
  for (const name of ['nx', '@nx', 'jsonc-parser'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  return files;
}

function environment(folder) {
  const { PATH } = process.env;
  return {
    PATH,
    HOME: folder,
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_ISOLATE_PLUGINS: 'false',
    NX_CACHE_DIRECTORY: join(folder, 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, 'data'),
    NX_CACHE_PROJECT_GRAPH: 'false',
  };
}
