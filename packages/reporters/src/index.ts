import { json } from './json.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';

export type ReporterName = 'pretty' | 'json';

/** Every format, by the name `--format` knows it by. */
export const reporters: Readonly<Record<ReporterName, Reporter>> = { pretty, json };
export { reportSchema } from './report-schema.ts';
export type { Look, Reporter } from './reporter.ts';
export { summarize } from './summary.ts';
