import type { Setting } from '@bulwark/model';

/**
 * What else helps where a key was left out: the variable Arkos then reads. Nothing shows whether it is set, so
 * it has to be pinned in the settings to count.
 */
export function orSet({ written, variable }: Pick<Setting, 'written' | 'variable'>, value: string): string {
  if (variable === null || written.kind !== 'absent') return '';
  return `, or, if ${variable} is set to ${value} where it is deployed, pin it under modes in bulwark.json`;
}
