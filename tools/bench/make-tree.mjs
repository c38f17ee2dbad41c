/** A tree like a monorepo's: what is installed here, in its own folders, cut to a number of files and of bytes. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Compiled code and source maps are in nobody's repository. */
const NOT_TRACKED = /\.(?:map|node|wasm|exe)$/;

/**
 * Copies files chosen by a hash of their path, so that all kinds are there as often as they are there in the source. The largest
 * are left out until the rest is as long as asked on average.
 * @returns paths relative to the target, in order, and the bytes of all
 */
export function makeTree(source, target, count, bytes) {
  const found = [];
  walk(source, found);
  found.sort((a, b) => a.size - b.size);
  const small = found.slice(0, countUnder(found, bytes / count));
  if (small.length < count) throw new Error(`there are only ${small.length} files to choose from`);
  const chosen = small
    .map(({ path, size }) => ({ path, size, order: hash(relative(source, path)) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, count);
  const paths = chosen.map(({ path }) => {
    const copy = relative(source, path).replaceAll('node_modules', 'lib');
    mkdirSync(dirname(join(target, copy)), { recursive: true });
    copyFileSync(path, join(target, copy));
    return copy;
  });
  return { paths: paths.toSorted(), bytes: chosen.reduce((sum, { size }) => sum + size, 0) };
}

/** How many of the files, which are in order of their size, have that mean. */
function countUnder(files, mean) {
  let sum = 0;
  let count = 0;
  for (const { size } of files) {
    sum += size;
    if (sum > mean * (count + 1) && size > mean) break;
    count += 1;
  }
  return count;
}

function walk(folder, found) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, found);
    else if (entry.isFile() && !NOT_TRACKED.test(entry.name)) found.push({ path, size: statSync(path).size });
  }
}

function hash(text) {
  return createHash('sha1').update(text).digest('hex');
}
