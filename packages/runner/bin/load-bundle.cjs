/** The bundle, compiled once: what Node made of it stays beside it, so that whoever may alter one may alter the other. */
'use strict';
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('fs');
const nodeModule = require('module');
const { dirname, join } = require('path');
const { Script } = require('vm');

/**
 * @param dist the folder that holds the bundle
 * @param words of the command line, if there is one. @returns what the bundle exports.
 */
exports.loadBundle = (dist, words = []) => {
  const bundle = join(dist, 'bundle');
  const load = createLoader(bundle, join(dist, 'compile-cache'), usedBy(words));
  // A commit waits for git and for Node: let git begin.
  if (words[0] === 'hook' && /^pre-(?:merge-)?commit$/.test(words[1]))
    load('./early-index.cjs').askEarly(process.cwd(), process.env);
  return load('./bulwark.cjs');
};

/** Whose functions are kept together: what one command called is of little use to a commit that waits. */
function usedBy([first, second]) {
  if (first !== 'hook') return first === 'audit' ? 'audit' : 'any';
  if (second === 'pre-push' || second === 'commit-msg') return second;
  return 'pre-commit';
}

/** A script made of kept code cannot import, so what does is left to Node. */
const IMPORTS = './import-module.cjs';

/** @returns a `require` of the bundle's own files. */
function createLoader(bundle, cache, user) {
  if (nodeModule.enableCompileCache) {
    nodeModule.enableCompileCache(cache);
    return nodeModule.createRequire(join(bundle, 'bulwark.cjs'));
  }
  const loaded = new Map();
  const build = readFileSync(join(bundle, 'build-id'), 'latin1').slice(0, 16);

  return function load(name) {
    const known = loaded.get(name);
    if (known) return known.exports;
    const file = join(bundle, name);
    const kept = join(cache, `${name.slice(2)}-${user}-${build}-${process.version}-${process.arch}`);
    const cachedData = readIfThere(kept);
    const script = new Script(nodeModule.wrap(readFileSync(file, 'latin1')), { filename: file, cachedData });
    if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(script, kept));
    const made = { exports: {} };
    loaded.set(name, made);
    const foreign = nodeModule.createRequire(file);
    const own = (id) => (id.startsWith('./') && id !== IMPORTS ? load(id) : foreign(id));
    script.runInThisContext().call(made.exports, made.exports, own, made, file, bundle);
    return made.exports;
  };
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
