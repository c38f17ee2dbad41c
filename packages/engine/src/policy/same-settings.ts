import type { Snapshot } from '@bulwark/model';
import { SETTINGS_FILE } from '../settings.ts';

/** Whether two snapshots hold the same settings file, or both none. */
export function isSameSettings(a: Snapshot, b: Snapshot): boolean {
  const [before, after] = [a.file(SETTINGS_FILE), b.file(SETTINGS_FILE)];
  if (!before || !after) return before === after;
  return before.blob !== null && before.blob === after.blob;
}
