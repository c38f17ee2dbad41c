/** What is in force and where it comes from. Plain data: this is `config --format json`. */
import { ruleInForce, ruleOrigin, sizeText } from '@bulwark/engine';
import type { Settings, Survey, SurveyedApp } from '@bulwark/engine';
import { fromOrigin, valueText } from './value-text.ts';
import type { ModeFacts, Options, Rule, Setting, Value } from '@bulwark/model';

export interface ConfigReport {
  readonly version: 1;
  /** Whether there is a settings file. */
  readonly file: 'bulwark.json' | null;
  readonly settings: readonly SettingRow[];
  /** The plugins the settings name, and whether their rules judge. */
  readonly plugins: Survey['plugins'];
  /** As they hold where no override says otherwise. */
  readonly rules: readonly RuleRow[];
  readonly apps: readonly AppConfig[];
}

export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
  readonly from: 'bulwark.json' | 'default' | 'preset';
}

export interface RuleRow {
  readonly rule: string;
  readonly level: string;
  readonly options: Options;
  /** `overrides[1]`, `rules`, `preset strict`, `its own severity`. */
  readonly from: string;
}

export interface AppConfig {
  readonly root: string;
  readonly name: string;
  readonly arkos: {
    readonly version: string | null;
    readonly certainty: string;
    readonly from: string | null;
  };
  readonly config: string | null;
  /** Rules that hold otherwise here than elsewhere. */
  readonly rules: readonly RuleRow[];
  /** What Arkos itself has in force, under its own keys. */
  readonly inForce: readonly InForceRow[];
}

export interface InForceRow {
  readonly key: string;
  /** By mode, what is in force and where it comes from. */
  readonly in: Readonly<Record<string, { readonly value: string; readonly from: string }>>;
}

export function configReport({ settings, rules, plugins, said, apps }: Survey): ConfigReport {
  const everywhere = rules.map((rule) => ruleRow(settings, rule, null));
  return {
    version: 1,
    file: said === null ? null : 'bulwark.json',
    settings: SHOWN.map((key) => ({
      key,
      value: shown(key, settings),
      from: fromOf(key, settings, said ?? []),
    })),
    plugins,
    rules: everywhere,
    apps: apps.map((one) => appConfig(one, settings, rules, everywhere)),
  };
}

const SHOWN = [
  'preset',
  'undecided',
  'hooks',
  'maxFileSize',
  'envFiles',
  'apps',
  'arkos',
  'plugins',
  'ignore',
  'modes',
  'waivers',
] as const;

/** As the file writes it. */
function shown(key: (typeof SHOWN)[number], settings: Settings): unknown {
  return key === 'maxFileSize' ? sizeText(settings.maxFileSize) : settings[key];
}

function fromOf(key: string, { preset }: Settings, said: readonly string[]): SettingRow['from'] {
  if (said.includes(key)) return 'bulwark.json';
  return key === 'undecided' && preset === 'strict' ? 'preset' : 'default';
}

function ruleRow(settings: Settings, rule: Rule, root: string | null): RuleRow {
  const { level, options } = ruleInForce(settings, rule, root);
  return { rule: rule.id, level, options, from: ruleOrigin(settings, rule, root) };
}

function appConfig(
  { app, facts }: SurveyedApp,
  settings: Settings,
  rules: readonly Rule[],
  everywhere: readonly RuleRow[],
): AppConfig {
  const { version, certainty, from } = app.arkos;
  const own = rules.map((rule) => ruleRow(settings, rule, app.root));
  return {
    root: app.root,
    name: app.name,
    arkos: { version, certainty, from },
    config: app.config,
    rules: own.filter((row, index) => row.from !== everywhere[index]!.from),
    inForce: inForceRows(facts.filter((one) => one.version === facts.at(-1)?.version)),
  };
}

function inForceRows(facts: readonly ModeFacts[]): InForceRow[] {
  const rows = new Map<string, Record<string, { value: string; from: string }>>();
  for (const { mode, settings } of facts) {
    for (const { key, value } of settingsIn(settings)) {
      const row = rows.get(key) ?? {};
      row[mode.name] ??= { value: valueText(value), from: fromOrigin(value.from) };
      rows.set(key, row);
    }
  }
  return [...rows].map(([key, inModes]) => ({ key, in: inModes }));
}

/** Every setting the facts name, wherever it is kept in them. */
function settingsIn(holder: unknown): { readonly key: string; readonly value: Value }[] {
  if (typeof holder !== 'object' || holder === null) return [];
  if (isSetting(holder)) return [holder];
  return Object.values(holder).flatMap(settingsIn);
}

function isSetting(holder: object): holder is Setting {
  return 'key' in holder && 'value' in holder && 'written' in holder;
}
