/**
 * What the apps of a workspace came to, each for itself: an edit of one leaves the others as they were. Two steps, as
 * in `traced.ts`: what an app rests on beside its question, and with the ids of those files its answer.
 */
import { canonicalJson, fingerprint } from '@bulwark/model';
import type { App, Json, Problem, Rule, Snapshot, StartFacts, Store } from '@bulwark/model';
import type { Settings } from './settings.ts';
import { MOST_TRACES, isPlain, keyOfAnswer, listingOf, rulesKey, settingsKey, traced } from './traced.ts';

export interface AppMemory<T> {
  /** What is remembered of an app that is started like this. */
  recall(app: App, start: StartFacts): T | undefined;
  /** @param paths the files that were read for it, beside those that say how it is started */
  keep(app: App, start: StartFacts, paths: readonly string[], answer: T): void;
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
  const tracesOf = (key: string): readonly (readonly string[])[] => {
    const known = shelf.get(key);
    return Array.isArray(known) ? (known as readonly (readonly string[])[]) : [];
  };
  return {
    recall(app, start) {
      const key = keyOf(app, start);
      for (const paths of tracesOf(key)) {
        const answerKey = keyOfAnswer(key, snapshot, paths);
        const known = answerKey === null ? undefined : shelf.get(answerKey);
        if (known !== undefined) return known as T;
      }
      return undefined;
    },
    keep(app, start, paths, answer) {
      const key = keyOf(app, start);
      const answerKey = keyOfAnswer(key, snapshot, paths);
      if (answerKey === null || !isPlain(answer)) return;
      const others = tracesOf(key).filter((trace) => trace.join('\0') !== paths.join('\0'));
      shelf.set(answerKey, answer as Json);
      shelf.set(key, [[...paths], ...others.map((trace) => [...trace])].slice(0, MOST_TRACES));
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
