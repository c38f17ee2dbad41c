/** What `nx.json` may say beside the plugin's name. */
export interface PluginOptions {
  /** The target that judges a project; `bulwark` if left out. */
  readonly targetName?: string;
  /** The target that is to include it; `lint` if left out. */
  readonly lintTargetName?: string;
}

export type KnownOptions = Required<PluginOptions>;

const DEFAULTS: KnownOptions = { targetName: 'bulwark', lintTargetName: 'lint' };

/** @throws Error naming what is no option, or has no name in it. */
export function readOptions(said: unknown): KnownOptions {
  const options = (said ?? {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(DEFAULTS, key))
      throw new Error(
        `nx.json: @bulwark/nx has no option "${key}"; there are: ${Object.keys(DEFAULTS).join(', ')}`,
      );
    if (value !== undefined && (typeof value !== 'string' || value.trim() === ''))
      throw new Error(`nx.json: the option "${key}" of @bulwark/nx must be the name of a target`);
  }
  return {
    targetName: (options['targetName'] as string | undefined) ?? DEFAULTS.targetName,
    lintTargetName: (options['lintTargetName'] as string | undefined) ?? DEFAULTS.lintTargetName,
  };
}
