/**
 * Writes src/automaton.generated.ts: the prefilter's automaton. Run it after a change to a keyword.
 *   node packages/secrets/scripts/generate-automaton.mjs
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'automaton-'));
try {
  const outfile = join(folder, 'source.mjs');
  await build({
    stdin: {
      contents: `export { automatonSource } from './automaton-source.ts'; export { DETECTORS } from './detectors/index.ts';`,
      resolveDir: source,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const { automatonSource, DETECTORS } = await import(pathToFileURL(outfile).href);
  writeFileSync(join(source, 'automaton.generated.ts'), automatonSource(DETECTORS));
} finally {
  rmSync(folder, { recursive: true });
}
