/** A repository's own `.secretlintrc.json`: which rules it adds, turns off or loosens. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError, messageOf } from '@bulwark/model';

/** A rule of a configuration, as secretlint spells it. */
export interface SecretlintRule {
  readonly id: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly disabled?: boolean;
  readonly allowMessageIds?: readonly string[];
  readonly severity?: 'info' | 'warning' | 'error';
  /** What a preset's single rules are given. */
  readonly rules?: readonly SecretlintRule[];
  /** The rule's module; the recommended preset and ours have none. */
  readonly creator?: unknown;
}

export interface SecretlintConfig {
  readonly rules: readonly SecretlintRule[];
  readonly sharedOptions?: Readonly<Record<string, unknown>>;
}

/** https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]{0,100}\/)?[a-z0-9~-][a-z0-9._~-]{0,100}$/;

/** Presets that are built in, by every id secretlint knows them by. */
export const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend';
const BUILT_IN = new Set([
  RECOMMENDED,
  '@secretlint/preset-recommend',
  'preset-recommend',
  '@bulwark/secretlint-rule-preset',
]);

/**
 * Reads a configuration and loads the rules it adds from the packages installed under `root`.
 * @throws UserError if it is no JSON, or a rule cannot be loaded. The text of the file is in no message.
 */
export async function loadSecretlintConfig(
  path: string,
  text: string,
  root: string,
): Promise<SecretlintConfig> {
  const { rules, sharedOptions } = parse(path, text);
  const loaded = await Promise.all(rules.map((rule) => load(rule, root, path)));
  return { rules: loaded, ...(sharedOptions && { sharedOptions }) };
}

/** Whether a configuration adds no rule to those that are built in, so that no code but ours is behind it. */
export function addsNoRule(text: string): boolean {
  try {
    return parse('', text).rules.every(isLoaded);
  } catch {
    return false;
  }
}

function isLoaded({ id, disabled }: SecretlintRule): boolean {
  return BUILT_IN.has(id) || disabled === true;
}

function parse(path: string, text: string): SecretlintConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(
      `${path} is not JSON`,
      'Write it as JSON without comments; other forms are not read.',
    );
  }
  if (typeof value !== 'object' || value === null || !('rules' in value) || !isRules(value.rules)) {
    throw new UserError(`${path} has no list of rules`, 'Write {"rules": [{"id": "…"}]}.');
  }
  const sharedOptions = 'sharedOptions' in value ? value.sharedOptions : undefined;
  return { rules: value.rules, ...(isRecord(sharedOptions) && { sharedOptions }) };
}

function isRules(value: unknown): value is readonly SecretlintRule[] {
  return Array.isArray(value) && value.every((rule) => isRecord(rule) && typeof rule['id'] === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function load(rule: SecretlintRule, root: string, path: string): Promise<SecretlintRule> {
  if (isLoaded(rule)) return rule;
  if (!PACKAGE_NAME.test(rule.id)) {
    throw new UserError(
      `${path}: ${JSON.stringify(rule.id)} is not the name of a package`,
      'Rules are loaded from installed packages alone: what is judged must not run.',
    );
  }
  const require = createRequire(join(root, 'package.json'));
  const names = [rule.id, rule.id.replace(/^(@[^/]+\/)?(?:secretlint-rule-)?/, '$1secretlint-rule-')];
  const { importModule } = await import('./import-module.ts');
  const failures: string[] = [];
  for (const name of names) {
    try {
      const module = (await importModule(pathToFileURL(require.resolve(name)).href)) as { creator?: unknown };
      if (module.creator !== undefined) return { ...rule, creator: module.creator };
      failures.push(`${name} exports no "creator"`);
    } catch (error) {
      failures.push(messageOf(error).split('\n', 1)[0] ?? '');
    }
  }
  throw new UserError(
    `${path}: the rule ${rule.id} cannot be loaded: ${failures[0]}`,
    `Install it: npm install -D ${rule.id}`,
  );
}

/** Rules that the prefilter knows nothing of: every text goes to them. */
export function extraRules({ rules }: SecretlintConfig): readonly SecretlintRule[] {
  return rules.filter(({ creator, disabled }) => creator !== undefined && disabled !== true);
}

/** What the configuration says of the recommended preset's rules. */
export function presetRules({ rules }: SecretlintConfig): readonly SecretlintRule[] {
  return rules.filter(({ id }) => BUILT_IN.has(id)).flatMap(({ rules: inner }) => inner ?? []);
}

/** Every text or pattern that any rule allows: ours obey them too. */
export function allowedBy({ rules }: SecretlintConfig): readonly string[] {
  return rules.flatMap((rule) => [
    ...(Array.isArray(rule.options?.['allows'])
      ? rule.options['allows'].filter((each) => typeof each === 'string')
      : []),
    ...allowedBy({ rules: rule.rules ?? [] }),
  ]);
}
