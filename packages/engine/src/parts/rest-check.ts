import { canonicalJson } from '@bulwark/model';
import type { App, AppRest, Problem, Snapshot, Store } from '@bulwark/model';
import { settingsKey, traced } from '../traced.ts';
import type { Settings } from '../settings.ts';
import { digestOfFacts } from './app-rest.ts';
import type { PartReport } from './read-part.ts';

/**
 * Compares what the verdicts on an app rested on with a snapshot. What the workspace says of starting its apps is
 * gathered once, for whoever asks first.
 * @returns what differs, in words; `null` if nothing does
 */
export function createRestCheck(
  snapshot: Snapshot,
  settings: Settings,
  all: readonly App[],
  store: Store,
): (app: App, report: PartReport) => Promise<string | null> {
  let facts: Promise<Readonly<Record<string, string>>> | undefined;
  let differs: ((trace: AppRest) => Promise<string | null>) | undefined;
  return async (app, { part }) => {
    if (part.of.kind === 'shard') return null;
    const rest = part.rests[app.root];
    if (!rest) return `it does not say what ${app.root} rests on`;
    facts ??= factsOfAll(snapshot, settings, all, store);
    if ((await facts)[app.root] !== rest.facts) return `what is said of starting ${app.root} changed`;
    differs ??= (await import('../arkos-apps.ts')).createTraceCheck(snapshot);
    return differs(rest);
  };
}

interface Facts {
  readonly digests: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

async function factsOfAll(
  snapshot: Snapshot,
  settings: Settings,
  all: readonly App[],
  store: Store,
): Promise<Readonly<Record<string, string>>> {
  const { gatherWorkspaceStart, modesOf } = await import('../arkos-apps.ts');
  const question = ['facts of starts', settingsKey(settings), canonicalJson(all)];
  const { digests } = await traced(store, snapshot, question, async (watched): Promise<Facts> => {
    const start = await gatherWorkspaceStart(watched, all, modesOf(settings));
    const known = (app: App): boolean => (app.arkos.candidates ?? []).length > 0;
    return {
      digests: Object.fromEntries(
        all.map((app) => [
          app.root,
          digestOfFacts(app, all, known(app) ? start.forApp(app.root) : undefined),
        ]),
      ),
      problems: [],
    };
  });
  return digests;
}
