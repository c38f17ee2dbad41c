import type { Snapshot } from '@bulwark/model';
import { SETTINGS_FILE } from '../settings.ts';

/**
 * The plugins that a snapshot's settings name, whatever else is right or wrong in them: their rules must be known
 * before the rest can be judged.
 */
export async function namedPlugins(snapshot: Snapshot): Promise<readonly string[]> {
  const file = snapshot.file(SETTINGS_FILE);
  if (!file) return [];
  const text = new TextDecoder().decode(await snapshot.read(file));
  // A key may be written with escapes; without either there is no such key, and nothing more is loaded.
  if (!/plugins|\\u/.test(text)) return [];
  const { parse } = await import('jsonc-parser');
  const said = parse(text, [], { allowTrailingComma: true }) as { readonly plugins?: unknown } | undefined;
  const names = Array.isArray(said?.plugins) ? (said.plugins as unknown[]) : [];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
