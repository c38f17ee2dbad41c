import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` files that hold for a folder, outermost first. */
export type IgnoreRules = readonly { readonly folder: string; readonly rules: Ignore }[];

/** The rules for a folder inside, given those of the folder around it. @param folder from the root; '' is the root. */
export async function enterFolder(root: string, folder: string, outer: IgnoreRules): Promise<IgnoreRules> {
  const text = await readFile(join(root, folder, '.gitignore'), 'utf8').catch(() => null);
  if (text === null) return outer;
  return [...outer, { folder, rules: ignore({ ignorecase: false }).add(text) }];
}

/**
 * Whether git would leave this path out (gitignore(5)): the innermost file that says something decides.
 * The folders above it must not be ignored themselves; a walk does not enter those.
 */
export function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean {
  for (const { folder, rules: inner } of rules.toReversed()) {
    const relative = folder === '' ? path : path.slice(folder.length + 1);
    const { ignored, unignored } = inner.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}
