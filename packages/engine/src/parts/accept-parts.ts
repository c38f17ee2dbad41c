/** Files with reports → the reports that are true of a tree, and what is wrong with the others. */
import { canonicalJson } from '@bulwark/model';
import type { PartName, Problem, Report } from '@bulwark/model';
import { nameOfPart, partDiffers } from './part-differs.ts';
import type { Standing } from './part-differs.ts';
import { AGAIN, readPart } from './read-part.ts';
import type { PartReport, ReadParts, ReportFile } from './read-part.ts';

export interface AcceptedParts {
  readonly reports: readonly PartReport[];
  /** The parts that there is a report on, also one that is not accepted. */
  readonly claimed: readonly PartName[];
  readonly problems: readonly Problem[];
}

/** @param standingOf what a report on a part is held against */
export async function acceptParts(
  files: readonly ReportFile[],
  reading: ReadParts,
  standingOf: (of: PartName) => Standing,
): Promise<AcceptedParts> {
  const accepted = new Map<string, { readonly name: string; readonly report: PartReport }>();
  const claimed: PartName[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const report = readPart(file, reading);
    if ('message' in report) {
      problems.push(report);
      continue;
    }
    const { of } = report.part;
    claimed.push(of);
    const part = canonicalJson(of);
    const twin = accepted.get(part);
    const differs =
      (await partDiffers(report, standingOf(of))) ??
      (twin && !isSame(twin.report, report)
        ? `says something else of the same files than ${twin.name}`
        : null);
    if (differs === null) accepted.set(part, { name: file.name, report });
    else problems.push({ path: file.name, message: `${differs} (${nameOfPart(of)})`, hint: AGAIN });
  }
  return { reports: [...accepted.values()].map(({ report }) => report), claimed, problems };
}

/** Whether two reports say the same, whatever they are sealed with. */
function isSame({ seal: _a, ...one }: Report, { seal: _b, ...other }: Report): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
