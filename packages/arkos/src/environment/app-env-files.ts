import type { App } from '@bulwark/model';
import { behaviourOf } from '../generations/index.ts';
import type { ModeDefinition } from '../mode.ts';
import { envFileNames } from './env-files.ts';
import { commandNodeEnv } from './mode-environment.ts';

/**
 * The names of the env files an app reads, by mode, from the app's root: every one that any version it may run
 * reads, with the NODE_ENV that the settings or the command give (FACTS §1.6).
 */
export function appEnvFiles(
  app: App,
  modes: readonly ModeDefinition[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(modes.map((mode) => [mode.name, namesOf(app, mode)]));
}

function namesOf(app: App, mode: ModeDefinition): readonly string[] {
  const names = new Set<string>();
  for (const version of app.arkos.candidates ?? []) {
    const behaviour = behaviourOf(version);
    const nodeEnv = commandNodeEnv(mode.env['NODE_ENV'] ?? undefined, behaviour.commands[mode.command]);
    for (const name of envFileNames(behaviour.envFiles, mode.command, nodeEnv)) names.add(name);
  }
  return [...names];
}
