/** A change → the apps that anything can be different for. Never fewer than those; now and then one more. */
import { posix } from 'node:path';
import { canonicalJson, isInApp } from '@bulwark/model';
import type { Trace } from '@bulwark/arkos';
import type { App, Snapshot, Store } from '@bulwark/model';
import { openNamesCheck } from '../package-names.ts';
import type { Names } from '../package-names.ts';
import { SETTINGS_FILE } from '../settings.ts';
import type { Settings } from '../settings.ts';

export interface ChangedTree {
  readonly base: Snapshot;
  readonly snapshot: Snapshot;
  /** Every path that is otherwise than in the base, in either of them. */
  readonly paths: readonly string[];
  /** Where the settings differ, everything is affected, and nobody asks. */
  readonly settings: Settings;
  readonly appsBefore: readonly App[];
  readonly apps: readonly App[];
  /** Remembers which packages there are. */
  readonly store: Store;
}

const LOCK_FILES: ReadonlySet<string> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
]);

/** Whether a changed path decides over every app and every file: the settings, their plugins, what secretlint allows. */
export function changesPolicy(path: string, { plugins }: Settings): boolean {
  const isOfPlugin = plugins.some((plugin) => {
    const at = posix.normalize(plugin).replace(/\/$/, '');
    return path === at || path.startsWith(`${/\.m?[jt]s$/.test(at) ? posix.dirname(at) : at}/`);
  });
  return (
    path === SETTINGS_FILE || path.startsWith('.secretlintrc') || path === '.secretlintignore' || isOfPlugin
  );
}

/** Lock files say which Arkos runs, and hold much that nobody reads: one that changes counts for every app. */
export function changesEveryApp(path: string): boolean {
  return LOCK_FILES.has(posix.basename(path));
}

/**
 * The roots of the apps that a change affects, by what the engine reads for them: what lies below an app; the files
 * its facts were read from, or that were looked for in vain, before or after; packages that are found elsewhere by the
 * same name; and whatever else makes the facts differ.
 */
export async function appsByTraces(change: ChangedTree, known: ReadonlySet<string>): Promise<Set<string>> {
  const { apps, appsBefore, paths } = change;
  const before = new Map(appsBefore.map((app) => [app.root, canonicalJson(app)]));
  const affected = new Set(known);
  for (const app of apps)
    if (before.get(app.root) !== canonicalJson(app) || paths.some((path) => isInApp(app, path)))
      affected.add(app.root);
  const open = apps.filter(({ root }) => !affected.has(root));
  if (open.length === 0 || paths.length === 0) return affected;
  const then = await gather(change.base, appsBefore, open, change);
  const changed = new Set(paths);
  // Facts are a function of what is read, for the app or for how all are started, and of which files there are.
  const holdNow = openNamesCheck(change.store, change.snapshot);
  const isAsItWas =
    isSameListing(change) &&
    !then.start.paths.some((path) => changed.has(path)) &&
    (await holdNow(then.start.names));
  const now = isAsItWas ? then : await gather(change.snapshot, apps, open, change);
  for (const { root } of open) {
    const [one, other] = [then.gists.get(root), now.gists.get(root)];
    const rests = [...(one?.paths ?? []), ...(other?.paths ?? [])].some((path) => changed.has(path));
    if (rests || one?.said !== other?.said || !(await holdNow(one?.names ?? []))) affected.add(root);
  }
  return affected;
}

/** Whether the change brings no file and no app, takes none away, and makes none another kind of file. */
function isSameListing({ base, snapshot, paths, appsBefore, apps }: ChangedTree): boolean {
  const rootsOf = (list: readonly App[]): string => canonicalJson(list.map(({ root }) => root));
  if (rootsOf(appsBefore) !== rootsOf(apps)) return false;
  return paths.every((path) => {
    const [then, now] = [base.file(path), snapshot.file(path)];
    return then !== undefined && now !== undefined && then.mode === now.mode;
  });
}

/** What an answer was learned from. */
interface Rest {
  readonly paths: readonly string[];
  readonly names: Names;
}

interface Gist extends Rest {
  readonly said: string;
}

interface Gathering {
  /** By the roots of the apps. */
  readonly gists: ReadonlyMap<string, Gist>;
  /** What was read to tell how apps are started and what surrounds a start: no app's own trace names it. */
  readonly start: Rest;
}

/** What is known of each of these apps in one tree, and what it was learned from. */
async function gather(
  snapshot: Snapshot,
  all: readonly App[],
  open: readonly App[],
  { settings }: ChangedTree,
): Promise<Gathering> {
  const { gatherApps, gatherWorkspaceStart, modesOf } = await import('../arkos-apps.ts');
  const roots = new Set(open.map(({ root }) => root));
  const wanted = all.filter(({ root }) => roots.has(root));
  const modes = modesOf(settings);
  const start = await gatherWorkspaceStart(snapshot, all, modes, undefined, wanted);
  const gists = new Map<string, Gist>();
  for await (const { app, facts, problems, trace } of gatherApps(
    snapshot,
    { apps: all, modes, start },
    wanted,
  ))
    gists.set(app.root, { said: canonicalJson([facts, problems]), ...restOf(trace) });
  return { gists, start: restOf(start.trace) };
}

function restOf({ files, missing, names }: Trace): Rest {
  return { paths: [...files.map(({ path }) => path), ...missing], names };
}
