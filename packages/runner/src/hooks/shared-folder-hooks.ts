/**
 * Where `core.hooksPath` names a folder shared by all repositories of a user, that folder is not ours to write
 * in. This repository gets a folder of its own before it: our hooks, each followed by the shared one, and
 * every other shared hook passed on as it is.
 */
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOOK_NAMES } from './hook-names.ts';
import type { HookChange } from './hook-names.ts';
import { installPlainHooks } from './plain-hooks.ts';

export async function installBeforeSharedHooks(
  folder: string,
  shared: string,
  script: string,
): Promise<HookChange[]> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(shared).catch(() => []);
  for (const name of names.filter((one) => !one.includes('.') && !one.startsWith('_'))) {
    const isOurs = (HOOK_NAMES as readonly string[]).includes(name);
    await writePassOn(join(folder, isOurs ? `${name}.before-bulwark` : name), join(shared, name));
  }
  return installPlainHooks(folder, script);
}

export async function uninstallBeforeSharedHooks(folder: string): Promise<HookChange[]> {
  await rm(folder, { recursive: true, force: true });
  return HOOK_NAMES.map((hook) => ({ hook, file: join(folder, hook), did: 'removed' }));
}

async function writePassOn(file: string, target: string): Promise<void> {
  const quoted = `'${target.replaceAll("'", String.raw`'\''`)}'`;
  await writeFile(
    file,
    `#!/bin/sh\n# Passes on to the hook of core.hooksPath.\n[ -x ${quoted} ] || exit 0\nexec ${quoted} "$@"\n`,
  );
  await chmod(file, 0o755);
}
