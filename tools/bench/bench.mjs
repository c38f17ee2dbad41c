/** `npm run bench -- <name> [options]`: one file, one bench. */
const benches = {
  apps: () => import('./apps.mjs'),
  audit: () => import('./audit.mjs'),
  history: () => import('./history.mjs'),
  daemon: () => import('./daemon.mjs'),
  hook: () => import('./hook.mjs'),
  secrets: () => import('./secrets.mjs'),
  'nx-graph': () => import('./nx-graph.mjs'),
};

const [name, ...args] = process.argv.slice(2);
const load = benches[name ?? ''];
if (load) {
  const { bench } = await load();
  await bench(args);
} else {
  console.error(`There are these benches: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
}
