/** Apps × rules → judgements, or what was remembered of them: then nothing of Arkos is loaded. */
import type { Gathered, WorkspaceStart } from '@bulwark/arkos';
import { canonicalJson, noStore } from '@bulwark/model';
import type { App, AppRest, Judgement, Problem, Rule, Snapshot, Store } from '@bulwark/model';
import { openAppMemory, recallStarts, startOfApp } from './app-memory.ts';
import { judgeApp } from './judge.ts';
import type { Judged, Judgings } from './judge.ts';
import { ruleInForce } from './settings.ts';
import type { Settings } from './settings.ts';
import { restOf } from './parts/app-rest.ts';
import { rulesKey, settingsKey, traced } from './traced.ts';

export interface AppsToJudge {
  /** Every app there is: one Dockerfile or workflow may start many. */
  readonly all: readonly App[];
  readonly wanted: readonly App[];
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly store: Store;
  /** Whether it is asked what each app rests on. */
  readonly wantsRests?: boolean;
}

export interface AppJudgings extends Judgings {
  /** What each app rests on, by root; empty if it was not asked. */
  readonly rests: Readonly<Record<string, AppRest>>;
}

/** A judgement with names in place of rule and app. */
interface Remembered {
  readonly rule: string;
  readonly app: string;
  readonly modes: readonly string[];
  readonly judgement: Judgement;
}

/** @throws ReadError if a file of the snapshot cannot be read. */
export async function judgeApps(snapshot: Snapshot, apps: AppsToJudge): Promise<AppJudgings> {
  const { all, wanted, rules, settings, store, wantsRests } = apps;
  const question = [
    'judgements',
    settingsKey(settings),
    canonicalJson(all),
    canonicalJson(wanted.map(({ root }) => root)),
    rulesKey(rules),
    ...(wantsRests ? ['rests'] : []),
  ];
  const hasName = rules.every(({ plugin }) => plugin === undefined || plugin.digest !== null);
  const memory = hasName ? store : noStore;
  const { judged, problems, rests } = await traced(memory, snapshot, question, (watched) =>
    judgeAll(watched, { ...apps, store: memory }),
  );
  const byRoot = new Map(wanted.map((app) => [app.root, app]));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    judged: judged.map((one): Judged => {
      const rule = byId.get(one.rule)!;
      const app = byRoot.get(one.app)!;
      const { modes, judgement } = one;
      return { rule, inForce: ruleInForce(settings, rule, app.root), app, modes, judgement, file: null };
    }),
    problems,
    rests,
  };
}

interface Answer {
  readonly judged: readonly Remembered[];
  readonly problems: readonly Problem[];
  readonly rests: Readonly<Record<string, AppRest>>;
}

async function judgeAll(snapshot: Snapshot, apps: AppsToJudge): Promise<Answer> {
  // What an app rests on is told by gathering it, so then nothing is recalled.
  if (apps.store === noStore || apps.wantsRests) return judgeAnew(snapshot, apps);
  const { all, wanted, settings, store } = apps;
  const starts = await recallStarts(store, snapshot, all, settings);
  const memory = await openAppMemory<readonly Remembered[]>(store, snapshot, apps);
  const known = new Map<string, readonly Remembered[] | undefined>();
  for (const app of wanted) known.set(app.root, await memory.recall(app, startOfApp(starts, app)));
  const unknown = wanted.filter(({ root }) => known.get(root) === undefined);
  const start = { forApp: (root: string) => startOfApp(starts, { root }) };
  const problems: Problem[] = [];
  await judgeSome(snapshot, apps, { wanted: unknown, start }, ({ app, trace }, judged, ofApp) => {
    known.set(app.root, judged);
    problems.push(...ofApp);
    // With problems it is not whole, and what kept it from that may pass.
    if (ofApp.length > 0) return;
    const rest = { paths: trace.files.map(({ path }) => path), names: trace.names };
    memory.keep(app, startOfApp(starts, app), rest, judged);
  });
  return { judged: wanted.flatMap(({ root }) => known.get(root) ?? []), problems, rests: {} };
}

async function judgeAnew(snapshot: Snapshot, apps: AppsToJudge): Promise<Answer> {
  const { all, wanted, wantsRests } = apps;
  const judged: Remembered[] = [];
  const problems: Problem[] = [];
  const rests: Record<string, AppRest> = {};
  await judgeSome(snapshot, apps, { wanted }, ({ app, facts, trace }, ofApp, problemsOfApp) => {
    if (wantsRests) rests[app.root] = restOf(app, all, facts[0]?.start, trace);
    judged.push(...ofApp);
    problems.push(...problemsOfApp);
  });
  return { judged, problems, rests };
}

/** Gathers and judges some of the apps. */
async function judgeSome(
  snapshot: Snapshot,
  { all, rules, settings }: AppsToJudge,
  { wanted, start }: { readonly wanted: readonly App[]; readonly start?: WorkspaceStart },
  onApp: (
    gathered: Gathered & { readonly app: App },
    judged: readonly Remembered[],
    problems: readonly Problem[],
  ) => void,
): Promise<void> {
  if (wanted.length === 0) return;
  const { gatherApps, modesOf } = await import('./arkos-apps.ts');
  const workspace = { apps: all, modes: modesOf(settings), ...(start && { start }) };
  for await (const gathered of gatherApps(snapshot, workspace, wanted)) {
    const { app, facts } = gathered;
    const ofApp = judgeApp(app, facts, rules, settings);
    const judged = ofApp.judged.map(({ rule, modes, judgement }) => ({
      rule: rule.id,
      app: app.root,
      modes,
      judgement,
    }));
    onApp(gathered, judged, [...gathered.problems, ...ofApp.problems]);
  }
}
