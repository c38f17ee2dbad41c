import { canonicalJson, fingerprint } from '@bulwark/model';
import type { FileRef, Rule } from '@bulwark/model';
import type { Settings } from '../settings.ts';

/** Names these paths and all that is in them. A file without a blob id was too large to read. */
export function digestOfFiles(files: readonly FileRef[]): string {
  return fingerprint(
    ...files.map(({ path, mode, blob, size }) => `${mode} ${blob ?? size} ${JSON.stringify(path)}`),
  );
}

export function digestOfSettings(settings: Settings, rules: readonly Rule[]): string {
  return fingerprint(
    canonicalJson(settings),
    ...rules.map(({ id, plugin }) => (plugin ? canonicalJson([id, plugin]) : id)),
  );
}
