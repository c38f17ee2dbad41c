import { createHash } from 'node:crypto';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { runProgram } from './run-program.ts';
import type { Place } from './run-program.ts';

/** What an action may change. */
export interface Allowed {
  /** `commit -a` and `commit <path>` stage by themselves. */
  readonly index?: boolean;
}

/**
 * Holds an action to what every row asks of a hook, whether it blocks or passes: the work tree (bytes, modes,
 * times), the stash and the entries of the index are as they were.
 */
export async function expectUntouched<T>(
  place: Place,
  action: () => Promise<T>,
  { index = false }: Allowed = {},
): Promise<T> {
  const before = await stateOf(place, index);
  const result = await action();
  expect(await stateOf(place, index)).toEqual(before);
  return result;
}

async function stateOf(place: Place, withoutIndex: boolean): Promise<unknown> {
  return {
    files: await filesBelow(place.root, (name) => name !== '.git'),
    stash: await ask(place, 'stash', 'list'),
    index: withoutIndex ? null : await ask(place, 'ls-files', '--stage', '-v', '-z'),
  };
}

/** Where there is no work tree git refuses both questions, before as after. */
async function ask(place: Place, ...args: string[]): Promise<string> {
  const env = { GIT_OPTIONAL_LOCKS: '0' };
  return (await runProgram(place, ['git', ...args], { env })).stdout;
}

/** Every file below a folder, with all that could be changed about it; names, of any bytes, as Latin-1. */
export async function filesBelow(
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const placeOf = (path: string): Buffer =>
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, 'latin1')]);
  await walk('');
  return found;

  async function walk(path: string): Promise<void> {
    const entries = await readdir(placeOf(path), { withFileTypes: true, encoding: 'buffer' });
    for (const entry of entries) {
      const name = entry.name.toString('latin1');
      if (!isWanted(name)) continue;
      if (entry.isDirectory()) await walk(`${path}${name}/`);
      else found[path + name] = await describeFile(placeOf(path + name));
    }
  }
}

async function describeFile(file: Buffer): Promise<string> {
  const { mode, size, mtimeNs, ino } = await lstat(file, { bigint: true });
  const kind = mode & 0o170000n;
  const bytes =
    kind === 0o120000n
      ? await readlink(file, 'buffer')
      : kind === 0o100000n
        ? await readFile(file)
        : Buffer.alloc(0);
  const hash = createHash('sha1').update(bytes).digest('hex');
  return `${mode.toString(8)} ${size} bytes ${hash} at ${mtimeNs} in ${ino}`;
}
