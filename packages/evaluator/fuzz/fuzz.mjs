/** Bundles `fuzz.ts` for the Node at hand, which cannot strip types itself, and runs it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(here, '.fuzz-'));
try {
  await build({
    entryPoints: [join(here, 'fuzz.ts')],
    outfile: join(folder, 'fuzz.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@bulwark/source'],
    packages: 'external',
    plugins: [
      {
        name: 'workspace-source',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^@bulwark\/model$/ }, () => ({
            path: join(here, '../../model/src/index.ts'),
          }));
        },
      },
    ],
  });
  await import(pathToFileURL(join(folder, 'fuzz.mjs')));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
