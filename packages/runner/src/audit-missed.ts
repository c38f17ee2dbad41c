import { findHistory, readAuthorDates } from '@bulwark/git';
import { UserError, compareFindings, isBlocking } from '@bulwark/model';
import type { CheckRequest, Finding, Problem, Report } from '@bulwark/model';
import { needRepository } from './audit-history.ts';
import { composeCheck } from './compose.ts';
import type { Asked } from './compose.ts';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

/** Every commit of the range, judged as the hook would have: one report of what should not have passed. */
export async function auditMissed(
  io: Io,
  range: string | undefined,
  asked: Asked,
  narrowed: Pick<CheckRequest, 'rules'>,
): Promise<Report> {
  if (range === undefined)
    throw new UserError('The range of commits is missing.', 'For example: bulwark audit --missed v1..HEAD');
  const repository = await needRepository(io);
  const { commits } = await findHistory(repository, range);
  const dates = await readAuthorDates(repository, commits);
  const check = composeCheck(asked);
  const cwd = repository.topLevel ?? repository.gitDir;
  const progress = createProgress(io, 'commits');
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  let last: Report | null = null;
  let files = 0;
  let bytes = 0;
  for (const [index, commit] of commits.entries()) {
    last = await check({ cwd, view: { kind: 'commit', commit }, scope: 'changes', ...narrowed });
    files += last.scanned.files;
    bytes += last.scanned.bytes;
    const date = dates.get(commit);
    const named = { commit, ...(date ? { date } : {}) };
    findings.push(...last.findings.filter(isBlocking).map((finding) => ({ ...finding, ...named })));
    problems.push(
      ...last.problems.map((problem) => ({
        ...problem,
        message: `in commit ${commit.slice(0, 12)}: ${problem.message}`,
      })),
    );
    progress(index + 1, commits.length);
  }
  if (last === null)
    throw new UserError(`There is no commit in ${range}.`, 'Name a range as for git log: v1..v2.');
  return {
    ...last,
    complete: problems.length === 0,
    problems,
    scanned: { ...last.scanned, files, bytes },
    apps: [],
    findings: findings.toSorted(compareFindings),
  };
}
