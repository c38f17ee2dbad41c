import { isBlocking } from '@bulwark/model';
import type { Finding, Report } from '@bulwark/model';
import type { Look } from './reporter.ts';

export interface DividedFindings {
  readonly current: readonly Finding[];
  /** The base had them already. */
  readonly older: readonly Finding[];
  readonly waived: readonly Finding[];
}

/** What is shown, in the order in which it counts; when quiet, only what blocks. */
export function divideFindings({ findings }: Report, { quiet }: Pick<Look, 'quiet'>): DividedFindings {
  const shown = findings.filter((finding) => !quiet || isBlocking(finding));
  return {
    current: shown.filter(({ waived, older }) => waived === null && older !== true),
    older: shown.filter(({ waived, older }) => waived === null && older === true),
    waived: shown.filter(({ waived }) => waived !== null),
  };
}
