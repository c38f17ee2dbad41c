/**
 * What the apps of a workspace came to, each for itself: an edit of one leaves the others as they were. Two steps, as
 * in `traced.ts`: what an app rests on beside its question, and with the ids of those files its answer. A name by which
 * a package was found is not in the files that were read: it must still be found where it was.
 */
import { canonicalJson, fingerprint } from '@bulwark/model';
import type { App, Json, Problem, Rule, Snapshot, StartFacts, Store } from '@bulwark/model';
import { openNamesCheck } from './package-names.ts';
import type { Names } from './package-names.ts';
import type { Settings } from './settings.ts';
import { MOST_TRACES, isPlain, keyOfAnswer, listingOf, rulesKey, settingsKey, traced } from './traced.ts';

/** What an answer rests on, beside what says how the app is started. */
export interface AppTrace {
  /** The files that were read for it. */
  readonly paths: readonly string[];
  readonly names: Names;
}

export interface AppMemory<T> {
  /** What is remembered of an app that is started like this. */
  recall(app: App, start: StartFacts): Promise<T | undefined>;
  keep(app: App, start: StartFacts, trace: AppTrace, answer: T): void;
}

/** @param T plain JSON data */
export async function openAppMemory<T>(
  store: Store,
  snapshot: Snapshot,
  { settings, rules }: { readonly settings: Settings; readonly rules: readonly Rule[] },
): Promise<AppMemory<T>> {
  const shelf = await store.shelf('apps');
  const rest = [listingOf(snapshot), settingsKey(settings), rulesKey(rules)];
  const keyOf = (app: App, start: StartFacts): string =>
    fingerprint('app', ...rest, canonicalJson(app), canonicalJson(start));
  const tracesOf = (key: string): readonly AppTrace[] => {
    const known = shelf.get(key);
    return Array.isArray(known) ? (known as unknown as readonly AppTrace[]) : [];
  };
  const answerKeyOf = (key: string, { paths, names }: AppTrace): string | null =>
    keyOfAnswer(fingerprint(key, canonicalJson(names)), snapshot, paths);
  const doNamesHold = openNamesCheck(store, snapshot);
  return {
    async recall(app, start) {
      const key = keyOf(app, start);
      for (const trace of tracesOf(key)) {
        const answerKey = answerKeyOf(key, trace);
        const known = answerKey === null ? undefined : shelf.get(answerKey);
        if (known !== undefined && (await doNamesHold(trace.names))) return known as T;
      }
      return undefined;
    },
    keep(app, start, trace, answer) {
      const key = keyOf(app, start);
      const answerKey = answerKeyOf(key, trace);
      if (answerKey === null || !isPlain(answer)) return;
      const own = canonicalJson(trace);
      const others = tracesOf(key).filter((other) => canonicalJson(other) !== own);
      shelf.set(answerKey, answer as Json);
      shelf.set(key, [trace, ...others].slice(0, MOST_TRACES) as unknown as Json);
    },
  };
}

/** How the apps of a workspace are started, by root; remembered as a whole, as one file may start many. */
export interface Starts {
  readonly byRoot: Readonly<Record<string, Omit<StartFacts, 'problems'>>>;
  /** What is wrong with the files that tell, the same for every app. */
  readonly ofAll: StartFacts['problems'];
  readonly problems: readonly Problem[];
}

/** @throws ReadError if a file of the snapshot cannot be read. */
export function recallStarts(
  store: Store,
  snapshot: Snapshot,
  apps: readonly App[],
  settings: Settings,
): Promise<Starts> {
  const question = ['starts', settingsKey(settings), canonicalJson(apps)];
  return traced(store, snapshot, question, async (watched) => {
    const { gatherWorkspaceStart, modesOf } = await import('./arkos-apps.ts');
    const start = await gatherWorkspaceStart(watched, apps, modesOf(settings));
    let ofAll: StartFacts['problems'] = [];
    const byRoot: Record<string, Omit<StartFacts, 'problems'>> = {};
    for (const { root } of apps) {
      const { problems, ...facts } = start.forApp(root);
      ofAll = problems;
      byRoot[root] = facts;
    }
    return { byRoot, ofAll, problems: [] };
  });
}

export function startOfApp({ byRoot, ofAll }: Starts, { root }: Pick<App, 'root'>): StartFacts {
  return { ...byRoot[root]!, problems: ofAll };
}
