import { mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The scanner as it stands in the source, bundled so that it runs on every Node. Third-party packages stay
 * outside; the file lies where they resolve from.
 */
export async function loadScanner(name) {
  const folder = `${root}packages/secrets/dist/eval`;
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${name}-${process.pid}.mjs`;
  await build({
    entryPoints: [`${root}packages/secrets/src/index.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['@bulwark/source'],
    external: ['@secretlint/*', 'micromatch'],
    outfile,
    logLevel: 'error',
  });
  return { module: await import(pathToFileURL(outfile).href), outfile };
}
