/** What the engine is handed to run the code of plugins, and what becomes of each. */
import { UserError } from '@bulwark/model';
import type { FileRef } from '@bulwark/model';
import type { FoundPlugin } from './find-plugin.ts';

/** Code to load, all of it from one snapshot. */
export interface PluginCode extends FoundPlugin {
  /** Whether `.js` and `.ts` files are modules, by the nearest `package.json` above the plugin. */
  readonly type: 'module' | 'commonjs';
  read(file: FileRef): Promise<Uint8Array>;
  /** Git's folder that all worktrees share. */
  readonly commonDir: string;
  /** Top of the work tree, whose installed packages the code may import. */
  readonly topLevel: string | null;
}

export interface LoadedPlugin {
  /** What the entries export by default, each with the file it came from. */
  readonly exported: readonly { readonly path: string; readonly value: unknown }[];
  /** Whether the code imports nothing beside its own files and `bulwark`: then its files name all that it does. */
  readonly isSelfContained: boolean;
}

/** This process may not run the code; another one can tell. Ends the check: nothing is said of the plugin. */
export class AskElsewhere extends UserError {
  override readonly name = 'AskElsewhere';
}

/** Loads a plugin's code anew wherever its files differ. @throws UserError for what its author can mend; AskElsewhere. */
export type LoadPlugin = (code: PluginCode) => Promise<LoadedPlugin>;

export interface Plugins {
  readonly load: LoadPlugin;
  /** Runs the code of what is judged, committed or not: for whoever writes a rule. Never in a hook. */
  readonly isTrial: boolean;
}

/** What became of one plugin the settings name. */
export interface PluginState {
  readonly name: string;
  /**
   * `in-force`: its rules judge. `pending`: what stood before does not have it, or does not name it, so no rule of
   * it is run. `failed`: it should judge and does not; the problems say why.
   */
  readonly state: 'in-force' | 'pending' | 'failed';
  /** Its files that what is judged has otherwise than what its code was loaded from. */
  readonly changed: readonly string[];
}
