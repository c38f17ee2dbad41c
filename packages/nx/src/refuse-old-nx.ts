import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseManifest, readIfThere } from './find-apps.ts';

const OLDEST = 20;

/** @throws Error under an Nx that merges inferred targets in ways this plugin does not know. */
export function refuseOldNx(workspaceRoot: string): void {
  const version = versionOfNx(workspaceRoot);
  if (version !== null && Number.parseInt(version, 10) < OLDEST)
    throw new Error(
      `@bulwark/nx needs Nx ${OLDEST} or newer; this workspace has Nx ${version}. Update it (nx migrate latest), or take the plugin out of nx.json and run: npx bulwark audit`,
    );
}

function versionOfNx(workspaceRoot: string): string | null {
  try {
    const path = createRequire(join(workspaceRoot, 'package.json')).resolve('nx/package.json');
    const { version } = parseManifest(readIfThere(path)) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
