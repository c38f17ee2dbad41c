import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The place of modules that stand for packages; esbuild lets a plugin name one. */
const NAMESPACE = 'load-at-first-use';

/**
 * Leaves packages outside a CommonJS bundle, each loaded when something of it is first used: most commands need few of
 * the parsers that the bundle's modules import.
 */
export const loadAtFirstUse = {
  name: 'load-at-first-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir, namespace }) => {
      if (kind === 'entry-point' || path.startsWith('@bulwark/')) return undefined;
      const isOurImport = kind === 'import-statement' && namespace !== NAMESPACE && !path.startsWith('node:');
      return isOurImport ? { path, namespace: NAMESPACE, pluginData: resolveDir } : { path, external: true };
    });
    onLoad({ filter: /./, namespace: NAMESPACE }, ({ path, pluginData: folder }) => ({
      contents: standIn(path, createRequire(join(folder, 'index.js'))(path)),
      resolveDir: folder,
    }));
  },
};

/** A module of the same names as a package's. esbuild reads its exports one by one as they are used. */
function standIn(path, exported) {
  const names = Object.keys(exported).filter((name) => name !== '__esModule');
  const getters = names.map(
    (name) => `get ${JSON.stringify(name)}() { return load()[${JSON.stringify(name)}]; }`,
  );
  const target = typeof exported === 'function' ? '(...words) => load()(...words)' : '{}';
  return `let loaded;
const load = () => (loaded ??= require(${JSON.stringify(path)}));
module.exports = Object.defineProperties(${target}, Object.getOwnPropertyDescriptors({ ${getters.join(', ')} }));`;
}
