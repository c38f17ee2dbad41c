/**
 * Names of workspace packages that an answer rests on: a package can be renamed, or another take its name first, while
 * every file that was read for the answer stays as it was.
 */
import type { Trace } from '@bulwark/arkos';
import type { Problem, Snapshot, Store } from '@bulwark/model';
import { traced } from './traced.ts';

export type Names = Trace['names'];

/** Tells whether each name still leads to the same folder. */
export type NamesCheck = (names: Names) => Promise<boolean>;

interface Packages {
  /** Name and folder of each. */
  readonly packages: readonly (readonly [string, string])[];
  readonly problems: readonly Problem[];
}

/**
 * Which packages there are is remembered under their manifests, once for all answers: so nothing is parsed, and no
 * answer names every manifest there is.
 */
export function openNamesCheck(store: Store, snapshot: Snapshot): NamesCheck {
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const packagesOf = (root: string): Promise<ReadonlyMap<string, string>> => {
    const found = known.get(root) ?? recallPackages(store, snapshot, root);
    known.set(root, found);
    return found;
  };
  return async (names) => {
    for (const { root, name, folder } of names)
      if (((await packagesOf(root)).get(name) ?? null) !== folder) return false;
    return true;
  };
}

async function recallPackages(
  store: Store,
  snapshot: Snapshot,
  root: string,
): Promise<ReadonlyMap<string, string>> {
  const { packages } = await traced(
    store,
    snapshot,
    ['packages', root],
    async (watched): Promise<Packages> => {
      const { workspacePackages } = await import('./arkos-apps.ts');
      return { packages: [...(await workspacePackages(watched, root))], problems: [] };
    },
  );
  return new Map(packages);
}
