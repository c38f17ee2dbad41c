/** Bundles a TypeScript script of this package for the Node at hand, which cannot strip types itself, and runs it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

export async function runTypeScript(path) {
  const folder = mkdtempSync(join(here, '.run-'));
  try {
    await build({
      entryPoints: [path],
      outfile: join(folder, 'script.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      conditions: ['@bulwark/source'],
      packages: 'external',
      alias: { '@bulwark/model': join(here, '../../model/src/index.ts') },
    });
    await import(pathToFileURL(join(folder, 'script.mjs')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
