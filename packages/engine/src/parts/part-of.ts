/** What a report covers, as it says so itself. */
import type { CheckRequest, PartName, Report, ReportPart, Rule, Snapshot } from '@bulwark/model';
import type { Inspection } from '../inspect.ts';
import type { Settings } from '../settings.ts';
import { digestOfFiles, digestOfSettings } from './part-digests.ts';
import type { PartScope } from './part-scope.ts';

/** The part a request is about; `null` where it is everything, or narrowed in a way that no other report fills. */
export function partAsked(
  { scope, apps, rules, part, within }: CheckRequest,
  folder: string,
): PartName | null {
  if (scope !== 'everything' || apps !== undefined || rules !== undefined) return null;
  return part ?? (within === undefined ? null : { kind: 'folder', folder });
}

/** Whether the rules about the policy are judged with this part: they look at the settings of everybody. */
export function ownsPolicy(of: PartName): boolean {
  if (of.kind === 'shard') return of.index === 1;
  return of.kind === 'workspace' || of.folder === '.';
}

export function describePart(
  of: PartName,
  scope: PartScope,
  snapshot: Snapshot,
  settings: Settings,
  allRules: readonly Rule[],
  { rests }: Pick<Inspection, 'rests'>,
): ReportPart {
  const files =
    of.kind === 'shard' ? snapshot.files : snapshot.files.filter(({ path }) => scope.covers(path));
  return {
    of,
    files: digestOfFiles(files),
    settings: digestOfSettings(settings, allRules),
    rests: of.kind === 'shard' ? {} : rests,
  };
}

/**
 * A report on a part. One of a folder, or of what is outside apps, is the same wherever its files are the same, so
 * that it may be kept and used again: it names no commit, and nothing that lies elsewhere.
 */
export function reportOnPart(report: Report, part: ReportPart, scope: PartScope): Report {
  return {
    ...report,
    snapshot: part.of.kind === 'shard' ? report.snapshot : { ...report.snapshot, commit: null },
    scanned: {
      ...report.scanned,
      skipped: report.scanned.skipped.filter(({ path }) => scope.covers(path)),
    },
    part,
  };
}
