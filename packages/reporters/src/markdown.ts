/** For comments on a change and for job summaries: GitHub's Markdown, no longer than one comment may be. */
import { isBlocking, quotePath } from '@bulwark/model';
import type { AppReport, Finding, Problem, Report, Verdict } from '@bulwark/model';
import { countSkipped } from './count-skipped.ts';
import { divideFindings } from './divide-findings.ts';
import { code, literal } from './escape-markdown.ts';
import type { Reporter } from './reporter.ts';
import { describeScan, summarize } from './summary.ts';
import { appOf, commitOf, placeOf, placeOfProblem } from './where.ts';

export const markdown: Reporter = (report, look) => {
  const { current, older, waived } = divideFindings(report, look);
  const blocks = [
    `## ${markOf(report)} Bulwark: ${summarize(report)}`,
    literal(describeScan(report)),
    ...list('Could not be checked', report.problems, formatProblem),
    ...list('Findings', current, formatFinding),
    ...folded('Already there before this change', older, formatFinding),
    ...folded('Waived', waived, formatFinding),
    ...(look.quiet ? [] : tableOfApps(report)),
    ...(look.quiet
      ? []
      : countSkipped(report).map(([reason, count]) => `${count} left out: ${literal(reason)}`)),
  ];
  return `${blocks.join('\n\n')}\n`;
};

/** Characters of each part: a comment on GitHub may have 65,536. */
const ROOM = { list: 24_000, folded: 5_000, table: 5_000 } as const;

function list<T>(title: string, items: readonly T[], format: (item: T) => string): string[] {
  return items.length === 0 ? [] : [`### ${title}`, formatItems(items, format, ROOM.list).join('\n')];
}

function folded<T>(title: string, items: readonly T[], format: (item: T) => string): string[] {
  if (items.length === 0) return [];
  const lines = formatItems(items, format, ROOM.folded);
  return [`<details><summary>${title}: ${items.length}</summary>`, lines.join('\n'), '</details>'];
}

/** As many as there is room for, and how many there are more. */
function formatItems<T>(items: readonly T[], format: (item: T) => string, room: number): string[] {
  const lines: string[] = [];
  let left = room;
  for (const item of items) {
    const line = format(item);
    left -= line.length + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const more = items.length - lines.length;
  return more > 0 ? [...lines, `- and ${more} more`] : lines;
}

const LABELS = { error: 'error', warn: 'warning', info: 'note' } as const;

function formatFinding(finding: Finding): string {
  const app = appOf(finding);
  const commit = commitOf(finding);
  const head = [
    `- **${LABELS[finding.severity]}** ${code(finding.rule)}`,
    ...(app === '' ? [] : [`in ${code(app)}`]),
    `at ${code(placeOf(finding))}`,
    ...(commit === '' ? [] : [`in ${code(commit)}`]),
  ].join(' ');
  const waived = finding.waived ? `\n  waived: ${literal(shortened(finding.waived.reason))}` : '';
  return `${head}\\\n  ${literal(shortened(finding.message))}${waived}`;
}

function formatProblem(problem: Problem): string {
  const place = placeOfProblem(problem);
  const hint = problem.hint === undefined ? '' : `\\\n  ${literal(shortened(problem.hint))}`;
  return `- ${place === '' ? '' : `${code(place)} `}${literal(shortened(problem.message))}${hint}`;
}

/** Characters of one text: a message may quote a value of any length. */
const LONGEST_TEXT = 600;

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function tableOfApps({ apps }: Report): string[] {
  if (apps.length === 0) return [];
  const rows = formatItems(apps, formatApp, ROOM.table);
  const isCut = rows.at(-1)!.startsWith('- ');
  const table = [
    '| app | Arkos | violations | undecided | pass |',
    '| --- | --- | ---: | ---: | ---: |',
    ...(isCut ? rows.slice(0, -1) : rows),
  ].join('\n');
  return isCut ? [table, rows.at(-1)!] : [table];
}

function formatApp(app: AppReport): string {
  const version = app.arkos.version ?? app.arkos.generation ?? '?';
  const counts = (['violation', 'undecided', 'pass'] as const).map((verdict) => countOf(app, verdict));
  // A table splits its rows at every `|` without a backslash, also within code.
  const root = code(quotePath(app.root)).replaceAll('|', '\\|');
  return `| ${[root, literal(version), ...counts].join(' | ')} |`;
}

function countOf({ verdicts }: AppReport, verdict: Verdict): number {
  return Object.values(verdicts).filter((one) => one.verdict === verdict).length;
}

function markOf(report: Report): string {
  return report.findings.some(isBlocking) ? '❌' : report.complete ? '✅' : '⚠️';
}
