import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Does something with packages that are installed from the registry, in a folder that is gone afterwards. */
export async function withInstalled(dependencies, use) {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-compat-'));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    return await use(join(folder, 'node_modules'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns `ok` with the number of tests, or `FAILED` after printing what jest said. */
export function runSpecs({ node = process.execPath, folder, args, env = {} }) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { status, stderr } = spawnSync(
    node,
    ['--experimental-vm-modules', '--no-warnings', jest, '--runInBand', ...args],
    { cwd: join(root, folder), env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const passed = Number(/^Tests:.*?(\d+) passed/m.exec(stderr)?.[1] ?? 0);
  if (status === 0 && passed > 0) return `ok (${passed} tests)`;
  console.error(stderr);
  return `FAILED (${status})`;
}
