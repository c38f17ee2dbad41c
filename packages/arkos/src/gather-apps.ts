/** Each app's facts, one app after the other; what they share is read once. */
import { createLoader } from '@bulwark/evaluator';
import type { App, Snapshot } from '@bulwark/model';
import { gatherFacts } from './facts.ts';
import type { Gathered } from './facts.ts';
import type { ModeDefinition } from './mode.ts';
import type { WorkspaceStart } from './start/gather-start.ts';
import { gatherWorkspaceStart } from './workspace-start.ts';

export interface Workspace {
  /** Every app there is: one Dockerfile or workflow may start many. */
  readonly apps: readonly App[];
  readonly modes: readonly ModeDefinition[];
  /** How they are started, where that is known already. */
  readonly start?: WorkspaceStart;
}

/**
 * @param wanted the apps to gather, out of the workspace's
 * @throws ReadError if a file of the snapshot cannot be read.
 */
export async function* gatherApps(
  snapshot: Snapshot,
  { apps, modes, start: known }: Workspace,
  wanted: readonly App[] = apps,
): AsyncGenerator<Gathered & { readonly app: App }> {
  if (wanted.length === 0) return;
  const loader = createLoader(snapshot);
  const start = known ?? (await gatherWorkspaceStart(snapshot, apps, modes, loader, wanted));
  for (const app of wanted) yield { app, ...(await gatherFacts(snapshot, app, { modes, loader, start })) };
}
