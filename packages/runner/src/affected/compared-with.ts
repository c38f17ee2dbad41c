/** What `--affected` judges, and the commit it compares that with. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMergeBase } from '@bulwark/git';
import type { Repository } from '@bulwark/git';
import { UserError } from '@bulwark/model';
import type { CheckRequest, View } from '@bulwark/model';

export interface Compared extends Pick<CheckRequest, 'base'> {
  readonly view: View;
}

export interface Revisions {
  readonly base?: string | undefined;
  readonly head?: string | undefined;
  readonly isStaged: boolean;
}

/**
 * As Nx has it: the work tree against where it left the main branch, a head against where that did; what is staged
 * against HEAD. `NX_BASE` and `NX_HEAD` stand in for what is not named.
 * @throws UserError for a revision that is no commit here.
 */
export async function comparedWith(
  repository: Repository,
  { base, head, isStaged }: Revisions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Compared> {
  if (isStaged) {
    if (base !== undefined || head !== undefined)
      throw new UserError('--staged is compared with HEAD.', 'Leave out --base and --head.');
    return { view: { kind: 'index' } };
  }
  const to = head ?? (env['NX_HEAD'] || undefined);
  const named = base ?? (env['NX_BASE'] || undefined);
  const candidates = named === undefined ? await defaultBases(repository) : [named];
  const view: View = to === undefined ? { kind: 'worktree' } : { kind: 'commit', commit: to };
  for (const candidate of candidates) {
    const found = await findMergeBase(repository, candidate, to ?? 'HEAD');
    if ('commit' in found) return { view, base: found.commit };
    if (found.unknown !== candidate) throw noCommit([found.unknown], '--head');
  }
  throw noCommit(candidates, '--base');
}

function noCommit(names: readonly string[], option: string): UserError {
  const which = names.map((name) => JSON.stringify(name)).join(' nor ');
  return new UserError(
    `${names.length > 1 ? 'Neither ' : ''}${which} is ${names.length > 1 ? '' : 'not '}a commit here, so nobody can say what changed.`,
    `Name one with ${option}, and see that it was fetched: CI often fetches one commit alone (fetch-depth: 0 gets all).`,
  );
}

/** The main branch by the name Nx has for it, else by the usual ones. */
async function defaultBases({ topLevel }: Repository): Promise<string[]> {
  const text = topLevel === null ? null : await readFile(join(topLevel, 'nx.json'), 'utf8').catch(() => null);
  if (text !== null) {
    const { parse } = await import('jsonc-parser');
    const nx = parse(text) as {
      readonly defaultBase?: unknown;
      readonly affected?: { readonly defaultBase?: unknown };
    } | null;
    const said = nx?.defaultBase ?? nx?.affected?.defaultBase;
    if (typeof said === 'string' && said !== '') return [said];
  }
  return ['main', 'origin/HEAD'];
}
