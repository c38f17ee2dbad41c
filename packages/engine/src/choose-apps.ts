/** The apps a request is narrowed to. */
import { UserError } from '@bulwark/model';
import type { App } from '@bulwark/model';
import { isWithin } from './folder-within.ts';
import { matches } from './settings.ts';

/** @param wanted names, roots or globs of roots; every app if left out. */
export function appChooser(wanted: readonly string[] | undefined, within: string): (app: App) => boolean {
  return ({ name, root }) =>
    (root === within || isWithin(root, within)) &&
    (!wanted || wanted.includes(name) || matches(root, wanted));
}

/** @throws UserError for one that names no app. */
export function refuseUnknownApps(wanted: readonly string[], apps: readonly App[]): void {
  for (const one of wanted) {
    if (apps.some(({ name, root }) => name === one || matches(root, [one]))) continue;
    throw new UserError(
      `There is no Arkos app ${JSON.stringify(one)} here.`,
      'bulwark audit lists every app it finds, by name and folder.',
    );
  }
}
