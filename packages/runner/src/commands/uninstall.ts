import { rm } from 'node:fs/promises';
import { listDaemonFolders } from '@bulwark/daemon';
import { clearStores } from '@bulwark/daemon/store';
import type { Command } from '../command.ts';
import { stopDaemon } from '../daemon/stop-daemon.ts';
import { findHookPlace } from '../hooks/hook-target.ts';
import { describeChanges, uninstallHooks } from '../hooks/install-hooks.ts';

export const uninstall: Command = {
  words: ['uninstall'],
  summary: 'Take the git hooks away, put back what was there before, and forget what is remembered.',
  options: { yes: { type: 'boolean', short: 'y', help: 'ask nothing (it never does)' } },
  async run({ io }) {
    const place = await findHookPlace(io, false);
    const changes = await uninstallHooks(place);
    await removeDaemons(place.repository.commonDir);
    await clearStores(place.repository.commonDir);
    io.write(
      changes.length === 0
        ? 'No hook of Bulwark is installed here.\n'
        : `Hooks:\n${describeChanges(changes, place.top)}`,
    );
    return 0;
  },
};

/** Of every version that ran here, with what they wrote down. */
async function removeDaemons(commonDir: string): Promise<void> {
  for (const folder of await listDaemonFolders(commonDir)) {
    await stopDaemon(folder);
    await rm(folder, { recursive: true, force: true });
  }
}
