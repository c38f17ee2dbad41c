import { ReadError, UserError, fingerprint, noStore } from '@bulwark/model';
import type { Json, Rule, Snapshot, Store } from '@bulwark/model';
import type { Node, ParseError } from 'jsonc-parser';
import { checkSettings } from './check-settings.ts';
import { isDay } from './iso-day.ts';
import { SECRETLINT_IGNORE } from './secretlint-ignore.ts';
import { SETTINGS_FILE, defaultSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { describeMistake, duplicateKey, mistakes, placeIn, relevant, words } from './settings-mistakes.ts';
import type { TeamRuleNames } from './settings-schema.ts';
import { rulesKey } from './traced.ts';

/**
 * The settings of a snapshot: its own `bulwark.json` at the root, or the defaults.
 * @param team `any` where not every rule of a plugin is known: what is said of those is then taken as it stands.
 * @param store remembers what a text says.
 * @throws UserError naming the file, the place and the nearest right name for every mistake in it.
 */
export async function readSettings(
  snapshot: Snapshot,
  rules: readonly Rule[],
  team: TeamRuleNames = 'known',
  store: Store = noStore,
): Promise<Settings> {
  const text = await textOf(snapshot, SETTINGS_FILE);
  const settings = text === null ? defaultSettings : await recallSettings(text, rules, team, store);
  const secretlint = await readSecretlint(snapshot);
  const secretlintIgnore = await textOf(snapshot, SECRETLINT_IGNORE);
  return secretlint || secretlintIgnore !== null ? { ...settings, secretlint, secretlintIgnore } : settings;
}

/** Even what only reads the text is slow to load. */
async function recallSettings(
  text: string,
  rules: readonly Rule[],
  team: TeamRuleNames,
  store: Store,
): Promise<Settings> {
  // What a team's rules allow may rest on packages that are installed, which have no name.
  if (store === noStore || rules.some(({ plugin }) => plugin?.digest === null))
    return parseSettings(text, rules, team);
  const key = fingerprint('settings', team, rulesKey(rules), text);
  const known = await store.recall(key);
  if (known !== undefined) return known as unknown as Settings;
  const settings = await parseSettings(text, rules, team);
  await store.keep(key, settings as unknown as Json);
  return settings;
}

/** What secretlint would find at the root of the tree; its other names hold code or YAML, and are not read. */
const SECRETLINT_FILES = ['.secretlintrc.json', '.secretlintrc'];

async function readSecretlint(snapshot: Snapshot): Promise<Settings['secretlint']> {
  for (const path of SECRETLINT_FILES) {
    const text = await textOf(snapshot, path);
    if (text !== null) return { path, text };
  }
  return null;
}

async function textOf(snapshot: Snapshot, path: string): Promise<string | null> {
  const file = snapshot.file(path);
  if (!file) return null;
  const bytes = await snapshot.read(file).catch((error: unknown) => {
    if (!(error instanceof ReadError)) throw error;
    throw new UserError(
      `The settings could not be read: ${error.message}`,
      'Without them nothing is judged: see to it that the file can be read.',
      { cause: error },
    );
  });
  return new TextDecoder('utf-8').decode(bytes);
}

/** Texts of one list of rules whose settings are kept in mind. */
const MOST_KNOWN = 8;

const known = new WeakMap<readonly Rule[], Map<string, Settings>>();

/** A process that goes on reads the same text with every question. @throws UserError as {@link readSettings} does. */
export async function parseSettings(
  text: string,
  rules: readonly Rule[],
  team: TeamRuleNames = 'known',
): Promise<Settings> {
  const key = `${team} ${text}`;
  const ofRules = known.get(rules) ?? new Map<string, Settings>();
  known.set(rules, ofRules);
  const settings = ofRules.get(key) ?? (await parse(text, rules, team));
  if (ofRules.size >= MOST_KNOWN) ofRules.clear();
  ofRules.set(key, settings);
  return settings;
}

async function parse(text: string, rules: readonly Rule[], team: TeamRuleNames): Promise<Settings> {
  const jsonc = await import('jsonc-parser');
  const slips: ParseError[] = [];
  const tree = jsonc.parseTree(text, slips, { allowTrailingComma: true });
  const [broken] = slips;
  if (broken || !tree) {
    const what = broken ? words(jsonc.printParseErrorCode(broken.error)) : 'it is empty';
    throw mistakes([`${placeIn(text, broken?.offset ?? 0)} is not JSON: ${what}`]);
  }
  const twice = duplicateKey(tree);
  if (twice)
    throw mistakes([`${placeIn(text, twice.offset)} ${JSON.stringify(twice.value)} is written twice`]);
  const said: unknown = jsonc.getNodeValue(tree);
  const errors = await checkSettings(said, rules, team);
  if (errors.length > 0) {
    const nodes = (path: string[]): Node | undefined =>
      jsonc.findNodeAtLocation(
        tree,
        path.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
      );
    const messages = relevant(errors).map((error) => describeMistake(error, text, nodes));
    throw mistakes([...new Set(messages)]);
  }
  const settings = fill(said as Said, text);
  if (team === 'known') return settings;
  const { settleTeamOptions } = await import('./plugins/settle-team-options.ts');
  return settleTeamOptions(settings, rules);
}

type Said = Partial<Omit<Settings, 'hooks' | 'maxFileSize'>> & {
  readonly hooks?: Partial<Settings['hooks']>;
  readonly maxFileSize?: string;
};

function fill(said: Said, text: string): Settings {
  for (const [name, { command }] of Object.entries(said.modes ?? {})) {
    if (command === undefined && name !== 'development' && name !== 'production') {
      throw mistakes([
        `${placeIn(text, text.indexOf(JSON.stringify(name)))} mode ${JSON.stringify(name)} needs a "command": "dev" or "start"`,
      ]);
    }
  }
  for (const { expires } of said.waivers ?? []) {
    if (expires !== undefined && !isDay(expires)) {
      throw mistakes([
        `${placeIn(text, text.indexOf(JSON.stringify(expires)))} ${JSON.stringify(expires)} is no day of the calendar`,
      ]);
    }
  }
  const { hooks, maxFileSize, ...rest } = said;
  return {
    ...defaultSettings,
    ...(said.preset === 'strict' ? { undecided: 'error' } : {}),
    ...rest,
    hooks: { ...defaultSettings.hooks, ...hooks },
    maxFileSize: maxFileSize === undefined ? defaultSettings.maxFileSize : bytesOf(maxFileSize),
  };
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

function bytesOf(size: string): number {
  const [, amount, unit] = /^(\d+)([a-z]+)$/.exec(size)!;
  return Number(amount) * UNITS[unit!]!;
}
