/** What was found → the report: rules about the policy, waivers and order, which need all of it. */
import { compareFindings } from '@bulwark/model';
import type { AppReport, CheckRequest, Finding, Problem, Report, Rule, Subject } from '@bulwark/model';
import type { CheckParts } from './check.ts';
import { toFindings } from './fold.ts';
import type { Inspection } from './inspect.ts';
import { isoDay } from './iso-day.ts';
import { judgePolicy } from './policy/judge-policy.ts';
import type { Policy } from './read-policy.ts';
import { sortProblems } from './sort-problems.ts';
import { waive } from './waive.ts';

export interface Found extends Omit<Inspection, 'judged' | 'rests'> {
  readonly appReports: readonly AppReport[];
}

export interface Concluding {
  readonly request: CheckRequest;
  readonly subject: Subject;
  readonly inForce: Policy;
  /** Whether something was left out that the request does not speak of. */
  readonly isNarrowed?: boolean;
  /** The rules that were asked for. */
  readonly rules: readonly Rule[];
  readonly found: Found;
  /** Marks what the base had already. */
  readonly markOlder: (findings: readonly Finding[]) => Promise<readonly Finding[]>;
}

export async function conclude(
  parts: CheckParts,
  { request, subject, inForce, isNarrowed = false, rules, found, markOlder }: Concluding,
): Promise<Report> {
  const { settings } = inForce;
  const { snapshot } = subject;
  const today = isoDay(parts.now());
  const policy = await judgePolicy({
    inForce,
    rules,
    subject,
    apps: found.apps,
    findings: found.findings,
    isWhole: !isNarrowed && isWhole(request, found, inForce),
    today,
  });
  const all = [...found.findings, ...toFindings(policy, settings)];
  const findings = await markOlder(await waive(all, settings, today, textReader(subject, found)));
  const problems = sortProblems([...unmergedProblems(subject), ...inForce.problems, ...found.problems]);
  return {
    version: 1,
    tool: { name: 'bulwark', version: parts.version },
    snapshot: { kind: snapshot.kind, commit: snapshot.commit },
    complete: problems.length === 0,
    problems,
    scanned: {
      files: found.files,
      bytes: found.bytes,
      apps: found.apps.length,
      skipped: [...(snapshot.skipped ?? []), ...found.skipped],
    },
    apps: found.appReports,
    findings: findings.toSorted(compareFindings),
  };
}

/** Whether nothing was left out: only then does a waiver that covers nothing say something. */
function isWhole(
  { scope, apps, rules, within, part }: CheckRequest,
  { problems }: Found,
  { plugins }: Policy,
): boolean {
  const isNarrowed = apps !== undefined || rules !== undefined || within !== undefined || part !== undefined;
  const areAllJudging = plugins.every(({ state }) => state === 'in-force');
  return scope === 'everything' && !isNarrowed && areAllJudging && problems.length === 0;
}

function unmergedProblems({ changes }: Subject): Problem[] {
  return (changes ?? [])
    .filter(({ status }) => status === 'unmerged')
    .map(({ path }) => ({
      path,
      message: 'has merge conflicts, so there is nothing to judge yet',
      hint: 'Resolve the conflict and git add the file.',
    }));
}

/** Texts beside findings, each file read once. */
function textReader({ snapshot }: Subject, { texts }: Found): (path: string) => Promise<string | null> {
  const read = new Map<string, Promise<string | null>>();
  return (path) => {
    const seen = texts.get(path);
    if (seen !== undefined) return Promise.resolve(seen);
    const file = snapshot.file(path);
    if (!file) return Promise.resolve(null);
    const known = read.get(path) ?? snapshot.read(file).then((bytes) => Buffer.from(bytes).toString('utf8'));
    read.set(path, known);
    return known;
  };
}
