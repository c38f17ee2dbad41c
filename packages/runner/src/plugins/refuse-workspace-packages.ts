import { realpath } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { PluginError } from '@bulwark/engine';
import type { PluginCode } from '@bulwark/engine';
import type { FileImports } from './read-imports.ts';

/**
 * A package of the workspace is linked to its folder in the work tree: importing it would run what the change holds.
 * @throws PluginError for a file that imports one.
 */
export async function refuseWorkspacePackages(
  imports: readonly FileImports[],
  { topLevel }: Pick<PluginCode, 'topLevel'>,
): Promise<void> {
  if (topLevel === null) return;
  for (const { path, packages } of imports) {
    for (const specifier of packages) {
      if (specifier.startsWith('/') || specifier.startsWith('file:'))
        throw new PluginError(path, `imports ${specifier}, which is not its own`, CURE);
      const at = isBuiltin(specifier) ? null : await findPackage(nameOf(specifier), path, topLevel);
      if (at !== null && isInWorkTree(at, topLevel))
        throw new PluginError(path, `imports ${specifier}, which lies in the work tree`, CURE);
    }
  }
}

const CURE =
  "Its code would be the change's own. Copy what is needed into the plugin's folder and import it from there.";

function nameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Where Node would find it; `null` if it is not installed. */
async function findPackage(name: string, path: string, topLevel: string): Promise<string | null> {
  for (let folder = dirname(join(topLevel, path)); ; folder = dirname(folder)) {
    const found = await realpath(join(folder, 'node_modules', name)).catch(() => null);
    if (found !== null) return found;
    if (folder === topLevel || folder === dirname(folder)) return null;
  }
}

function isInWorkTree(path: string, topLevel: string): boolean {
  const steps = relative(topLevel, path).split(sep);
  return steps[0] !== '..' && !steps.includes('node_modules');
}
