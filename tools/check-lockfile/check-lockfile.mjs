/**
 * Every optional dependency a locked package names must have an entry of its own: `npm install` writes a lock
 * file without the platform packages a registry did not serve that day, and `npm ci` refuses it elsewhere.
 */
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const missing = [];
let seen = 0;
for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    seen += 1;
    if (!isLocked(path, name, range)) missing.push(`${name} ${range}, wanted by ${path}`);
  }
}

/** Node's own look-up: in the package's node_modules, then in each folder above it. What it finds must fit. */
function isLocked(from, name, range) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const entry = packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (entry) return !/^\d/.test(range) || entry.version === range;
    if (at === '') return false;
    if (!at.includes('node_modules/')) at = '';
  }
}

if (seen === 0) missing.push('any optional dependency: the lock file could not be understood');
for (const line of missing) console.error(`package-lock.json has no entry for ${line}`);
if (missing.length > 0) process.exitCode = 1;
else console.log(`package-lock.json: all ${seen} optional dependencies have an entry`);
