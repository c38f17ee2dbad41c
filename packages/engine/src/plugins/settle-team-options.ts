import type { Rule } from '@bulwark/model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RuleSetting, Settings } from '../settings.ts';

/**
 * Where a plugin is being changed, its settings may be written for the rules to come. A rule in force gets no option
 * it does not know: the level counts, and for the options its own defaults.
 */
export function settleTeamOptions(settings: Settings, rules: readonly Rule[]): Settings {
  const ajv = new Ajv2020({ strict: false });
  const isFit = new Map(
    rules
      .filter(({ plugin }) => plugin !== undefined)
      .map(({ id, options }) => [id, options ? ajv.compile(options) : () => false] as const),
  );
  const settle = (said: Settings['rules']): Settings['rules'] =>
    Object.fromEntries(
      Object.entries(said).map(([id, setting]): [string, RuleSetting] => {
        const fits = isFit.get(id);
        if (typeof setting === 'string' || !fits || fits(setting[1])) return [id, setting];
        return [id, setting[0]];
      }),
    );
  return {
    ...settings,
    rules: settle(settings.rules),
    overrides: settings.overrides.map((override) => ({ ...override, rules: settle(override.rules) })),
  };
}
