/**
 * Writes our detectors as a package for anyone's secretlint: one module and its manifest.
 *   node packages/secrets/scripts/pack-preset.mjs <folder>
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export async function packPreset(folder) {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'src/preset.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['@bulwark/source'],
    outfile: join(folder, 'index.js'),
    logLevel: 'error',
  });
  const manifest = {
    name: '@bulwark/secretlint-rule-preset',
    version,
    license,
    type: 'module',
    exports: { '.': './index.js', './package.json': './package.json' },
    files: ['index.js'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const [, script, folder] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (folder === undefined) {
    process.stderr.write('usage: pack-preset.mjs <folder>\n');
    process.exitCode = 2;
  } else {
    await packPreset(folder);
  }
}
