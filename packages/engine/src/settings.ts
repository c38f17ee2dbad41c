/** The settings in force, with every default filled in. What `bulwark.json` may say is in `settings-schema.ts`. */
import { createRequire } from 'node:module';
import type { Options, Rule, Severity } from '@bulwark/model';
import type Micromatch from 'micromatch';

export const SETTINGS_FILE = 'bulwark.json';

export interface Settings {
  /** What the rules weigh where nothing else is said of them. */
  readonly preset: Preset;
  /** Files and folders of the repository with rules of the team's own: `./tools/policies`. */
  readonly plugins: readonly string[];
  /** Globs of app folders, `null` to discover them. */
  readonly apps: readonly string[] | null;
  /** Versions of Arkos, by the root of the app: they count instead of what lock files say. */
  readonly arkos: Readonly<Record<string, string>>;
  /** Globs of paths that no rule looks at. */
  readonly ignore: readonly string[];
  /** Modes beyond development and production, and pinned variables for any of them. */
  readonly modes: Readonly<Record<string, ModeSettings>>;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly overrides: readonly Override[];
  /** What an undecided verdict counts as. */
  readonly undecided: Level;
  readonly hooks: { readonly block: 'new' | 'all'; readonly always: readonly string[] };
  /** Bytes. */
  readonly maxFileSize: number;
  /** micromatch patterns of names that make an env file, beside the usual ones. */
  readonly envFiles: readonly string[];
  readonly waivers: readonly Waiver[];
  /** The text of the repository's own `.secretlintignore` in the snapshot, `null` if there is none. */
  readonly secretlintIgnore: string | null;
  /** The repository's own `.secretlintrc.json` as it stands in the snapshot, `null` if there is none. */
  readonly secretlint: { readonly path: string; readonly text: string } | null;
}

export type Level = Severity | 'off';

/**
 * `recommended`: each rule's own severity. `strict`: every rule is an error, and what is undecided too.
 * `secrets-only`: only what looks at single files for secrets. Rules about the policy itself keep their own.
 */
export type Preset = (typeof PRESETS)[number];
export const PRESETS = ['recommended', 'strict', 'secrets-only'] as const;

/** A level, or a level and options. */
export type RuleSetting = Level | readonly [Level, Options];

export interface ModeSettings {
  readonly command?: 'dev' | 'start';
  readonly env?: Readonly<Record<string, string | null>>;
}

export interface Override {
  readonly apps: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

export interface Waiver {
  readonly rule: string;
  readonly app?: string;
  readonly path?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  readonly owner?: string;
  readonly expires?: string;
}

export const defaultSettings: Settings = {
  plugins: [],
  preset: 'recommended',
  apps: null,
  arkos: {},
  ignore: [],
  modes: {},
  rules: {},
  overrides: [],
  undecided: 'warn',
  hooks: { block: 'new', always: ['router-strict-parity'] },
  maxFileSize: 50 * 1024 * 1024,
  envFiles: [],
  waivers: [],
  secretlintIgnore: null,
  secretlint: null,
};

/** A rule's level and options for one app, or for files outside every app. */
export interface RuleInForce {
  readonly level: Level;
  readonly options: Options;
}

/** What the settings say of a rule for an app (its root); the last override that names it wins. */
export function ruleInForce(settings: Settings, rule: Rule, appRoot: string | null): RuleInForce {
  // Without overrides it is the same for every app.
  const root = settings.overrides.length === 0 ? null : appRoot;
  const ofSettings = known.get(settings) ?? new Map<Rule, Map<string | null, RuleInForce>>();
  known.set(settings, ofSettings);
  const ofRule = ofSettings.get(rule) ?? new Map<string | null, RuleInForce>();
  ofSettings.set(rule, ofRule);
  const inForce = ofRule.get(root) ?? findInForce(settings, rule, root);
  ofRule.set(root, inForce);
  return inForce;
}

/** It is asked for each judgement of each app. */
const known = new WeakMap<Settings, Map<Rule, Map<string | null, RuleInForce>>>();

function findInForce(settings: Settings, rule: Rule, appRoot: string | null): RuleInForce {
  const said: (RuleSetting | undefined)[] = [settings.rules[rule.id]];
  for (const { apps, rules } of settings.overrides) {
    if (appRoot !== null && matches(appRoot, apps)) said.push(rules[rule.id]);
  }
  const setting = said.findLast((one) => one !== undefined) ?? presetLevel(settings.preset, rule);
  const [level, options] = typeof setting === 'string' ? [setting, {}] : setting;
  return { level, options: { ...defaultOptions(rule), ...options } };
}

const ABOUT_SECRETS: ReadonlySet<string> = new Set([
  'committed-secret',
  'env-file',
  'suppression-without-reason',
]);

function presetLevel(preset: Preset, { id, kind, severity }: Rule): Level {
  if (preset === 'recommended' || kind === 'policy') return severity;
  if (preset === 'strict') return 'error';
  return ABOUT_SECRETS.has(id) ? severity : 'off';
}

function defaultOptions(rule: Rule): Options {
  const properties = Object.entries(rule.options?.properties ?? {});
  return Object.fromEntries(properties.map(([name, { default: value }]) => [name, value]));
}

let micromatch: typeof Micromatch | undefined;

/** Whether a path matches one of the globs; dot files count like any other. */
export function matches(path: string, globs: readonly string[]): boolean {
  if (globs.length === 0) return false;
  // Loaded where there is a glob, and only there: most settings have none.
  micromatch ??= createRequire(import.meta.url)('micromatch') as typeof Micromatch;
  return micromatch.isMatch(path, globs as string[], { dot: true });
}
