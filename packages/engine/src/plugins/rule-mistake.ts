import type { Rule } from '@bulwark/model';

/** `acme/cors-review`: what tells the rules of a team from the product's. */
export const TEAM_RULE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const KINDS = ['live-mode', 'mode', 'app', 'file'];
const SEVERITIES = ['error', 'warn', 'info'];

/** Why something a plugin exports is no rule, fit after "it"; `null` if it is one. */
export async function ruleMistake(exported: unknown): Promise<string | null> {
  if (typeof exported !== 'object' || exported === null)
    return 'is no rule; write export default defineRule({ … })';
  const rule = exported as Partial<Record<keyof Extract<Rule, { kind: 'file' }>, unknown>>;
  const { id, kind, severity, messages } = rule;
  if (typeof id !== 'string') return 'has no id';
  const called = JSON.stringify(id);
  if (!TEAM_RULE.test(id))
    return `has the id ${called}; write one with a name of yours before it: "team/${lastWord(id)}"`;
  if (id.startsWith('bulwark/'))
    return `has the id ${called}, and that name is taken; choose one of your own`;
  if (!KINDS.includes(kind as string)) return `(${id}) needs a kind: ${KINDS.join(', ')}`;
  for (const key of ['title', 'why'] as const)
    if (typeof rule[key] !== 'string' || rule[key] === '') return `(${id}) needs a ${key}`;
  if (!SEVERITIES.includes(severity as string)) return `(${id}) needs a severity: ${SEVERITIES.join(', ')}`;
  if (typeof messages !== 'object' || messages === null) return `(${id}) needs messages`;
  const dumb = Object.entries(messages).find(([, say]) => typeof say !== 'function');
  if (dumb) return `(${id}) has a message ${JSON.stringify(dumb[0])} that is no function`;
  for (const key of ['select', 'check'] as const)
    if (typeof rule[key] !== 'function') return `(${id}) needs a function ${key}`;
  return rule.options === undefined ? null : optionsMistake(id, rule.options);
}

function lastWord(id: string): string {
  const words = id.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
  return words.join('-') || 'my-rule';
}

/** An options schema as the product's rules have them: every option described, with a default it allows itself. */
async function optionsMistake(id: string, options: unknown): Promise<string | null> {
  const schema = options as { type?: unknown; additionalProperties?: unknown; properties?: unknown } | null;
  const properties = schema?.properties as Record<string, unknown> | null | undefined;
  if (schema?.type !== 'object' || schema.additionalProperties !== false || typeof properties !== 'object')
    return `(${id}) has options that are no JSON Schema of an object with properties and additionalProperties: false`;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  try {
    const isFit = new Ajv2020({ strict: false }).compile(schema);
    const defaults = Object.entries(properties ?? {}).map(([name, one]) => [
      name,
      (one as { default?: unknown } | null)?.default,
    ]);
    const without = defaults.find(([, value]) => value === undefined);
    if (without) return `(${id}) has an option ${JSON.stringify(without[0])} without a default`;
    return isFit(Object.fromEntries(defaults))
      ? null
      : `(${id}) has an option whose default it does not allow`;
  } catch (error) {
    return `(${id}) has options that are no JSON Schema: ${(error as Error).message}`;
  }
}
