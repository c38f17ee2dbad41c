/** The apps a request is narrowed to. */
import { posix } from 'node:path';
import { UserError } from '@bulwark/model';
import type { App } from '@bulwark/model';
import { isWithin } from './folder-within.ts';
import { matches } from './settings.ts';

/** @param wanted names, roots or globs of roots; every app if left out. */
export function appChooser(wanted: readonly string[] | undefined, within: string): (app: App) => boolean {
  const patterns = wanted?.map(asRoot);
  return ({ name, root }) =>
    (root === within || isWithin(root, within)) &&
    (!wanted || !patterns || wanted.includes(name) || matches(root, patterns));
}

/** A folder as completion in a shell writes it: `./apps/api/`. */
function asRoot(pattern: string): string {
  return posix.normalize(pattern).replace(/(?<=.)\/$/, '');
}

/** @throws UserError for one that names no app. */
export function refuseUnknownApps(wanted: readonly string[], apps: readonly App[]): void {
  for (const one of wanted) {
    if (apps.some(({ name, root }) => name === one || matches(root, [asRoot(one)]))) continue;
    throw new UserError(
      `There is no Arkos app ${JSON.stringify(one)} here.`,
      apps.length === 0
        ? 'There is no app here at all.'
        : `There ${apps.length === 1 ? 'is' : 'are'} ${listOf(apps)}; their names serve, too.`,
    );
  }
}

const MOST_LISTED = 12;

function listOf(apps: readonly App[]): string {
  const roots = apps.slice(0, MOST_LISTED).map(({ root }) => root);
  const more = apps.length - roots.length;
  return more > 0 ? `${roots.join(', ')} and ${more} more` : roots.join(', ');
}
