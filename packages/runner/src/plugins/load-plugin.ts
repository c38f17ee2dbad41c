/** Runs a plugin's code, laid out where nobody but this user writes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AskElsewhere, PluginError } from '@bulwark/engine';
import type { LoadedPlugin, PluginCode } from '@bulwark/engine';
import { messageOf } from '@bulwark/model';
import { importModule } from '@bulwark/secrets';
import { layOut } from './lay-out.ts';
import { readImports } from './read-imports.ts';
import { refuseWorkspacePackages } from './refuse-workspace-packages.ts';

/**
 * @param isGoingOn whether this process goes on after the check. Node keeps what it imported: other code of the plugin
 * has another address, but an installed package has the same whatever is in it, so code that imports one is not run.
 * @throws PluginError for a file that cannot be loaded; UserError where there is no place for the code; AskElsewhere.
 */
export async function loadPlugin(
  code: PluginCode,
  { isGoingOn }: { readonly isGoingOn: boolean },
): Promise<LoadedPlugin> {
  for (const path of code.entries) refuseTypeScript(path);
  const laidOut = await layOut(code);
  const imports = await readImports(code, laidOut);
  await refuseWorkspacePackages(imports, code);
  const isSelfContained = imports.every(({ packages, isOpen }) => packages.length === 0 && !isOpen);
  if (isGoingOn && !isSelfContained)
    throw new AskElsewhere(`What ${code.name} imports is loaded by each check for itself.`);
  const exported: LoadedPlugin['exported'][number][] = [];
  for (const path of code.entries) {
    const file = join(laidOut.tree, path);
    try {
      const module = (await importModule(pathToFileURL(file).href)) as { readonly default?: unknown };
      exported.push({ path, value: module.default });
    } catch (error) {
      throw explain(error, path, laidOut.tree);
    }
  }
  return { exported, isSelfContained };
}

/** Node takes types away by itself from 22.18 on; nothing here would do it for an older one. */
function refuseTypeScript(path: string): void {
  if (!/\.m?ts$/.test(path) || process.features.typescript) return;
  throw new PluginError(
    path,
    `Node ${process.versions.node} cannot run TypeScript`,
    'Use Node 22.18 or newer, or write it as .mjs; // @ts-check and JSDoc keep the types.',
  );
}

function explain(error: unknown, path: string, tree: string): PluginError {
  const said = messageOf(error).replaceAll(pathToFileURL(tree).href, '').replaceAll(`${tree}/`, '');
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const options = { cause: error };
  if (code === 'ERR_MODULE_NOT_FOUND')
    return new PluginError(
      path,
      `imports what is not there: ${said}`,
      "A plugin may import its own folder's files, as they are committed, and packages that are installed.",
      options,
    );
  return new PluginError(path, `failed while it was loaded: ${said}`, undefined, options);
}
