import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';

export type ReporterName = 'pretty' | 'json' | 'sarif' | 'github' | 'gitlab' | 'junit' | 'markdown' | 'html';

/** Every format, by the name `--format` knows it by. */
export const reporters: Readonly<Record<ReporterName, Reporter>> = {
  pretty,
  json,
  sarif,
  github,
  gitlab,
  junit,
  markdown,
  html,
};
export { reportSchema } from './report-schema.ts';
export type { Look, Reporter } from './reporter.ts';
export { summarize } from './summary.ts';
