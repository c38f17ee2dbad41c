/** What the Nx plugin adds to the making of a project graph of 1,000 apps: by itself, and to a whole Nx command. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeNxWorkspace } from './make-nx-workspace.mjs';
import { addedInTurns, median, mediansOf, tell, timeInTurns } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const plugin = join(root, 'packages/nx');
const AIM = 100;

export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '9' },
      apps: { type: 'string', default: '1000' },
      isolate: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  const count = Number(values.apps);
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-bench-'));
  try {
    const workspace = join(folder, 'work');
    const files = makeNxWorkspace(workspace, count);
    console.log(`Node.js ${process.versions.node}, ${count} apps, medians\n`);
    await measureAlone(workspace, files, count);
    measureCommands(workspace, folder, rounds, values.isolate);
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
  console.log('createNodes over all of them');
  console.log(
    `  the first time  ${first.toFixed(0).padStart(6)} ms   ${first < AIM ? 'under' : 'OVER'} ${AIM} ms`,
  );
  console.log(`  again           ${median(rest).toFixed(0).padStart(6)} ms\n`);
}

/** Plugins as Nx takes them; those in node_modules/plain are made by `makeNxWorkspace`. */
const WAYS = {
  'no plugin': [],
  'one that finds nothing': ['plain/empty'],
  'one with two bare targets an app': ['plain/targets'],
  '@bulwark/nx': ['@bulwark/nx/plugin'],
};

/** Nx charges for a plugin, and for every target; what is ours is told apart from that. */
function measureCommands(workspace, folder, rounds, isolates) {
  const nx = createRequire(join(root, 'package.json')).resolve('nx/package.json');
  const bin = join(dirname(nx), createRequire(import.meta.url)(nx).bin.nx);
  const way = (plugins) => {
    const nxJson = { analytics: false, neverConnectToCloud: true, plugins };
    return {
      prepare: () => writeFileSync(join(workspace, 'nx.json'), JSON.stringify(nxJson)),
      run: () =>
        execFileSync(process.execPath, [bin, 'show', 'projects'], {
          cwd: workspace,
          env: environment(folder, isolates),
          stdio: 'ignore',
        }),
    };
  };
  console.log(
    `nx show projects, no daemon, every plugin in ${isolates ? 'a process of its own' : 'its process'}`,
  );
  const times = timeInTurns(
    Object.fromEntries(Object.entries(WAYS).map(([name, plugins]) => [name, way(plugins)])),
    rounds,
  );
  tell(mediansOf(times), ['no plugin']);
  const [none, empty, bare, ours] = Object.keys(WAYS);
  const added = (name, floor) => `${addedInTurns(times, name, floor).toFixed(0)} ms`.padStart(8);
  console.log(`
  added, round by round
    by a plugin that finds nothing      ${added(empty, none)}
    by two bare targets an app, to that ${added(bare, empty)}
    by ours, to one that finds nothing  ${added(ours, empty)}
    by ours, to two bare targets an app ${added(ours, bare)}
`);
}

function environment(folder, isolates) {
  const { PATH } = process.env;
  return {
    PATH,
    HOME: folder,
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_ISOLATE_PLUGINS: String(isolates),
    NX_CACHE_DIRECTORY: join(folder, 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, 'data'),
    NX_CACHE_PROJECT_GRAPH: 'false',
  };
}
