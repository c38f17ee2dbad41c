/** The bundle, compiled once: what Node made of it stays beside it, so that whoever may alter one may alter the other. */
'use strict';
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('fs');
const nodeModule = require('module');
const { dirname, join } = require('path');
const { Script } = require('vm');

/**
 * Runs the command line: a commit that is clean needs little of it, and waits.
 * @param dist the folder that holds the bundle
 */
exports.start = async (dist, words) => {
  const { load, keepNothing } = createLoader(dist, usedBy(words));
  if (words[0] === 'hook' && /^pre-(?:merge-)?commit$/.test(words[1])) {
    if (words.length === 2) {
      if (await load('./quick.cjs').isClean(process.cwd(), process.env)) return;
      // What it compiled on its way to give up is not what a clean commit needs.
      keepNothing('./quick.cjs');
    }
    // A commit waits for git and for Node: let git begin.
    load('./early-index.cjs').askEarly(process.cwd(), process.env);
  }
  await load('./bulwark.cjs').main();
};

/** The bundle for a thread behind a daemon. @returns what it exports. */
exports.loadBundle = (dist) => createLoader(dist, usedBy([])).load('./bulwark.cjs');

/** Whose functions are kept together: what one command called is of little use to a commit that waits. */
function usedBy([first, second]) {
  if (first !== 'hook') return first === 'audit' ? 'audit' : 'any';
  if (second === 'pre-push' || second === 'commit-msg') return second;
  return 'pre-commit';
}

/** A script made of kept code cannot import, so what does is left to Node. */
const IMPORTS = './import-module.cjs';

/** @returns `load`, a `require` of the bundle's own files, and what takes back that a file's code is kept. */
function createLoader(dist, user) {
  const bundle = join(dist, 'bundle');
  const cache = join(dist, 'compile-cache');
  if (nodeModule.enableCompileCache) {
    nodeModule.enableCompileCache(cache);
    return { load: nodeModule.createRequire(join(bundle, 'bulwark.cjs')), keepNothing() {} };
  }
  const loaded = new Map();
  const toKeep = new Map();
  const build = readFileSync(join(bundle, 'build-id'), 'latin1').slice(0, 16);
  process.once('exit', () => toKeep.forEach((script, kept) => keep(script, kept)));
  return { load, keepNothing: (name) => void toKeep.delete(keptFile(name)) };

  function load(name) {
    const known = loaded.get(name);
    if (known) return known.exports;
    const file = join(bundle, name);
    const kept = keptFile(name);
    const cachedData = readIfThere(kept);
    const script = new Script(nodeModule.wrap(readFileSync(file, 'latin1')), { filename: file, cachedData });
    if (!cachedData || script.cachedDataRejected) toKeep.set(kept, script);
    const made = { exports: {} };
    loaded.set(name, made);
    const foreign = nodeModule.createRequire(file);
    const own = (id) => (id.startsWith('./') && id !== IMPORTS ? load(id) : foreign(id));
    script.runInThisContext().call(made.exports, made.exports, own, made, file, bundle);
    return made.exports;
  }

  function keptFile(name) {
    return join(cache, `${name.slice(2)}-${user}-${build}-${process.version}-${process.arch}`);
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** After a run it knows the functions that a run calls. Where nothing can be written, nothing is kept. */
function keep(script, file) {
  const aside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(aside, script.createCachedData(), { flag: 'wx', flush: true });
    renameSync(aside, file);
  } catch {}
}
