import { checkHistory } from '@bulwark/engine';
import {
  createOpenSubject,
  findHistory,
  findRepository,
  openBlobs,
  readAuthorDates,
  streamBlobs,
} from '@bulwark/git';
import type { BroughtBlob, Repository } from '@bulwark/git';
import { UserError } from '@bulwark/model';
import type { Report } from '@bulwark/model';
import { checkParts } from './compose.ts';
import type { Asked } from './compose.ts';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

/** Every blob that a range of commits brought, or that any ref reaches, judged by the settings of HEAD. */
export async function auditHistory(io: Io, range: string | undefined, asked: Asked): Promise<Report> {
  const repository = await needRepository(io);
  if (repository.head === null)
    throw new UserError('There is no commit yet, so there is no history.', 'Commit something first.');
  const history = await findHistory(repository, range);
  const cwd = repository.topLevel ?? repository.gitDir;
  const open = createOpenSubject({ env: io.env });
  const subject = await open({ cwd, view: { kind: 'commit', commit: repository.head }, scope: 'everything' });
  const reader = openBlobs(repository);
  try {
    const { snapshot } = subject;
    const source = {
      snapshot,
      openTrusted: () => Promise.resolve(snapshot),
      ...(repository.topLevel === null ? {} : { topLevel: repository.topLevel }),
      commonDir: repository.commonDir,
      key: history.key,
      listBlobs: () => history.listBlobs(),
      stream: (blobs: readonly BroughtBlob[], limit: number) => streamBlobs(repository, blobs, limit),
      read: (id: string, limit: number) => reader.read(id, limit),
    };
    return await withDates(
      repository,
      await checkHistory(checkParts(asked), source, createProgress(io, 'blobs')),
    );
  } finally {
    await Promise.all([reader.close(), subject.close()]);
  }
}

/** @throws UserError outside a repository. */
export async function needRepository({ cwd, env }: Pick<Io, 'cwd' | 'env'>): Promise<Repository> {
  const repository = await findRepository(cwd, env);
  if (repository) return repository;
  throw new UserError(`${cwd} is not in a git repository.`, 'Run it in one.');
}

async function withDates(repository: Repository, report: Report): Promise<Report> {
  const dates = await readAuthorDates(
    repository,
    report.findings.flatMap(({ commit }) => (commit === undefined ? [] : [commit])),
  );
  const findings = report.findings.map((finding) => {
    const date = finding.commit === undefined ? undefined : dates.get(finding.commit);
    return date ? { ...finding, date } : finding;
  });
  return { ...report, findings };
}
