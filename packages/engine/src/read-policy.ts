import type { Problem, Rule, Store } from '@bulwark/model';
import type { PluginSubject } from './plugins/load-plugins.ts';
import { namedPlugins } from './plugins/named-plugins.ts';
import type { PluginState, Plugins } from './plugins/plugins.ts';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings.ts';

/** What something is judged by. */
export interface Policy {
  readonly settings: Settings;
  /** The product's rules, and behind them those of the plugins in force. */
  readonly rules: readonly Rule[];
  /** Every plugin the settings name, in their order. */
  readonly plugins: readonly PluginState[];
  /** What kept plugins from being loaded. */
  readonly problems: readonly Problem[];
}

export interface PolicyParts {
  readonly rules: readonly Rule[];
  /** How plugins are loaded; if left out, none is, and what the settings say of their rules is taken as it stands. */
  readonly plugins?: Plugins;
}

/** @throws UserError for a mistake in the settings. */
export async function readPolicy(
  { rules, plugins }: PolicyParts,
  subject: PluginSubject,
  store?: Store,
): Promise<Policy> {
  const { snapshot } = subject;
  const names = await namedPlugins(snapshot);
  if (names.length === 0 || !plugins) {
    const settings = await readSettings(snapshot, rules, names.length > 0 ? 'any' : 'known', store);
    return { settings, rules, plugins: [], problems: [] };
  }
  // Loaded where a plugin is named, and only there.
  const { loadPlugins } = await import('./plugins/load-plugins.ts');
  const team = await loadPlugins(names, subject, plugins);
  const all = [...rules, ...team.rules];
  const isSettled = team.plugins.every(({ state, changed }) => state === 'in-force' && changed.length === 0);
  const settings = await readSettings(snapshot, all, isSettled ? 'known' : 'any', store);
  return { settings, rules: all, plugins: team.plugins, problems: team.problems };
}
