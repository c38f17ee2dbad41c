import type { Mode } from '@bulwark/model';
import type { Command } from './generations/behaviour.ts';

/** One way of running an app, with what is known of its environment. */
export interface ModeDefinition extends Mode {
  readonly command: Command;
  /** Variables the process is started with, from the settings; `null` means unset. */
  readonly env: Readonly<Record<string, string | null>>;
}

/** The modes there are without any settings: `arkos dev`, and `arkos build` followed by `arkos start`. */
export const defaultModes: readonly ModeDefinition[] = [
  { name: 'development', command: 'dev', env: {} },
  { name: 'production', command: 'start', env: {} },
];
