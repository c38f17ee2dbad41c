/** What a change does to the team's own rules, and which of those do not judge yet. */
import type { Snapshot } from '@bulwark/model';
import { changedFiles, findPlugin } from '../plugins/find-plugin.ts';
import { namedPlugins } from '../plugins/named-plugins.ts';
import type { PluginState } from '../plugins/plugins.ts';
import type { PolicyFinding } from './policy-finding.ts';

/** A plugin that the change takes out, empties or alters: its rules judge this change, and no later one. */
export async function pluginWeakenings(base: Snapshot, now: Snapshot): Promise<PolicyFinding[]> {
  const [before, after] = await Promise.all([namedPlugins(base), namedPlugins(now)]);
  return before.flatMap((plugin): PolicyFinding[] => {
    const key = `plugins ${plugin}`;
    if (!after.includes(plugin))
      return [{ key, message: 'pluginRemoved', props: { plugin }, at: [['plugins']] }];
    const files = changedFiles(plugin, base, now);
    if (files.length === 0 || !isThere(plugin, base)) return [];
    const props = { plugin, files: files.join(', ') };
    return [{ key, message: 'pluginChanged', props, at: [['plugins', after.indexOf(plugin)], ['plugins']] }];
  });
}

function isThere(plugin: string, snapshot: Snapshot): boolean {
  try {
    return findPlugin(plugin, snapshot) !== null;
  } catch {
    return true;
  }
}

/** @param isOfChange what a change alters in a plugin is said by `policy-weakened` */
export function pendingPlugins(plugins: readonly PluginState[], isOfChange: boolean): PolicyFinding[] {
  return plugins.flatMap(({ name, state, changed }, index): PolicyFinding[] => {
    const message = state === 'pending' ? 'pending' : !isOfChange && changed.length > 0 ? 'edited' : null;
    if (message === null) return [];
    const props = { plugin: name, files: changed.join(', ') };
    return [{ key: `plugins ${name}`, message, props, at: [['plugins', index], ['plugins']] }];
  });
}
