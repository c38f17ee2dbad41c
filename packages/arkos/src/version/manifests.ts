/** The `package.json` files of a snapshot, each read once. */
import { messageOf } from '@bulwark/model';
import type { Problem, Snapshot } from '@bulwark/model';
import { objectAt, readJson, stringAt } from './read-json.ts';
import type { JsonObject } from './read-json.ts';

export interface Manifest {
  readonly path: string;
  /** Folder from the snapshot's root, `''` for the root itself. */
  readonly folder: string;
  readonly name: string | null;
  readonly version: string | null;
  /** What it asks of arkos, `null` if it does not. */
  readonly spec: string | null;
  /** Every script by name. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly content: JsonObject;
}

export interface Manifests {
  /** The manifest of a folder (`''` for the root), if there is one that can be read. */
  at(folder: string): Promise<Manifest | null>;
  readonly problems: readonly Problem[];
}

const GROUPS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

export function openManifests(snapshot: Snapshot): Manifests {
  const known = new Map<string, Promise<Manifest | null>>();
  const problems: Problem[] = [];
  return {
    problems,
    at(folder) {
      const found = known.get(folder) ?? read(snapshot, folder, problems);
      known.set(folder, found);
      return found;
    },
  };
}

async function read(snapshot: Snapshot, folder: string, problems: Problem[]): Promise<Manifest | null> {
  const path = folder === '' ? 'package.json' : `${folder}/package.json`;
  const read = await readJson(snapshot, path).catch((error: unknown) => ({
    kind: 'broken' as const,
    because: messageOf(error),
  }));
  if (read.kind === 'missing') return null;
  if (read.kind === 'broken') {
    problems.push({
      path,
      message: `${path} cannot be read: ${read.because}`,
      hint: 'Mend it: which version of Arkos an app runs is written there.',
    });
    return null;
  }
  const content = read.object;
  return {
    path,
    folder,
    name: stringAt(content, 'name') ?? null,
    version: stringAt(content, 'version') ?? null,
    spec:
      GROUPS.map((group) => stringAt(objectAt(content, group), 'arkos')).find((spec) => spec !== undefined) ??
      null,
    scripts: Object.fromEntries(
      Object.entries(objectAt(content, 'scripts')).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    content,
  };
}
