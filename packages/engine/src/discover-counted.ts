import { discoverApps } from '@bulwark/arkos';
import type { Discovered } from '@bulwark/arkos';
import type { Snapshot } from '@bulwark/model';
import { discoverOptions, idlePins } from './discover-options.ts';
import { matches } from './settings.ts';
import type { Settings } from './settings.ts';

/** The apps that count: those in ignored folders do not, nor does what is wrong with them. */
export async function discoverCounted(snapshot: Snapshot, settings: Settings): Promise<Discovered> {
  const { apps, problems } = await discoverApps(snapshot, discoverOptions(settings));
  const counts = (path: string | null): boolean => path === null || !matches(path, settings.ignore);
  return {
    apps: apps.filter(({ config, manifest, root }) => counts(config ?? manifest ?? root)),
    problems: [...problems.filter(({ path }) => counts(path)), ...idlePins(settings, apps)],
  };
}
