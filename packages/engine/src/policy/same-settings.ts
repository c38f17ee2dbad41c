import type { Snapshot } from '@bulwark/model';
import { SECRETLINT_IGNORE } from '../secretlint-ignore.ts';
import { SETTINGS_FILE } from '../settings.ts';

/** Whether two snapshots hold the same settings file, or both none. */
export function isSameSettings(a: Snapshot, b: Snapshot): boolean {
  return isSameFile(SETTINGS_FILE, a, b);
}

/** Whether all that says what is judged is the same in both. */
export function isSamePolicy(a: Snapshot, b: Snapshot): boolean {
  return isSameSettings(a, b) && isSameFile(SECRETLINT_IGNORE, a, b);
}

function isSameFile(path: string, a: Snapshot, b: Snapshot): boolean {
  const [before, after] = [a.file(path), b.file(path)];
  if (!before || !after) return before === after;
  return before.blob !== null && before.blob === after.blob;
}
