/** What a workspace's apps say, without judging any of it. */
import type { App, ModeFacts, OpenSubject, Problem, Rule, Snapshot, View } from '@bulwark/model';
import { appChooser, refuseUnknownApps } from './choose-apps.ts';
import { discoverCounted } from './discover-counted.ts';
import { readPolicy } from './read-policy.ts';
import type { Policy, PolicyParts } from './read-policy.ts';
import { SETTINGS_FILE } from './settings.ts';
import type { Settings } from './settings.ts';

export interface SurveyRequest {
  readonly cwd: string;
  readonly view: View;
  /** Only these apps, by root or name; all if left out. */
  readonly apps?: readonly string[];
}

export interface Survey {
  readonly settings: Settings;
  /** Every rule there is: the product's, and behind them those of plugins in force. */
  readonly rules: readonly Rule[];
  readonly plugins: Policy['plugins'];
  /** The keys that the settings file names; `null` where there is no such file. */
  readonly said: readonly string[] | null;
  readonly apps: readonly SurveyedApp[];
  readonly problems: readonly Problem[];
}

export interface SurveyedApp {
  readonly app: App;
  /** One for each mode of each version it may run. */
  readonly facts: readonly ModeFacts[];
}

export interface SurveyParts extends PolicyParts {
  readonly openSubject: OpenSubject;
}

/** @throws UserError for a mistake in the settings, or an app that is not there. */
export async function survey(parts: SurveyParts, request: SurveyRequest): Promise<Survey> {
  const subject = await parts.openSubject({ cwd: request.cwd, view: request.view, scope: 'everything' });
  try {
    const { snapshot } = subject;
    const { settings, rules, plugins, problems: ofPlugins } = await readPolicy(parts, subject);
    const { apps: all, problems } = await discoverCounted(snapshot, settings);
    const wanted = all.filter(appChooser(request.apps, '.'));
    if (request.apps) refuseUnknownApps(request.apps, wanted);
    const { gatherApps, modesOf } = await import('./arkos-apps.ts');
    const apps: SurveyedApp[] = [];
    const ofApps: Problem[] = [];
    for await (const { app, facts, problems: own } of gatherApps(
      snapshot,
      { apps: all, modes: modesOf(settings) },
      wanted,
    )) {
      apps.push({ app, facts });
      ofApps.push(...own);
    }
    return {
      settings,
      rules,
      plugins,
      said: await saidKeys(snapshot),
      apps,
      problems: [...ofPlugins, ...problems, ...ofApps],
    };
  } finally {
    await subject.close();
  }
}

async function saidKeys(snapshot: Snapshot): Promise<string[] | null> {
  const file = snapshot.file(SETTINGS_FILE);
  if (!file) return null;
  const { parse } = await import('jsonc-parser');
  const text = new TextDecoder().decode(await snapshot.read(file));
  return Object.keys(parse(text, [], { allowTrailingComma: true }) as object);
}
