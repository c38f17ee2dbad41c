import { createLoader } from '@bulwark/evaluator';
import type { Loader } from '@bulwark/evaluator';
import type { App, Snapshot } from '@bulwark/model';
import { appEnvFiles } from './environment/app-env-files.ts';
import { evaluatingUnder } from './evaluate-module.ts';
import type { ModeDefinition } from './mode.ts';
import { mergeTraces, recordLookups } from './record-lookups.ts';
import type { Trace } from './record-lookups.ts';
import { gatherStart } from './start/gather-start.ts';
import type { WorkspaceStart } from './start/gather-start.ts';

/**
 * How the apps of a workspace are started: gathered once, because one Dockerfile or workflow may start many.
 * @param wanted the apps that will be asked about; all if left out.
 * @throws ReadError if a file of the snapshot cannot be read.
 */
export async function gatherWorkspaceStart(
  snapshot: Snapshot,
  apps: readonly App[],
  modes: readonly ModeDefinition[],
  loader: Loader = createLoader(snapshot),
  wanted: readonly App[] = apps,
): Promise<WorkspaceStart & { readonly trace: Trace }> {
  const recording = recordLookups(snapshot);
  const evaluating = evaluatingUnder(loader, {});
  const start = await gatherStart(
    recording,
    apps.map((app) => ({
      root: app.root,
      envFiles: appEnvFiles(app, modes),
      liveModes: modes.filter(({ command }) => command === 'start').map(({ name }) => name),
    })),
    evaluating,
    wanted.map(({ root }) => root),
  );
  return { ...start, trace: mergeTraces([recording.trace(), ...evaluating.traces]) };
}
