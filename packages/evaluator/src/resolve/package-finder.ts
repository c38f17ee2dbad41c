import type { Snapshot } from '@bulwark/model';
import { Lookups, SnapshotFiles } from './lookup.ts';
import { Workspaces } from './workspace.ts';

/** Finds packages of a workspace by name, just as an import of them is resolved. */
export function createPackageFinder(
  snapshot: Snapshot,
): (root: string, name: string) => Promise<string | null> {
  const workspaces = openWorkspaces(snapshot);
  return async (root, name) => (await workspaces.of(root, new Lookups()))?.packages.get(name) ?? null;
}

/** All packages of the workspace that a folder belongs to: the folder each name leads to. Empty if there is none. */
export async function workspacePackages(
  snapshot: Snapshot,
  root: string,
): Promise<ReadonlyMap<string, string>> {
  return (await openWorkspaces(snapshot).of(root, new Lookups()))?.packages ?? new Map<string, string>();
}

function openWorkspaces(snapshot: Snapshot): Workspaces {
  return new Workspaces(new SnapshotFiles(snapshot), () => new Lookups());
}
