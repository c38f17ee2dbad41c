import { nearest } from '@bulwark/model';
import type { DiscoverOptions } from '@bulwark/arkos';
import type { App, Problem } from '@bulwark/model';
import { SETTINGS_FILE } from './settings.ts';
import type { Settings } from './settings.ts';

/** What the settings say of which apps there are, and of their versions. */
export function discoverOptions({ apps, arkos }: Settings): DiscoverOptions {
  return { ...(apps ? { apps } : {}), pins: arkos };
}

/** Versions that are pinned for no app there is. */
export function idlePins({ arkos }: Settings, apps: readonly App[]): Problem[] {
  const roots = apps.map(({ root }) => root);
  return Object.keys(arkos)
    .filter((root) => !roots.includes(root))
    .map((root) => {
      const near = nearest(root, roots);
      return {
        path: SETTINGS_FILE,
        message: `pins a version of Arkos for ${JSON.stringify(root)}, and no app is there`,
        hint: near === undefined ? 'Take it out of "arkos".' : `Did you mean ${JSON.stringify(near)}?`,
      };
    });
}
