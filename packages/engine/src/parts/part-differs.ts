/** Whether a report on a part is true of a tree: what it covered, and what it rested on, is what is there. */
import { canonicalJson } from '@bulwark/model';
import type { App, AppReport, PartName, Rule } from '@bulwark/model';
import { toAppReport } from '../fold.ts';
import type { Settings } from '../settings.ts';
import { digestOfSettings } from './part-digests.ts';
import type { PartScope } from './part-scope.ts';
import type { PartReport } from './read-part.ts';

/** What a part is held against. */
export interface Standing {
  readonly settings: Settings;
  readonly allRules: readonly Rule[];
  /** The apps of the part, as they are discovered. */
  readonly apps: readonly App[];
  readonly scope: PartScope;
  /** Digest of the files that the part should name. */
  readonly files: string;
  /** How many of them are looked into. */
  readonly count: number;
  /** The rules an app has a verdict for. */
  readonly rulesOn: (app: App) => readonly string[];
  /** What an app rests on that is not as it was, in words. */
  readonly restDiffers: (app: App, report: PartReport) => Promise<string | null>;
}

/** Why a report is not one on this part of this tree, in words; `null` if it is. */
export async function partDiffers(report: PartReport, standing: Standing): Promise<string | null> {
  const { part, apps, problems, scanned } = report;
  if (part.settings !== digestOfSettings(standing.settings, standing.allRules))
    return 'was made under other settings';
  if (part.files !== standing.files)
    return part.of.kind === 'shard' ? 'is about other files than those here' : 'is stale: its files changed';
  if (canonicalJson(apps.map(headOf)) !== canonicalJson(standing.apps.map((app) => headOfApp(app, standing))))
    return 'is stale: its apps are not what they were';
  for (const app of standing.apps) {
    const differs = await standing.restDiffers(app, report);
    if (differs !== null) return `is stale: ${differs}`;
  }
  if (problems.length === 0 && (!report.complete || scanned.files !== standing.count))
    return 'contradicts itself: it says it is whole, and looked at other files than it covers';
  return contradiction(report, standing);
}

/** What an app is, whatever is said of it. */
function headOf({ verdicts, ...head }: AppReport): unknown {
  return { ...head, rules: Object.keys(verdicts).toSorted() };
}

function headOfApp(app: App, { rulesOn }: Standing): unknown {
  return headOf(toAppReport(app, new Map(), rulesOn(app)));
}

function contradiction({ findings, apps }: PartReport, { scope, allRules }: Standing): string | null {
  const known = new Set(allRules.map(({ id }) => id));
  for (const { rule, app, path } of findings) {
    if (!known.has(rule)) return `speaks of a rule that there is not: ${rule}`;
    const isOwn = scope.covers(path) || (app !== null && scope.wantsApp({ root: app }));
    if (!isOwn && !isPolicy(rule, allRules)) return `speaks of ${path}, which it does not cover`;
  }
  const said = new Set(findings.map(({ rule, app }) => `${rule} ${app}`));
  for (const { root, verdicts } of apps) {
    for (const [rule, { verdict }] of Object.entries(verdicts)) {
      if (verdict === 'violation' && !said.has(`${rule} ${root}`))
        return `contradicts itself: ${root} violates ${rule}, and no finding says how`;
    }
  }
  return null;
}

export function isPolicy(rule: string, allRules: readonly Rule[]): boolean {
  return allRules.some(({ id, kind }) => id === rule && kind === 'policy');
}

/** A part's name, as it is shown. */
export function nameOfPart(of: PartName): string {
  if (of.kind === 'shard') return `shard ${of.index}/${of.count}`;
  return of.kind === 'folder' ? of.folder : 'what lies in no app';
}
