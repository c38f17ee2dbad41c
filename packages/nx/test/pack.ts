/** The two published packages, as `npm publish` would send them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

export interface Packed {
  /** Absolute paths of the archives. */
  readonly bulwark: string;
  readonly plugin: string;
  remove(): void;
}

export function packBoth(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-nx-packed-'));
  const pack = (name: string): string => {
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const said = execFileSync('npm', args, { cwd: join(REPOSITORY, 'packages', name), encoding: 'utf8' });
    const [{ filename }] = JSON.parse(said) as [{ filename: string }];
    return join(folder, filename);
  };
  return {
    bulwark: pack('runner'),
    plugin: pack('nx'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** As a package manager lays it out. */
export function unpack(archive: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', to, '--strip-components=1']);
}
