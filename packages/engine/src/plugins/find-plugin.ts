/** A plugin's name in the settings → the files that make it, in one snapshot. */
import { posix } from 'node:path';
import { UserError } from '@bulwark/model';
import type { FileRef, Snapshot } from '@bulwark/model';

export interface FoundPlugin {
  /** As the settings name it. */
  readonly name: string;
  /** The files whose default exports are rules. */
  readonly entries: readonly string[];
  /** Every file its code may import by a relative path, the entries among them, in byte order. */
  readonly files: readonly FileRef[];
}

/** What a plugin may come to: more is a mistake in its name, and all of it is hashed for every check. */
const MOST_FILES = 1000;

/**
 * @returns `null` where the snapshot has nothing under that name.
 * @throws UserError where what is there is no plugin.
 */
export function findPlugin(name: string, snapshot: Snapshot): FoundPlugin | null {
  const path = pathOfPlugin(name);
  const file = snapshot.file(path);
  const folder = file ? posix.dirname(path) : path;
  // A file at the root stands alone: beside it lies the whole repository.
  const files = file && folder === '.' ? [file] : snapshot.files.filter((one) => isCode(one, folder));
  if (files.length === 0) return null;
  if (files.length > MOST_FILES)
    throw new UserError(
      `the plugin ${name} is in a folder of ${files.length} files`,
      `Put it into a folder of its own; at most ${MOST_FILES} files count as its code.`,
    );
  const entries = file ? [path] : entriesIn(folder, files);
  if (entries.length === 0)
    throw new UserError(
      `the plugin ${name} has neither an index.mjs nor a file named *.rule.mjs`,
      'Name a rule file cors-review.rule.mjs, or list the rules in index.mjs (.js, .mts and .ts are fine too).',
    );
  return { name, entries, files };
}

/** @throws UserError for a name that leads out of the repository. */
export function pathOfPlugin(name: string): string {
  const path = posix.normalize(name).replace(/\/$/, '');
  if (path !== '.' && path !== '..' && !path.startsWith('../') && !path.startsWith('/')) return path;
  throw new UserError(
    `the plugin ${name} is not inside the repository`,
    'Name a file or a folder from the root: ./tools/policies.',
  );
}

/** Links and submodules lead elsewhere; what is installed is not the plugin's own. */
function isCode({ path, mode }: FileRef, folder: string): boolean {
  return (
    path.startsWith(`${folder}/`) &&
    (mode === '100644' || mode === '100755') &&
    !path.slice(folder.length).includes('/node_modules/')
  );
}

const INDEX = ['mjs', 'js', 'mts', 'ts'].map((ending) => `index.${ending}`);

/** The folder's index alone, or every rule file in it. */
function entriesIn(folder: string, files: readonly FileRef[]): string[] {
  const paths = files.map(({ path }) => path);
  const index = INDEX.map((name) => `${folder}/${name}`).find((path) => paths.includes(path));
  return index === undefined ? paths.filter((path) => /\.rule\.m?[jt]s$/.test(path)) : [index];
}

/** The files of a plugin that two snapshots do not have alike. */
export function changedFiles(name: string, a: Snapshot, b: Snapshot): string[] {
  const [before, after] = [a, b].map((snapshot) => {
    const files = findFiles(name, snapshot);
    return new Map(files.map((file) => [file.path, file]));
  }) as [Map<string, FileRef>, Map<string, FileRef>];
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().filter((path) => {
    const [one, other] = [before.get(path), after.get(path)];
    return !one || !other || one.blob === null || one.blob !== other.blob || one.mode !== other.mode;
  });
}

function findFiles(name: string, snapshot: Snapshot): readonly FileRef[] {
  try {
    return findPlugin(name, snapshot)?.files ?? [];
  } catch {
    return [];
  }
}
