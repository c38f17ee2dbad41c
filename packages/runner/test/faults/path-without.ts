import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface PoorPath {
  /** For the variable `PATH`. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** A folder with every program of `PATH` but one. */
export async function pathWithout(missing: string): Promise<PoorPath> {
  const folder = await mkdtemp(join(tmpdir(), 'bulwark-path-'));
  const seen = new Set([missing]);
  for (const from of (process.env['PATH'] ?? '').split(delimiter)) {
    const names = await readdir(from).catch(() => []);
    const fresh = names.filter((name) => !seen.has(name));
    for (const name of fresh) seen.add(name);
    await Promise.all(fresh.map((name) => symlink(join(from, name), join(folder, name))));
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
