/** Apps × rules → judgements, or what was remembered of them: then nothing of Arkos is loaded. */
import { canonicalJson, noStore } from '@bulwark/model';
import type { App, AppRest, Judgement, Problem, Rule, Snapshot, Store } from '@bulwark/model';
import { judgeApp } from './judge.ts';
import type { Judged, Judgings } from './judge.ts';
import { ruleInForce } from './settings.ts';
import type { Settings } from './settings.ts';
import { restOf } from './parts/app-rest.ts';
import { settingsKey, traced } from './traced.ts';

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
    canonicalJson(rules.map(({ id, plugin }) => (plugin ? [id, plugin.digest, plugin.isChanging] : id))),
    ...(wantsRests ? ['rests'] : []),
  ];
  const hasName = rules.every(({ plugin }) => plugin === undefined || plugin.digest !== null);
  const { judged, problems, rests } = await traced(hasName ? store : noStore, snapshot, question, (watched) =>
    judgeAll(watched, apps),
  );
  const byRoot = new Map(wanted.map((app) => [app.root, app]));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    judged: judged.map((one): Judged => {
      const rule = byId.get(one.rule)!;
      const app = byRoot.get(one.app)!;
      return { ...one, rule, app, inForce: ruleInForce(settings, rule, app.root), file: null };
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

async function judgeAll(
  snapshot: Snapshot,
  { all, wanted, rules, settings, wantsRests }: AppsToJudge,
): Promise<Answer> {
  const { gatherApps, modesOf } = await import('./arkos-apps.ts');
  const judged: Remembered[] = [];
  const problems: Problem[] = [];
  const rests: Record<string, AppRest> = {};
  for await (const gathered of gatherApps(snapshot, { apps: all, modes: modesOf(settings) }, wanted)) {
    const { app, facts } = gathered;
    if (wantsRests) rests[app.root] = restOf(app, all, facts[0]?.start, gathered.trace);
    const ofApp = judgeApp(app, facts, rules, settings);
    for (const { rule, modes, judgement } of ofApp.judged)
      judged.push({ rule: rule.id, app: app.root, modes, judgement });
    problems.push(...gathered.problems, ...ofApp.problems);
  }
  return { judged, problems, rests };
}
