import type { Rule } from '@bulwark/model';
import { matches } from './settings.ts';
import type { Settings } from './settings.ts';

/** Which part of the settings decides a rule for an app: `overrides[1]`, `rules`, `preset`, or none of them. */
export function ruleOrigin(settings: Settings, rule: Rule, appRoot: string | null): string {
  const override = settings.overrides.findLastIndex(
    ({ apps, rules }) => appRoot !== null && matches(appRoot, apps) && rules[rule.id] !== undefined,
  );
  if (override !== -1) return `overrides[${override}]`;
  if (settings.rules[rule.id] !== undefined) return 'rules';
  return settings.preset === 'recommended' || rule.kind === 'policy'
    ? 'its own severity'
    : `preset ${settings.preset}`;
}
