/** Settings against their schema: soon for those that are right, in words for those that are not. */
import type { Rule } from '@bulwark/model';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { madeChecks } from './made-checks.ts';
import { settingsSchema } from './settings-schema.ts';
import type { TeamRuleNames } from './settings-schema.ts';

/** What is wrong with them, as Ajv says it; empty if nothing is. */
export async function checkSettings(
  said: unknown,
  rules: readonly Rule[],
  team: TeamRuleNames,
): Promise<readonly ErrorObject[]> {
  if (isMadeFor(rules) && madeChecks?.checks[team](said)) return [];
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  // The schema is ours, and the options of plugins were looked at when they were loaded.
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, validateSchema: false });
  const named = rulesNamed(said);
  const validate = ajv.compile(settingsSchema(rules, team, (id) => named.has(id)));
  return validate(said) ? [] : (validate.errors ?? []);
}

function isMadeFor(rules: readonly Rule[]): boolean {
  return (
    madeChecks?.rules.length === rules.length && rules.every(({ id }, at) => madeChecks?.rules[at] === id)
  );
}

/** Ids in the two places where a level may stand behind one. */
function rulesNamed(said: unknown): ReadonlySet<string> {
  const { rules, overrides } = toObject(said);
  const places = [rules, ...(Array.isArray(overrides) ? overrides.map((one) => toObject(one)['rules']) : [])];
  return new Set(places.flatMap((place) => Object.keys(toObject(place))));
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
