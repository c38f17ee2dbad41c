/** Where hooks are to be installed: into husky's folder, git's own, or one of ours before a user-wide folder. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { UserError } from '@bulwark/model';
import { findRepository, locateHooks } from '@bulwark/git';
import type { HookLocation, Repository } from '@bulwark/git';
import type { Io } from '../io.ts';

export type HookTarget =
  | { readonly kind: 'husky'; readonly folder: string }
  | { readonly kind: 'plain'; readonly folder: string }
  /** `core.hooksPath` is set for every repository of the user: we stand before that folder, in this one alone. */
  | { readonly kind: 'before-shared'; readonly folder: string; readonly shared: string };

export interface HookPlace {
  readonly repository: Repository;
  /** Top of the work tree. */
  readonly top: string;
  readonly location: HookLocation;
  readonly target: HookTarget;
  /** The folder whose `node_modules` holds the package, from the top. */
  readonly packageFolder: string;
}

/** @throws UserError outside a work tree. */
export async function findHookPlace(
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
  wantsHusky: boolean,
): Promise<HookPlace> {
  const repository = await findRepository(cwd, env);
  if (!repository?.topLevel) {
    throw new UserError(
      repository
        ? 'This repository has no work tree, so nobody commits in it.'
        : `${cwd} is not in a git repository.`,
      'Run it in the folder of a clone, or make a repository with: git init',
    );
  }
  const location = await locateHooks(repository);
  const top = repository.topLevel;
  return {
    repository,
    top,
    location,
    target: chooseTarget(repository, top, location, wantsHusky),
    packageFolder: findPackageFolder(cwd, top),
  };
}

function chooseTarget(
  repository: Repository,
  top: string,
  location: HookLocation,
  wantsHusky: boolean,
): HookTarget {
  const { folder, setting, ownFolder } = location;
  if (basename(folder) === '_' && basename(dirname(folder)) === '.husky')
    return { kind: 'husky', folder: dirname(folder) };
  if (basename(folder) === '.husky') return { kind: 'husky', folder };
  if (wantsHusky || (setting === null && existsSync(join(top, '.husky'))))
    return { kind: 'husky', folder: join(top, '.husky') };
  const ours = join(repository.commonDir, 'bulwark', 'hooks');
  if (setting !== null && setting.scope !== 'local' && setting.scope !== 'worktree') {
    return { kind: 'before-shared', folder: ours, shared: folder };
  }
  if (folder === ours) return { kind: 'before-shared', folder: ours, shared: ownFolder };
  return { kind: 'plain', folder };
}

/** The nearest folder above with the package in it, else with a manifest, else the top. */
function findPackageFolder(cwd: string, top: string): string {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === top || folder === dirname(folder)) break;
  }
  const found =
    folders.find((folder) => existsSync(join(folder, 'node_modules', 'bulwark'))) ??
    folders.find((folder) => existsSync(join(folder, 'package.json'))) ??
    top;
  const path = relative(top, found).split(sep).join('/');
  return path === '' || path.startsWith('..') ? '.' : path;
}
