import type { Command } from '../command.ts';
import { findHookPlace } from '../hooks/hook-target.ts';
import { describeChanges, uninstallHooks } from '../hooks/install-hooks.ts';

export const uninstall: Command = {
  words: ['uninstall'],
  summary: 'Take the git hooks away and put back what was there before.',
  options: { yes: { type: 'boolean', short: 'y', help: 'ask nothing (it never does)' } },
  async run({ io }) {
    const place = await findHookPlace(io, false);
    const changes = await uninstallHooks(place);
    io.write(
      changes.length === 0
        ? 'No hook of Bulwark is installed here.\n'
        : `Hooks:\n${describeChanges(changes, place.top)}`,
    );
    return 0;
  },
};
