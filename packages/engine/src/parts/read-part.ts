/** The text of a report's file → a report on a part that can be merged, or why it cannot. */
import type { Problem, Report, ReportPart } from '@bulwark/model';
import { messageOf } from '@bulwark/model';
import { brokenSeal } from './seal.ts';

/** One file that should hold a report. */
export interface ReportFile {
  /** As it is shown. */
  readonly name: string;
  /** What it holds; an error where it could not be read. */
  readonly content: string | Error;
}

export interface PartReport extends Report {
  readonly part: ReportPart;
}

export interface ReadParts {
  readonly version: string;
  /** What reports have to be sealed with, if with anything. */
  readonly key: string | undefined;
  /** Whether some JSON is a report, by its schema. */
  readonly isReport: (json: unknown) => json is Report;
}

export function readPart({ name, content }: ReportFile, parts: ReadParts): PartReport | Problem {
  const problem = (message: string, hint: string = AGAIN): Problem => ({ path: name, message, hint });
  if (content instanceof Error) return problem(`could not be read: ${content.message}`);
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return problem(`is no whole report: ${messageOf(error)}`);
  }
  if (!parts.isReport(json)) {
    const version = versionOf(json);
    return version === null || version === parts.version
      ? problem('is no report of Bulwark', 'Name only reports in JSON.')
      : problem(otherVersion(version, parts.version));
  }
  const broken = json.part && brokenSeal(json, parts.key);
  if (broken) return problem(broken);
  if (json.tool.version !== parts.version) return problem(otherVersion(json.tool.version, parts.version));
  if (!json.part) {
    return problem(
      'does not say which part it covers',
      'Reports of bulwark audit --shard and of bulwark lint do, unless --app or --rule narrows them.',
    );
  }
  return json as PartReport;
}

export const AGAIN = 'Run that part again on these files.';

function otherVersion(theirs: string, ours: string): string {
  return `was made by Bulwark ${theirs}, and this is ${ours}`;
}

/** What calls itself a report of Bulwark may be of a version whose reports look different. */
function versionOf(json: unknown): string | null {
  const tool: unknown = (json as { tool?: unknown } | null)?.tool;
  const { name, version } = (tool ?? {}) as { name?: unknown; version?: unknown };
  return name === 'bulwark' && typeof version === 'string' ? version : null;
}
