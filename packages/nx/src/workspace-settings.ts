/** Of `bulwark.json`, what decides on which files a verdict rests. What is wrong in it, the target itself says. */
import { join, posix } from 'node:path';
import { parse } from 'jsonc-parser';
import { readIfThere } from './find-apps.ts';

export interface WorkspaceSettings {
  /** Folders and files of the team's own rules, from the workspace root. */
  readonly plugins: readonly string[];
  /** Whether a waiver ends on some day, so that the answer hangs on the day. */
  readonly hasExpiry: boolean;
}

/** Fit to stand in a glob and in a shell's double quotes. */
const PLAIN = /^[\w@./ -]+$/;

export function readWorkspaceSettings(workspaceRoot: string): WorkspaceSettings {
  const text = readIfThere(join(workspaceRoot, 'bulwark.json'));
  const said = (parse(text, [], { allowTrailingComma: true }) ?? {}) as Record<string, unknown>;
  const plugins = Array.isArray(said['plugins']) ? said['plugins'] : [];
  const waivers = Array.isArray(said['waivers']) ? said['waivers'] : [];
  return {
    plugins: plugins
      .filter((plugin): plugin is string => typeof plugin === 'string' && PLAIN.test(plugin))
      .map((plugin) => posix.normalize(plugin).replace(/\/$/, ''))
      .filter((plugin) => !plugin.startsWith('..') && !plugin.startsWith('/')),
    hasExpiry: waivers.some(
      (waiver: unknown) => (waiver as { expires?: unknown } | null)?.expires !== undefined,
    ),
  };
}
