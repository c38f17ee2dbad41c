/** Builds the package `@bulwark/nx` as CommonJS: every Nx it serves loads plugins and generators with `require`. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../../packages/nx', import.meta.url));
const dist = join(folder, 'dist');
const entries = ['plugin', ...['init', 'rule', 'sync'].map((name) => `generators/${name}`)];

await rm(join(dist, 'generators'), { recursive: true, force: true });
await build({
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  outExtension: { '.js': '.cjs' },
  entryPoints: entries.map((entry) => ({ in: join(folder, 'src', `${entry}.ts`), out: entry })),
  outdir: dist,
  logLevel: 'warning',
});
