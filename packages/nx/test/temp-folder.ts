import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TempFolder {
  /** Absolute path, symlinks resolved. */
  readonly root: string;
  remove(): void;
}

/** A folder with these files in it. */
export function tempFolder(files: Readonly<Record<string, string>>): TempFolder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bulwark-nx-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
