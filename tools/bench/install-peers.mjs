import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs what we are measured against, as its pages say. @returns its `node_modules` */
export function installPeers(folder, dependencies) {
  const at = join(folder, 'peers');
  mkdirSync(at);
  writeFileSync(join(at, 'package.json'), JSON.stringify({ private: true, dependencies }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: at, stdio: 'inherit' });
  return join(at, 'node_modules');
}
