/** The engine's whole: a request → its report. */
import { noStore } from '@bulwark/model';
import type {
  App,
  Check,
  CheckRequest,
  FileRef,
  Finding,
  OpenSubject,
  Report,
  Rule,
  Store,
  Subject,
} from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import { appChooser, refuseUnknownApps } from './choose-apps.ts';
import { chooseRules } from './choose-rules.ts';
import { conclude } from './conclude.ts';
import { discoverCounted } from './discover-counted.ts';
import { groupByApp, toAppReport } from './fold.ts';
import { inspect } from './inspect.ts';
import type { InspectOptions } from './inspect.ts';
import { folderWithin, isWithin } from './folder-within.ts';
import { markOlder } from './older.ts';
import { knownOfPolicy } from './policy/known-of-policy.ts';
import { describePart, ownsPolicy, partAsked, reportOnPart } from './parts/part-of.ts';
import { partScope } from './parts/part-scope.ts';
import type { Plugins } from './plugins/plugins.ts';
import { readPolicy } from './read-policy.ts';
import type { Policy } from './read-policy.ts';
import { ruleInForce } from './settings.ts';
import type { Settings } from './settings.ts';

export interface CheckParts {
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly openSubject: OpenSubject;
  readonly createScanner: (settings: Settings) => Scanner;
  /** If left out, plugins are not run. */
  readonly plugins?: Plugins;
  /** If left out, nothing is remembered between two checks. */
  readonly memory?: Memory;
  /** The moment waivers are judged at. */
  readonly now: () => Date;
}

/** How answers are remembered. */
export interface Memory {
  /** Opens what is remembered of a repository, by the folder that its worktrees share. */
  readonly open: (commonDir: string) => Promise<Store>;
  /**
   * Names all that the scanner made of these settings depends on: two with one name find the same. `null` where
   * that cannot be named, and then no scan is remembered.
   */
  readonly scannerKey: (settings: Settings) => string | null;
}

/** A check made of these parts. It may be asked any number of times. */
export function createCheck(parts: CheckParts): Check {
  return async (request) => {
    const subject = await parts.openSubject(request);
    try {
      return await withStore(parts, subject.commonDir, async (store) =>
        checkSubject(parts, await readPolicy(parts, subject, store), request, subject, store),
      );
    } finally {
      await subject.close();
    }
  };
}

/** Opens the store for a while; what it learned is written when the answer is there. */
export async function withStore<T>(
  { memory }: Pick<CheckParts, 'memory'>,
  commonDir: string | undefined,
  ask: (store: Store) => Promise<T>,
): Promise<T> {
  if (!memory || commonDir === undefined) return ask(noStore);
  const store = await memory.open(commonDir);
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
}

export function scannerKeyOf({ memory }: Pick<CheckParts, 'memory'>, settings: Settings): string | null {
  return memory?.scannerKey(settings) ?? null;
}

/** What a check is narrowed to beside its request. */
export interface Only {
  app(app: App): boolean;
  file(file: FileRef): boolean;
}

/** Checks what was opened already. @throws UserError for a mistake in its settings, or an app that is not there. */
export async function checkSubject(
  parts: CheckParts,
  inForce: Policy,
  request: CheckRequest,
  subject: Subject,
  store: Store,
  only?: Only,
): Promise<Report> {
  const { snapshot } = subject;
  const { settings } = inForce;
  const rules = chooseRules(inForce.rules, request.rules);
  const within = folderWithin(subject, request);
  const of = only ? null : partAsked(request, within);
  const discovered = of ? await discoverCounted(snapshot, settings, store) : undefined;
  const scope = of && partScope(of, snapshot, discovered!.apps);
  const isAskedApp = appChooser(request.apps, within);
  const options: InspectOptions = {
    settings,
    rules,
    scanner: parts.createScanner(settings),
    scannerKey: scannerKeyOf(parts, settings),
    store,
    files: filesToJudge(subject).filter(
      (file) =>
        isWithin(file.path, within) && (!scope || scope.covers(file.path)) && (only?.file(file) ?? true),
    ),
    wantsApp: (app) => isAskedApp(app) && (!scope || scope.wantsApp(app)) && (only?.app(app) ?? true),
    ...(discovered ? { discovered } : {}),
    wantsRests: of !== null && of.kind !== 'shard',
  };
  const inspection = await inspect(snapshot, options);
  if (request.apps && !only) refuseUnknownApps(request.apps, inspection.apps);
  const byApp = groupByApp(inspection.judged);
  const appReports = inspection.apps.map((app) => toAppReport(app, byApp, rulesOn(rules, settings, app)));
  const report = await conclude(parts, {
    request,
    subject,
    inForce,
    isNarrowed: only !== undefined,
    rules: of === null || ownsPolicy(of) ? rules : rules.filter(({ kind }) => kind !== 'policy'),
    found: { ...inspection, appReports },
    markOlder: (findings) => compareWithBases(findings, subject, settings, options),
  });
  if (!of || !scope) return report;
  return reportOnPart(report, describePart(of, scope, snapshot, settings, inForce.rules, inspection), scope);
}

/** The rules that an app's verdicts are listed for. */
export function rulesOn(rules: readonly Rule[], settings: Settings, app: App): string[] {
  return rules.filter((rule) => ruleInForce(settings, rule, app.root).level !== 'off').map(({ id }) => id);
}

/** The files that file rules look at: all, or those the change adds or alters. */
function filesToJudge({ snapshot, changes }: Subject): readonly FileRef[] {
  if (!changes) return snapshot.files;
  return changes.flatMap(({ path, status }) => {
    const file = status === 'deleted' || status === 'unmerged' ? undefined : snapshot.file(path);
    return file ? [file] : [];
  });
}

/** Where only what is new blocks, looks at each base for what was found: what it brings is not said as loudly as what is new. */
async function compareWithBases(
  findings: readonly Finding[],
  subject: Subject,
  settings: Settings,
  options: InspectOptions,
): Promise<Finding[]> {
  if (
    subject.changes === null ||
    settings.hooks.block === 'all' ||
    findings.every(({ waived }) => waived !== null)
  )
    return [...findings];
  const paths = new Set(findings.map(({ path }) => path));
  const roots = new Set(findings.map(({ app }) => app));
  const older = await Promise.all(
    subject.bases.map(async (base) => {
      const files = base.files.filter(({ path }) => paths.has(path));
      const { findings: known } = await inspect(base, {
        ...options,
        files,
        wantsApp: ({ root }) => roots.has(root),
      });
      return known;
    }),
  );
  return markOlder(findings, [...older, knownOfPolicy(findings, subject)], settings.hooks.always);
}
