import type { Report, RuleInfo } from '@bulwark/model';

/** How a report is to look, as far as it is not the report's own matter. */
export interface Look {
  readonly color: boolean;
  /** Only what blocks, and what could not be checked. */
  readonly quiet: boolean;
  /** Every app against every rule, before the findings. */
  readonly posture: boolean;
  /** What there is to say of rules; a format that tells nothing of them needs none. */
  readonly rules: readonly RuleInfo[];
}

/** A report as text, ending in a newline. Pure: reads no file, no clock, no environment. */
export type Reporter = (report: Report, look: Look) => string;
