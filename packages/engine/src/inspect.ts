/** One snapshot → what it holds: the part of a check that knows nothing of bases, waivers or exit codes. */
import type { Discovered } from '@bulwark/arkos';
import type { FileRef, Finding, Problem, Rule, Skipped, Snapshot, Store, App, AppRest } from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import { toFindings } from './fold.ts';
import { judgeFiles } from './judge.ts';
import { judgeApps } from './judge-apps.ts';
import { openKnownScans } from './known-scans.ts';
import { discoverCounted } from './discover-counted.ts';
import type { Judged } from './judge.ts';
import { measureUnknown } from './measure-unknown.ts';
import { scanFiles } from './scan-files.ts';
import type { Settings } from './settings.ts';

export interface Inspection {
  readonly apps: readonly App[];
  readonly judged: readonly Judged[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly files: number;
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
  readonly texts: ReadonlyMap<string, string>;
  /** What each app rests on, by root, if it was asked. */
  readonly rests: Readonly<Record<string, AppRest>>;
}

export interface InspectOptions {
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly scanner: Scanner;
  /** Names what a scan depends on beside a file's path and bytes. */
  readonly scannerKey: string | null;
  readonly store: Store;
  /** The files that file rules look at. */
  readonly files: readonly FileRef[];
  /** Which apps are judged. */
  readonly wantsApp: (app: App) => boolean;
  /** The apps there are, where they are known already. */
  readonly discovered?: Discovered;
  readonly wantsRests?: boolean;
}

export async function inspect(snapshot: Snapshot, options: InspectOptions): Promise<Inspection> {
  const { settings, rules, scanner, scannerKey, store, files, wantsApp } = options;
  const known = await openKnownScans(store, scannerKey, files.length);
  const measured = await measureUnknown(snapshot, files, known);
  const scanned = await scanFiles(snapshot, measured, settings, scanner, known);
  const discovered = options.discovered ?? (await discoverCounted(snapshot, settings, store));
  const apps = discovered.apps.filter(wantsApp);
  const ofFiles = judgeFiles(scanned.facts, discovered.apps, rules, settings);
  const judged = ofFiles.judged.filter(({ app }) => app === null || wantsApp(app));
  const problems = [...scanned.problems, ...discovered.problems, ...ofFiles.problems];
  let rests: Inspection['rests'] = {};
  if (apps.length > 0) {
    const ofApps = await judgeApps(snapshot, {
      all: discovered.apps,
      wanted: apps,
      rules,
      settings,
      store,
      ...(options.wantsRests ? { wantsRests: true } : {}),
    });
    rests = ofApps.rests;
    judged.push(...ofApps.judged);
    problems.push(...ofApps.problems);
  }
  const { files: count, bytes, skipped, texts } = scanned;
  return {
    apps,
    judged,
    findings: toFindings(judged, settings),
    problems,
    files: count,
    bytes,
    skipped,
    texts,
    rests,
  };
}
