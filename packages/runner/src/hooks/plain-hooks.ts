/**
 * Hooks in a folder git reads itself. A hook that was there keeps its bytes under another name, and our script
 * runs it after ours.
 */
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@bulwark/model';
import { HOOK_NAMES } from './hook-names.ts';
import type { HookChange, HookName } from './hook-names.ts';
import { isOurs } from './hook-script.ts';
import { readIfThere } from './read-if-there.ts';

const BEFORE = '.before-bulwark';

/** @throws UserError if a hook would have to be overwritten. */
export async function installPlainHooks(folder: string, script: string): Promise<HookChange[]> {
  await mkdir(folder, { recursive: true });
  const changes: HookChange[] = [];
  for (const hook of HOOK_NAMES) changes.push(await installOne(folder, hook, script));
  return changes;
}

async function installOne(folder: string, hook: HookName, script: string): Promise<HookChange> {
  const file = join(folder, hook);
  const present = await readIfThere(file);
  if (present === script) return { hook, file, did: 'kept' };
  const isForeign = present !== null && !isOurs(present);
  if (isForeign) await moveAside(file);
  await writeExecutable(file, script);
  if (isForeign) return { hook, file, did: 'chained' };
  return { hook, file, did: present === null ? 'created' : 'updated' };
}

async function moveAside(file: string): Promise<void> {
  if ((await readIfThere(file + BEFORE)) !== null) {
    throw new UserError(
      `${file} and ${file}${BEFORE} are both there, and neither is ours to overwrite.`,
      `Something installed its own hook over Bulwark's. Keep one of the two, then run bulwark init again.`,
    );
  }
  await rename(file, file + BEFORE);
}

/** Written aside and renamed, so that git never runs half a script. */
async function writeExecutable(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}.tmp`;
  await writeFile(aside, text, 'latin1');
  await chmod(aside, 0o755);
  await rename(aside, file);
}

/** Takes our hooks away and puts back what was there. */
export async function uninstallPlainHooks(folder: string): Promise<HookChange[]> {
  const changes: HookChange[] = [];
  for (const hook of HOOK_NAMES) {
    const file = join(folder, hook);
    const present = await readIfThere(file);
    const isInstalled = present !== null && isOurs(present);
    const hasBefore = (await readIfThere(file + BEFORE)) !== null;
    if (isInstalled && hasBefore) {
      await rename(file + BEFORE, file);
      changes.push({ hook, file, did: 'restored' });
    } else if (isInstalled) {
      await rm(file);
      changes.push({ hook, file, did: 'removed' });
    }
  }
  return changes;
}
