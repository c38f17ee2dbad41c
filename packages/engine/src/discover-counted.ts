import type { Discovered } from '@bulwark/arkos';
import { noStore } from '@bulwark/model';
import type { Snapshot, Store } from '@bulwark/model';
import { discoverOptions, idlePins } from './discover-options.ts';
import { matches } from './settings.ts';
import type { Settings } from './settings.ts';
import { settingsKey, traced } from './traced.ts';

/** The apps that count: those in ignored folders do not, nor does what is wrong with them. */
export async function discoverCounted(
  snapshot: Snapshot,
  settings: Settings,
  store: Store = noStore,
): Promise<Discovered> {
  if (!mayHoldApps(snapshot)) return { apps: [], problems: idlePins(settings, []) };
  return traced(store, snapshot, ['apps', settingsKey(settings)], (watched) => discover(watched, settings));
}

async function discover(snapshot: Snapshot, settings: Settings): Promise<Discovered> {
  const { discoverApps } = await import('./arkos-apps.ts');
  const { apps, problems } = await discoverApps(snapshot, discoverOptions(settings));
  const counts = (path: string | null): boolean => path === null || !matches(path, settings.ignore);
  return {
    apps: apps.filter(({ config, manifest, root }) => counts(config ?? manifest ?? root)),
    problems: [...problems.filter(({ path }) => counts(path)), ...idlePins(settings, apps)],
  };
}

/** Whether anything in the tree could make an app: without a manifest there is none, and nothing is loaded to look. */
function mayHoldApps({ files }: Snapshot): boolean {
  return files.some(({ path }) => path.endsWith('package.json') || path.includes('arkos.config.'));
}
