import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The place of modules that stand for packages; esbuild lets a plugin name one. */
const NAMESPACE = 'load-at-first-use';

/** Of Node's own modules, those that take it milliseconds to load and are used for their functions alone. */
const SLOW = /^node:(?:child_process|crypto|fs\/promises|timers\/promises|tty|zlib)$/;

/**
 * Leaves packages outside a CommonJS bundle, each loaded when something of it is first used: most commands need few of
 * the parsers that the bundle's modules import. So are the slowest of Node's own modules.
 */
export const loadAtFirstUse = {
  name: 'load-at-first-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir, namespace }) => {
      if (kind === 'entry-point' || path.startsWith('@bulwark/')) return undefined;
      const isOurImport =
        kind === 'import-statement' &&
        namespace !== NAMESPACE &&
        (SLOW.test(path) || !path.startsWith('node:'));
      return isOurImport
        ? { path, namespace: NAMESPACE, pluginData: resolveDir, sideEffects: !SLOW.test(path) }
        : { path, external: true };
    });
    onLoad({ filter: SLOW, namespace: NAMESPACE }, ({ path, pluginData: folder }) => ({
      contents: functionsOf(path, createRequire(join(folder, 'index.js'))(path)),
      resolveDir: folder,
    }));
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
  return `${loader(path)}
module.exports = Object.defineProperties(${target}, Object.getOwnPropertyDescriptors({ ${getters.join(', ')} }));`;
}

/** An ES module of a module's functions, of which esbuild keeps those that are used. */
function functionsOf(path, exported) {
  const names = Object.keys(exported).filter(
    (name) => /^[a-z]/.test(name) && typeof exported[name] === 'function',
  );
  const functions = names.map((name) => `export const ${name} = (...words) => load().${name}(...words);`);
  return [loader(path), ...functions].join('\n');
}

function loader(path) {
  return `let loaded;
const load = () => (loaded ??= require(${JSON.stringify(path)}));`;
}
