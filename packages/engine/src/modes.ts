import { defaultModes } from '@bulwark/arkos';
import type { ModeDefinition } from '@bulwark/arkos';
import type { Settings } from './settings.ts';

/** The modes to judge: development and production with the settings' pins, then the settings' own. */
export function modesOf(settings: Settings): readonly ModeDefinition[] {
  const builtIn = defaultModes.map((mode) => ({
    ...mode,
    env: { ...mode.env, ...settings.modes[mode.name]?.env },
  }));
  const names = new Set(defaultModes.map(({ name }) => name));
  const further = Object.entries(settings.modes)
    .filter(([name]) => !names.has(name))
    .map(([name, { command, env }]) => ({ name, command: command ?? 'start', env: env ?? {} }));
  return [...builtIn, ...further];
}
