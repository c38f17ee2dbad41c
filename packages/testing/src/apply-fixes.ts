import { applyEdits, pathOfEdit } from '@bulwark/model';
import type { Edit, Judgement } from '@bulwark/model';
import { filesOf } from './judge-config.ts';
import type { AppCase } from './judge-config.ts';

/** An app with everything mended that knows how, and the texts that changed; `null` where nothing does. */
export function applyFixes(
  app: AppCase,
  judgements: readonly Judgement[],
): { readonly app: AppCase; readonly texts: Readonly<Record<string, string>> } | null {
  const edits = judgements.flatMap((one) => (one.verdict === 'violation' ? (one.fix?.edits ?? []) : []));
  if (edits.length === 0) return null;
  const files = filesOf(app);
  const texts: Record<string, string> = {};
  for (const path of new Set(edits.map(pathOfEdit))) {
    const ofPath = edits.filter((edit) => pathOfEdit(edit) === path);
    texts[path] = edited(files[path], path, ofPath);
  }
  const { config: _config, ...rest } = app;
  return { app: { ...rest, files: { ...files, ...texts } }, texts };
}

function edited(file: unknown, path: string, edits: readonly Edit[]): string {
  if (file !== undefined && typeof file !== 'string') throw new Error(`${path} is no text`);
  const text = applyEdits(file ?? null, edits);
  if (text === null) throw new Error(`the fix does not fit ${path}: ${JSON.stringify(edits)}`);
  return text;
}
