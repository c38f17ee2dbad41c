/** The plugins that settings name → their rules, by the code that stood before what is judged. */
import { posix } from 'node:path';
import { UserError, fingerprint, messageOf } from '@bulwark/model';
import type { Problem, Rule, RulePlugin, Snapshot, Subject } from '@bulwark/model';
import { changedFiles, findPlugin } from './find-plugin.ts';
import type { FoundPlugin } from './find-plugin.ts';
import { guardRule } from './guard-rule.ts';
import { namedPlugins } from './named-plugins.ts';
import { AskElsewhere } from './plugins.ts';
import type { LoadedPlugin, PluginCode, PluginState, Plugins } from './plugins.ts';
import { ruleMistake } from './rule-mistake.ts';

/** What a check of plugins is about. */
export type PluginSubject = Pick<Subject, 'snapshot' | 'openTrusted' | 'commonDir' | 'topLevel'>;

export interface TeamRules {
  readonly rules: readonly Rule[];
  readonly plugins: readonly PluginState[];
  readonly problems: readonly Problem[];
}

/** @param names of the plugins that the settings of what is judged name */
export async function loadPlugins(
  names: readonly string[],
  subject: PluginSubject,
  { load, isTrial }: Plugins,
): Promise<TeamRules> {
  // In a repository somebody must say which commit's code may be run: to say nothing would let every plugin be silent.
  if (!isTrial && subject.commonDir !== undefined && !subject.openTrusted)
    throw new AskElsewhere('Nobody says which commit the plugins are taken from.');
  const trusted = isTrial ? subject.snapshot : ((await subject.openTrusted?.()) ?? null);
  const inForce = trusted === null ? [] : await namedPlugins(trusted);
  const rules: Rule[] = [];
  const plugins: PluginState[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const changed = trusted === null ? [] : changedFiles(name, trusted, subject.snapshot);
    const settle = (state: PluginState['state']): void => void plugins.push({ name, state, changed });
    try {
      const found = findPlugin(name, trusted ?? subject.snapshot);
      // Code that stood there as something else, a script to release with, is not run because a change asks for it.
      if (trusted === null || !inForce.includes(name) || found === null) {
        if (found === null && findPlugin(name, subject.snapshot) === null)
          throw new UserError(
            `the plugin ${name} is not there`,
            'Name a file or a folder of tracked files, from the root of the repository.',
          );
        settle('pending');
        continue;
      }
      const plugin = { isChanging: changed.length > 0, ...(await loadRules(found, trusted, subject, load)) };
      rules.push(...(await accept(plugin, rules)));
      settle('in-force');
    } catch (error) {
      if (error instanceof AskElsewhere) throw error;
      // The commit that mends a plugin is judged without it: it could not be made otherwise.
      settle(changed.length > 0 ? 'pending' : 'failed');
      if (changed.length === 0) problems.push(toProblem(error, name));
    }
  }
  return { rules, plugins, problems };
}

interface PluginRules extends LoadedPlugin {
  readonly name: string;
  readonly digest: string;
  readonly isChanging: boolean;
}

async function loadRules(
  found: FoundPlugin,
  trusted: Snapshot,
  { commonDir, topLevel }: PluginSubject,
  load: Plugins['load'],
): Promise<Omit<PluginRules, 'isChanging'>> {
  if (commonDir === undefined)
    throw new UserError(`the plugin ${found.name} needs a git repository`, 'Make one with git init.');
  const type = await moduleType(found, trusted);
  const code: PluginCode = {
    ...found,
    type,
    read: (file) => trusted.read(file),
    commonDir,
    topLevel: topLevel ?? null,
  };
  const parts = found.files.flatMap(({ path, blob, mode }) => [path, String(blob), mode]);
  return { name: found.name, digest: fingerprint(type, ...parts), ...(await load(code)) };
}

/** How Node takes `.js`: what the nearest manifest above the plugin says; one inside it speaks for itself. */
async function moduleType({ entries }: FoundPlugin, snapshot: Snapshot): Promise<PluginCode['type']> {
  for (let folder = posix.dirname(entries[0]!); ; folder = posix.dirname(folder)) {
    const manifest = snapshot.file(posix.join(folder, 'package.json'));
    if (manifest) {
      const text = Buffer.from(await snapshot.read(manifest)).toString('utf8');
      return /"type"\s*:\s*"module"/.test(text) ? 'module' : 'commonjs';
    }
    if (folder === '.') return 'commonjs';
  }
}

/** @throws UserError for the first that is no rule, or has a name that is taken. */
async function accept(
  { name, digest, isSelfContained, isChanging, exported }: PluginRules,
  others: readonly Rule[],
): Promise<Rule[]> {
  const rules: Rule[] = [];
  for (const { path, value } of exported) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (list.length === 0) throw new PluginError(path, 'exports no rule');
    for (const one of list) {
      const mistake = await ruleMistake(one);
      if (mistake !== null) throw new PluginError(path, `what it exports ${mistake}`);
      const rule = one as Rule;
      const twin = [...others, ...rules].find(({ id }) => id === rule.id);
      if (twin) throw new PluginError(path, `the rule ${rule.id} is in ${twin.plugin!.path} already`);
      const plugin: RulePlugin = { name, path, digest: isSelfContained ? digest : null, isChanging };
      rules.push(guardRule(rule, plugin));
    }
  }
  return rules;
}

/** A mistake in one of a plugin's files. */
export class PluginError extends UserError {
  override readonly name = 'PluginError';
  readonly path: string;

  constructor(path: string, message: string, hint?: string, options?: ErrorOptions) {
    super(message, hint, options);
    this.path = path;
  }
}

const CURE =
  'Mend it and commit that: a commit that changes a plugin is not held up by what was wrong with it.';

function toProblem(error: unknown, name: string): Problem {
  const path = error instanceof PluginError ? error.path : 'bulwark.json';
  const message = error instanceof PluginError ? `the plugin ${name}: ${error.message}` : messageOf(error);
  const cure = error instanceof UserError ? error.hint : undefined;
  return { path, message, hint: cure === undefined ? CURE : `${cure}\n${CURE}` };
}
