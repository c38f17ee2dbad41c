import { relative } from 'node:path';
import type { Command } from '../command.ts';
import { findHookPlace } from '../hooks/hook-target.ts';
import { describeChanges, installHooks } from '../hooks/install-hooks.ts';

export const init: Command = {
  words: ['init'],
  summary: 'Install the git hooks, beside the hooks that are there.',
  options: {
    husky: { type: 'boolean', help: 'install into .husky even if the repository does not use it yet' },
    yes: { type: 'boolean', short: 'y', help: 'ask nothing (it never does)' },
  },
  notes: [
    'Installs pre-commit, pre-merge-commit, commit-msg and pre-push where git looks for hooks: .husky if husky is',
    'used, else core.hooksPath or .git/hooks. A hook that is there already is kept and runs after ours. Running it',
    'again changes nothing; bulwark uninstall takes it all back.',
  ],
  async run({ options, io }) {
    const place = await findHookPlace(io, options['husky'] === true);
    const changes = await installHooks(place);
    io.write(
      `Hooks in ${relative(place.top, place.target.folder) || '.'}:\n${describeChanges(changes, place.top)}`,
    );
    if (place.target.kind === 'husky' && place.location.setting === null) {
      io.write(
        '\nhusky itself is not active in this clone yet: run your package manager install, or: npx husky\n',
      );
    }
    io.write(
      '\nbulwark doctor tells whether a commit would be checked; bulwark audit judges what is here now.\n',
    );
    return 0;
  },
};
