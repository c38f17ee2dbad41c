/** Reports on parts → the report on the whole, or what is wrong with them. */
import { canonicalJson } from '@bulwark/model';
import type {
  App,
  AppReport,
  FileRef,
  Finding,
  PartName,
  Problem,
  Report,
  Rule,
  Snapshot,
  Store,
  Subject,
  View,
} from '@bulwark/model';
import { rulesOn, withStore } from '../check.ts';
import type { CheckParts } from '../check.ts';
import { chooseFiles } from '../choose-files.ts';
import { conclude } from '../conclude.ts';
import { discoverCounted } from '../discover-counted.ts';
import { readPolicy } from '../read-policy.ts';
import { isUnread } from '../scan-files.ts';
import { acceptParts } from './accept-parts.ts';
import { digestOfFiles } from './part-digests.ts';
import { isPolicy } from './part-differs.ts';
import type { Standing } from './part-differs.ts';
import { partScope } from './part-scope.ts';
import type { PartScope } from './part-scope.ts';
import { AGAIN } from './read-part.ts';
import type { PartReport, ReadParts, ReportFile } from './read-part.ts';
import { createRestCheck } from './rest-check.ts';
import { uncovered } from './uncovered.ts';

export interface MergeRequest extends Pick<ReadParts, 'key' | 'isReport'> {
  readonly cwd: string;
  /** What the reports together have to be about. */
  readonly view: View;
  readonly reports: readonly ReportFile[];
}

/**
 * One report out of many, equal to the one that a check of everything gives. It trusts none of them about what there
 * is: apps and files are looked up anew, and waivers and the rules about the policy are judged anew. Whatever keeps
 * the parts from being the whole is a problem that names it.
 * @throws UserError for a mistake in the settings
 */
export async function mergeReports(parts: CheckParts, request: MergeRequest): Promise<Report> {
  const { cwd, view } = request;
  const subject = await parts.openSubject({ cwd, view, scope: 'everything' });
  try {
    return await withStore(parts, subject.commonDir, (store) => merge(parts, request, subject, store));
  } finally {
    await subject.close();
  }
}

async function merge(
  parts: CheckParts,
  { cwd, view, reports: files, key, isReport }: MergeRequest,
  subject: Subject,
  store: Store,
): Promise<Report> {
  const { snapshot } = subject;
  const { version } = parts;
  const inForce = await readPolicy(parts, subject);
  const { settings, rules } = inForce;
  const { apps: all, problems: ofDiscovery } = await discoverCounted(snapshot, settings, store);
  const { wanted, skipped, problems: tooLarge } = chooseFiles(await measured(snapshot), settings);
  const scopeOf = remembered((of) => partScope(of, snapshot, all));
  const restDiffers = createRestCheck(snapshot, settings, all, store);
  const whole = digestOfFiles(snapshot.files);

  const standingOf = (of: PartName): Standing => {
    const scope = scopeOf(of);
    return {
      settings,
      allRules: rules,
      apps: all.filter((app) => scope.wantsApp(app)),
      scope,
      files:
        of.kind === 'shard' ? whole : digestOfFiles(snapshot.files.filter(({ path }) => scope.covers(path))),
      count: wanted.filter(({ path }) => scope.covers(path)).length,
      rulesOn: (app) => rulesOn(rules, settings, app),
      restDiffers,
    };
  };
  const accepted = await acceptParts(files, { version, key, isReport }, standingOf);
  const { reports } = accepted;
  const { appReports, disagreements } = joinApps(reports, all);
  // What keeps a plugin from judging, every part says, and it is said anew.
  const said = new Set(inForce.problems.map((problem) => canonicalJson(problem)));
  const ofParts = reports.flatMap(({ problems }) => problems.filter((one) => !said.has(canonicalJson(one))));
  const unread = new Set(ofParts.filter(isUnread).map(({ path }) => path));
  const scopes = reports.map(({ part }) => scopeOf(part.of));
  const isCovered = (path: string): boolean => scopes.some((scope) => scope.covers(path));
  const read = wanted.filter(({ path }) => isCovered(path) && !unread.has(path));
  const judged = new Set(appReports.map(({ root }) => root));
  return conclude(parts, {
    request: { cwd, view, scope: 'everything' },
    subject,
    inForce,
    rules,
    found: {
      apps: all.filter(({ root }) => judged.has(root)),
      appReports,
      findings: joinFindings(reports, rules),
      problems: [
        ...ofDiscovery,
        ...tooLarge,
        ...accepted.problems,
        ...uncovered(accepted.claimed, all, snapshot.files, scopeOf),
        ...disagreements,
        ...ofParts,
      ],
      files: read.length,
      bytes: read.reduce((sum, { size }) => sum + (size ?? 0), 0),
      skipped: skipped.filter(({ path }) => isCovered(path)),
      texts: new Map(),
    },
    markOlder: (findings) => Promise.resolve(findings),
  });
}

/** With their sizes: too large ones were not read by any part. */
async function measured({ files, measure }: Snapshot): Promise<readonly FileRef[]> {
  return measure ? measure(files) : files;
}

function remembered(open: (of: PartName) => PartScope): (of: PartName) => PartScope {
  const known = new Map<string, PartScope>();
  return (of) => {
    const name = canonicalJson(of);
    const scope = known.get(name) ?? open(of);
    known.set(name, scope);
    return scope;
  };
}

/** Folders may lie in one another, so two reports may speak of one app. */
function joinApps(
  reports: readonly PartReport[],
  all: readonly App[],
): { appReports: AppReport[]; disagreements: Problem[] } {
  const byRoot = new Map<string, AppReport>();
  const disagreements: Problem[] = [];
  for (const app of reports.flatMap(({ apps }) => apps)) {
    const known = byRoot.get(app.root);
    if (known && canonicalJson(known) !== canonicalJson(app))
      disagreements.push({
        path: app.root,
        message: 'two reports say different things of this app',
        hint: AGAIN,
      });
    byRoot.set(app.root, known ?? app);
  }
  return { appReports: all.flatMap(({ root }) => byRoot.get(root) ?? []), disagreements };
}

/** Every finding once, before waivers; those about the policy are judged on the whole. */
function joinFindings(reports: readonly PartReport[], rules: readonly Rule[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const found of reports.flatMap((report) => report.findings)) {
    if (isPolicy(found.rule, rules)) continue;
    const finding = { ...found, waived: null };
    findings.set(canonicalJson(finding), finding);
  }
  return [...findings.values()];
}
