import type { Snapshot } from '@bulwark/model';
import { Lookups, SnapshotFiles } from './lookup.ts';
import { Workspaces } from './workspace.ts';

/** Finds packages of a workspace by name, just as an import of them is resolved. */
export function createPackageFinder(
  snapshot: Snapshot,
): (root: string, name: string) => Promise<string | null> {
  const workspaces = new Workspaces(new SnapshotFiles(snapshot), () => new Lookups());
  return async (root, name) => (await workspaces.of(root, new Lookups()))?.packages.get(name) ?? null;
}
