/**
 * Every optional dependency a locked package names must have an entry of its own: `npm install` writes a lock
 * file without the platform packages a registry did not serve that day, and `npm ci` refuses it elsewhere.
 */
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const missing = [];
let seen = 0;
for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const name of Object.keys(optionalDependencies)) {
    seen += 1;
    if (!isLocked(path, name)) missing.push(`${name}, wanted by ${path}`);
  }
}

/** Node's own look-up: in the package's node_modules, then in each folder above it. */
function isLocked(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`]) return true;
    if (at === '') return false;
    if (!at.includes('node_modules/')) at = '';
  }
}

if (seen === 0) missing.push('any optional dependency: the lock file could not be understood');
for (const line of missing) console.error(`package-lock.json has no entry for ${line}`);
if (missing.length > 0) process.exitCode = 1;
else console.log(`package-lock.json: all ${seen} optional dependencies have an entry`);
