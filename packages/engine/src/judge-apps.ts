/** Apps × rules → judgements, or what was remembered of them: then nothing of Arkos is loaded. */
import { canonicalJson } from '@bulwark/model';
import type { App, Judgement, Problem, Rule, Snapshot, Store } from '@bulwark/model';
import { judgeApp } from './judge.ts';
import type { Judged, Judgings } from './judge.ts';
import { ruleInForce } from './settings.ts';
import type { Settings } from './settings.ts';
import { settingsKey, traced } from './traced.ts';

export interface AppsToJudge {
  /** Every app there is: one Dockerfile or workflow may start many. */
  readonly all: readonly App[];
  readonly wanted: readonly App[];
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly store: Store;
}

/** A judgement with names in place of rule and app. */
interface Remembered {
  readonly rule: string;
  readonly app: string;
  readonly modes: readonly string[];
  readonly judgement: Judgement;
}

/** @throws ReadError if a file of the snapshot cannot be read. */
export async function judgeApps(snapshot: Snapshot, apps: AppsToJudge): Promise<Judgings> {
  const { all, wanted, rules, settings, store } = apps;
  const question = [
    'judgements',
    settingsKey(settings),
    canonicalJson(all),
    canonicalJson(wanted.map(({ root }) => root)),
    canonicalJson(rules.map(({ id }) => id)),
  ];
  const { judged, problems } = await traced(store, snapshot, question, (watched) => judgeAll(watched, apps));
  const byRoot = new Map(wanted.map((app) => [app.root, app]));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    judged: judged.map((one): Judged => {
      const rule = byId.get(one.rule)!;
      const app = byRoot.get(one.app)!;
      return { ...one, rule, app, inForce: ruleInForce(settings, rule, app.root), file: null };
    }),
    problems,
  };
}

async function judgeAll(
  snapshot: Snapshot,
  { all, wanted, rules, settings }: AppsToJudge,
): Promise<{ judged: Remembered[]; problems: Problem[] }> {
  const { gatherApps, modesOf } = await import('./arkos-apps.ts');
  const judged: Remembered[] = [];
  const problems: Problem[] = [];
  for await (const gathered of gatherApps(snapshot, { apps: all, modes: modesOf(settings) }, wanted)) {
    const { app, facts } = gathered;
    const ofApp = judgeApp(app, facts, rules, settings);
    for (const { rule, modes, judgement } of ofApp.judged)
      judged.push({ rule: rule.id, app: app.root, modes, judgement });
    problems.push(...gathered.problems, ...ofApp.problems);
  }
  return { judged, problems };
}
