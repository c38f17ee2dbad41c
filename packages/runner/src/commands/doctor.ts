import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readGitVersion } from '@bulwark/git';
import picocolors from 'picocolors';
import type { Command } from '../command.ts';
import { examineHooks } from '../hooks/examine-hooks.ts';
import { findHookPlace } from '../hooks/hook-target.ts';
import type { HookPlace } from '../hooks/hook-target.ts';
import { outputOptions } from '../shared-options.ts';
import { usesColor } from '../use-color.ts';
import { version } from '../version.ts';

export const doctor: Command = {
  words: ['doctor'],
  summary: 'Tell what is installed, and whether a commit could pass unchecked.',
  options: { color: outputOptions['color']! },
  notes: ['Exit codes of doctor: 0 every commit and push is checked; 1 one could pass unchecked.'],
  async run({ options, io }) {
    const place = await findHookPlace(io, false);
    const colors = picocolors.createColors(
      usesColor(options['color'] as string | undefined, io.env, io.isTerminal),
    );
    const hooks = await examineHooks(place);
    const isGuarded = hooks.every(({ runsBulwark }) => runsBulwark);
    const lines = [
      `bulwark ${version}, Node.js ${process.versions.node}, git ${await readGitVersion(place.repository)}`,
      `git looks for hooks in ${relative(place.top, place.location.folder) || '.'}${describeSetting(place)}`,
      ...hooks.map(
        ({ hook, runsBulwark, because }) =>
          `  ${runsBulwark ? colors.green('✔') : colors.red('✖')} ${hook.padEnd(16)}  ${because}`,
      ),
      ...findWorries(place).map((worry) => `  ${colors.yellow('!')} ${worry}`),
      isGuarded
        ? `${colors.green('✔')} Every commit and push is checked`
        : `${colors.red('✖')} A commit or push could pass unchecked; run: bulwark init`,
    ];
    io.write(`${lines.join('\n')}\n`);
    return isGuarded ? 0 : 1;
  },
};

function describeSetting({ location: { setting } }: HookPlace): string {
  return setting === null ? '' : ` (core.hooksPath, ${setting.scope})`;
}

/** Folders that programs started from a desktop have on their PATH, or where the hook script looks besides. */
const FOUND_BY_HOOK = [
  /^\/usr(?:\/local)?\/bin$/,
  /^\/opt\/homebrew\/bin$/,
  /[\\/](?:\.volta|\.asdf|mise|\.local|fnm)[\\/]/,
  /[\\/]\.nvm[\\/]versions[\\/]/,
  /nodejs$/i,
];

/** What does not let a commit pass, but may stop a good one. */
function findWorries({ top, packageFolder, repository }: HookPlace): string[] {
  const worries: string[] = [];
  const folders = [join(top, packageFolder), top, dirname(repository.commonDir)];
  if (!folders.some((folder) => existsSync(join(folder, 'node_modules/bulwark')))) {
    worries.push(
      'the package bulwark is not in node_modules, so an installed hook refuses every commit; run your package manager install',
    );
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12)) {
    worries.push(`Node.js ${process.versions.node} gets no security fixes any more; use 22.12 or newer`);
  }
  const nodeFolder = dirname(process.execPath);
  if (!FOUND_BY_HOOK.some((folder) => folder.test(nodeFolder))) {
    worries.push(
      `Node.js is in ${nodeFolder}; a graphical client that does not have it on its PATH will refuse to commit`,
    );
  }
  return worries;
}
