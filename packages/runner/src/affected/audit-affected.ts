import { checkAffected } from '@bulwark/engine';
import { UserError, messageOf, printable, quotePath } from '@bulwark/model';
import type { Affected, CheckRequest, Report } from '@bulwark/model';
import { needRepository } from '../audit-history.ts';
import { checkParts } from '../compose.ts';
import type { Asked } from '../compose.ts';
import type { Io } from '../io.ts';
import { comparedWith } from './compared-with.ts';
import type { Revisions } from './compared-with.ts';
import { affectedFolders, findNx } from './nx-projects.ts';

/** Judges what a change affects, and says on standard error what that is and how it was told. */
export async function auditAffected(
  io: Io,
  revisions: Revisions,
  asked: Asked,
  narrowed: Pick<CheckRequest, 'apps' | 'rules'>,
): Promise<Report> {
  if (io.daemon) throw new UserError('What is affected is asked by each check for itself.');
  const repository = await needRepository(io);
  const { topLevel } = repository;
  if (topLevel === null)
    throw new UserError('This repository is bare, so nothing is checked out.', 'Run it in a work tree.');
  const compared = await comparedWith(repository, revisions, io.env);
  const nx = await findNx(topLevel);
  const report = await checkAffected(
    checkParts(asked),
    { cwd: io.cwd, scope: 'changes', ...compared, ...narrowed },
    async (paths) => {
      if (nx === null) return null;
      try {
        return await affectedFolders(nx, paths, io.env);
      } catch (error) {
        io.writeError(
          `bulwark: Nx was asked and did not answer: ${printable(messageOf(error))}\nWhat is affected is told by what Bulwark reads for each app instead.\n`,
        );
        return null;
      }
    },
  );
  io.writeError(`bulwark: ${describe(report.affected)}\n`);
  return report;
}

function describe({ by, base, changed, apps, of }: Affected): string {
  const since = base === null ? 'before the first commit' : `since ${base.slice(0, 12)}`;
  const files = changed === 1 ? '1 file changed' : `${changed} files changed`;
  const which = apps.length === 0 ? '' : `: ${apps.map(quotePath).join(', ')}`;
  const how = by === 'nx' ? "by Nx's graph and what Bulwark reads" : 'by what Bulwark reads for each app';
  return `${files} ${since}; ${apps.length} of ${of} apps affected, ${how}${which}`;
}
