/** What a verdict rests on that is no file of the folder judged. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Inputs } from './infer-targets.ts';
import { openLocks } from './locked-packages.ts';
import type { Locks } from './locked-packages.ts';
import { readWorkspaceSettings } from './workspace-settings.ts';

/**
 * Files that are committed although git ignores them. They are judged, and Nx does not see them: it walks the disk by
 * the ignore rules. Printed with their blob ids.
 */
const COMMITTED_THOUGH_IGNORED = 'git ls-files --cached --ignored --exclude-standard --stage';

/**
 * Rules of the team's own judge as they are committed, whatever lies on disk: the day they are committed the answer is
 * another, though no file changed.
 */
function committed(plugins: readonly string[]): string {
  return `git ls-tree -r HEAD -- bulwark.json ${plugins.map((plugin) => `"${plugin}"`).join(' ')}`;
}

/** The day as waivers count it. */
const TODAY = 'node -p "new Date().toISOString().slice(0, 10)"';

/** Where no lock file says which version is installed. */
const OWN_VERSION = `node -p "require('bulwark/package.json').version"`;

/** @param nxJson as it stands: Nx may have been told not to look into lock files, and then knows no package. */
export function otherInputs(workspaceRoot: string, nxJson: unknown): Inputs {
  const { plugins, hasExpiry } = readWorkspaceSettings(workspaceRoot);
  const locks = openLocks(workspaceRoot);
  const external = readsLocks(nxJson) ? ['bulwark', 'arkos'].filter((name) => locks.has(name)) : [];
  // Rules that a secretlint configuration adds are installed packages, whichever.
  const restsOnLock = !external.includes('arkos') || hasSecretlintRules(workspaceRoot);
  return [
    { externalDependencies: external },
    ...(external.includes('bulwark') ? [] : [ownVersion(locks)]),
    ...(restsOnLock ? locks.files.map((name) => `{workspaceRoot}/${name}`) : []),
    ...plugins.flatMap((plugin) => [`{workspaceRoot}/${plugin}`, `{workspaceRoot}/${plugin}/**/*`]),
    ...(plugins.length > 0 ? [{ runtime: committed(plugins) }] : []),
    { runtime: COMMITTED_THOUGH_IGNORED },
    // Reports are sealed with it, and one that is not is refused where it is set.
    { env: 'BULWARK_REPORT_KEY' },
    ...(hasExpiry ? [{ runtime: TODAY }] : []),
  ];
}

/** In the repository that builds `bulwark` its version says nothing: its source does. */
function ownVersion(locks: Locks): Inputs[number] {
  return locks.links('bulwark') ? { input: 'default', projects: ['bulwark'] } : { runtime: OWN_VERSION };
}

/** `pluginsConfig["@nx/js"].analyzeLockfile`. */
function readsLocks(nxJson: unknown): boolean {
  const { pluginsConfig } = (nxJson ?? {}) as { pluginsConfig?: Record<string, unknown> };
  const js = pluginsConfig?.['@nx/js'] as { analyzeLockfile?: unknown } | undefined;
  return js?.analyzeLockfile !== false;
}

function hasSecretlintRules(workspaceRoot: string): boolean {
  return ['.secretlintrc.json', '.secretlintrc'].some((name) => existsSync(join(workspaceRoot, name)));
}
