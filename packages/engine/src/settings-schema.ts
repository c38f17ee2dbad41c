/** The JSON Schema of `bulwark.json`, made from the rules' own options. */
import type { Json, Rule } from '@bulwark/model';
import { PRESETS } from './settings.ts';

type Schema = { readonly [key: string]: Json };

const LEVELS: Schema = { enum: ['off', 'info', 'warn', 'error'] };
const LEVEL: Schema = { $ref: '#/$defs/level' };
const GLOBS: Schema = { type: 'array', items: { type: 'string', minLength: 1 } };

/** `any`: a rule with a name before its id (`team/cors-review`) may be one of a plugin that is not at hand. */
export type TeamRuleNames = 'known' | 'any';

const RULES: Schema = { $ref: '#/$defs/rules' };
const RULE_ID: Schema = { $ref: '#/$defs/ruleId' };

/**
 * The schema, in draft 2020-12, for settings that may name these rules.
 * @param isNamed whether the settings say something of a rule; if not, what may be said of it is left open.
 */
export function settingsSchema(
  rules: readonly Rule[],
  team: TeamRuleNames,
  isNamed: (id: string) => boolean = () => true,
): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of Bulwark',
    $defs: {
      level: LEVELS,
      rules: ruleSettingsSchema(rules, team, isNamed),
      ruleId: ruleIdSchema(rules, team),
    },
    ...strictObject({
      $schema: { type: 'string' },
      apps: {
        ...GLOBS,
        description: 'Globs of the folders that hold an Arkos app. Left out, apps are discovered.',
      },
      plugins: {
        type: 'array',
        uniqueItems: true,
        items: { type: 'string', pattern: '^\\./[^/]' },
        description:
          'Rules of your own: files or folders of this repository, from its root: ["./tools/policies"].',
      },
      preset: {
        enum: [...PRESETS],
        default: 'recommended',
        description:
          'What rules weigh where nothing else is said: their own severity, error for all, or only those about secrets.',
      },
      arkos: {
        type: 'object',
        description:
          'The version of Arkos by app root, where lock files do not say it or say it wrongly: {"apps/api": "1.6.7"}.',
        additionalProperties: { type: 'string', minLength: 1 },
      },
      ignore: {
        ...GLOBS,
        description: 'Globs of paths that no rule looks at. They are counted and reported.',
      },
      modes: {
        type: 'object',
        description: 'Further ways of running the apps, and pinned variables for development and production.',
        additionalProperties: strictObject({
          command: { enum: ['dev', 'start'], description: 'arkos dev, or arkos build and arkos start.' },
          env: {
            type: 'object',
            description: 'Variables of this mode; null says that a variable is not set.',
            additionalProperties: { type: ['string', 'null'] },
          },
        }),
      },
      rules: { ...RULES, description: 'A level, or a level and options, by rule.' },
      overrides: {
        type: 'array',
        description: 'Rules for some apps only; the last one that matches wins.',
        items: {
          ...strictObject({ apps: { ...GLOBS, minItems: 1 }, rules: RULES }),
          required: ['apps', 'rules'],
        },
      },
      undecided: { ...LEVEL, default: 'warn', description: 'What an undecided verdict counts as.' },
      hooks: {
        ...strictObject({
          block: {
            enum: ['new', 'all'],
            default: 'new',
            description: 'Whether what the base already has blocks too.',
          },
          always: {
            type: 'array',
            items: RULE_ID,
            default: ['router-strict-parity'],
            description: 'Rules that block a hook even where the base has the finding already.',
          },
        }),
        description: 'What the hooks block on.',
      },
      maxFileSize: {
        type: 'string',
        pattern: '^[0-9]{1,6}(b|kb|mb|gb)$',
        default: '50mb',
        description: 'Larger files are not read and count as not checked.',
      },
      envFiles: {
        type: 'array',
        items: { type: 'string', pattern: '^(?:\\*\\*/)?[^/]+$' },
        description:
          'Further names of env files, as globs of file names in any folder and case, beside .env, .env.*, *.env, .envrc and .dev.vars.',
      },
      waivers: {
        type: 'array',
        items: waiverSchema(),
        description: 'Findings that are accepted, with the reason.',
      },
    }),
  };
}

function ruleSchema(rule: Rule): Schema {
  const options: Schema = rule.options ? { ...(rule.options as unknown as Schema) } : strictObject({});
  return {
    description: rule.title,
    oneOf: [LEVEL, { type: 'array', prefixItems: [LEVEL, options], minItems: 2, maxItems: 2 }],
  };
}

const TEAM_RULES = '^[^/]+/[^/]+$';

function ruleSettingsSchema(
  rules: readonly Rule[],
  team: TeamRuleNames,
  isNamed: (id: string) => boolean,
): Schema {
  const known = rules.filter((rule) => team === 'known' || !rule.plugin);
  const properties = strictObject(
    Object.fromEntries(known.map((rule) => [rule.id, isNamed(rule.id) ? ruleSchema(rule) : true])),
  );
  if (team === 'known') return properties;
  const open: Schema = {
    description: 'A rule of a plugin.',
    oneOf: [LEVEL, { type: 'array', prefixItems: [LEVEL, { type: 'object' }], minItems: 2, maxItems: 2 }],
  };
  return { ...properties, patternProperties: { [TEAM_RULES]: open } };
}

function ruleIdSchema(rules: readonly Rule[], team: TeamRuleNames): Schema {
  const known: Schema = { enum: rules.map(({ id }) => id) };
  return team === 'known' ? known : { anyOf: [known, { type: 'string', pattern: TEAM_RULES }] };
}

function waiverSchema(): Schema {
  const about = ['app', 'path', 'fingerprint'];
  return {
    ...strictObject({
      rule: RULE_ID,
      app: { type: 'string', description: "The app's root." },
      path: { type: 'string', description: 'A glob.' },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{8,64}$' },
      reason: { type: 'string', minLength: 1 },
      owner: { type: 'string' },
      expires: {
        type: 'string',
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
        description: 'Last day it holds, UTC.',
      },
    }),
    required: ['rule', 'reason'],
    oneOf: about.map((key) => ({ required: [key] })),
  };
}

function strictObject(properties: Schema): Schema {
  return { type: 'object', additionalProperties: false, properties };
}
