/** Runs after `npm ci`: builds the packages and turns on this repository's own hooks. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

if (existsSync(`${root}/node_modules/esbuild`)) {
  await import('./bundle.mjs');
  await import('./nx-plugin.mjs');
} else console.log('bulwark: not built, because the development dependencies are not installed');

if (existsSync(`${root}/node_modules/husky`) && existsSync(`${root}/.git`)) {
  const { default: husky } = await import('husky');
  const complaint = husky();
  if (complaint) console.log(`husky: ${complaint}`);
}
