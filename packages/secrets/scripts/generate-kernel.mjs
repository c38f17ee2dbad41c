/**
 * Writes src/kernel/data.generated.ts and src/kernel/kernel.generated.ts: the prefilter's automaton, and what runs it. Run it
 * after a change to a keyword or to the kernel.
 *   node packages/secrets/scripts/generate-kernel.mjs
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = new URL('../src/kernel/', import.meta.url);
const folder = mkdtempSync(fileURLToPath(new URL('../dist-kernel-', import.meta.url)));
try {
  const { kernelDataSource, DETECTORS } = await load(
    `export { kernelDataSource } from './data-source.ts'; export { DETECTORS } from '../detectors/index.ts';`,
    'data.mjs',
  );
  writeFileSync(new URL('data.generated.ts', source), kernelDataSource(DETECTORS));
  const { kernelSource } = await load(`export { kernelSource } from './kernel-source.ts';`, 'kernel.mjs');
  writeFileSync(new URL('kernel.generated.ts', source), kernelSource(source));
} finally {
  rmSync(folder, { recursive: true });
}

async function load(contents, name) {
  const outfile = join(folder, name);
  await build({
    stdin: { contents, resolveDir: fileURLToPath(source), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['typescript'],
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
