import { known, startOf } from '@bulwark/model';
import type { Settings } from '@bulwark/model';
import type { Command } from '../src/generations/behaviour.ts';
import { behaviourOf } from '../src/generations/index.ts';
import { readSettings } from '../src/settings/settings.ts';
import { valueOf } from './value-of.ts';

/** The settings of a literal configuration under one release. */
export function settingsOf(
  version: string,
  config: unknown,
  command: Command = 'start',
  env: Readonly<Record<string, string>> = {},
): Settings {
  return readSettings({
    written: valueOf(config),
    behaviour: behaviourOf(version),
    command,
    holder: startOf('arkos.config.ts'),
    byDefault: { kind: 'default', of: 'Arkos' },
    variable: (variable) => {
      const from = { kind: 'env', variable } as const;
      return env[variable] === undefined ? { kind: 'absent', from } : known(env[variable], from);
    },
  });
}
