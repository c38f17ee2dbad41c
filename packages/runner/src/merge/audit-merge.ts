import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { mergeReports } from '@bulwark/engine';
import type { ReportFile } from '@bulwark/engine';
import type { Report, View } from '@bulwark/model';
import { reportSchema } from '@bulwark/reporters';
import type { Call } from '../command.ts';
import { askedBy, checkParts } from '../compose.ts';
import { ownFiles } from '../own-files.ts';
import { reportKey } from '../report-key.ts';
import { findReportFiles } from './find-report-files.ts';

/** One report out of those that parts of the workspace were judged in. */
export async function auditMerge(call: Call, named: readonly string[], view: View): Promise<Report> {
  const { io } = call;
  const files = await findReportFiles(io.cwd, named);
  const reports = await Promise.all(
    files.map(async (file): Promise<ReportFile> => ({
      name: relative(io.cwd, file) || file,
      content: await readFile(file, 'utf8').catch((error: Error) => error),
    })),
  );
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const isValid = new Ajv2020({ strict: false }).compile(reportSchema);
  return mergeReports(checkParts({ ...askedBy(call), aside: await ownFiles(call, files) }), {
    cwd: io.cwd,
    view,
    reports,
    key: reportKey(io.env),
    isReport: (json): json is Report => isValid(json),
  });
}
