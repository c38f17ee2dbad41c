/** For people at a terminal: findings worst first, then what could not be checked, then one line that sums up. */
import { isBlocking, printable } from '@bulwark/model';
import type { Finding, Problem, Report } from '@bulwark/model';
import { createColors } from './colors.ts';
import type { Colors } from './colors.ts';
import { countSkipped } from './count-skipped.ts';
import { divideFindings } from './divide-findings.ts';
import { formatPosture } from './posture.ts';
import type { Look, Reporter } from './reporter.ts';
import { describeScan, summarize } from './summary.ts';
import { appOf, commitOf, placeOf, placeOfProblem } from './where.ts';

export const pretty: Reporter = (report, look) => {
  const colors = createColors(look.color);
  const { current, older, waived } = divideFindings(report, look);
  const posture = look.posture && !look.quiet ? formatPosture(report, colors) : '';
  const parts = [
    ...(posture === '' ? [] : [posture]),
    ...current.map((finding) => formatFinding(finding, colors)),
    ...formatOlder(older, colors),
    ...section('Waived:', waived, colors),
    ...formatProblems(report.problems, colors),
    ...formatSkipped(report, look),
    formatVerdict(report, colors),
  ];
  return `${parts.join('\n\n')}\n`;
};

function formatFinding(finding: Finding, colors: Colors): string {
  const about = appOf(finding);
  const commit = commitOf(finding);
  const head = [
    `${colors.bold(placeOf(finding))}${commit === '' ? '' : `  in ${commit}`}`,
    colorOf(finding, colors),
    colors.cyan(finding.rule),
    ...(about === '' ? [] : [colors.dim(about)]),
  ];
  const lines = [head.join('  '), indent(printable(finding.message))];
  if (finding.waived) lines.push(indent(colors.dim(`waived: ${printable(finding.waived.reason)}`)));
  return lines.join('\n');
}

function colorOf({ severity }: Finding, colors: Colors): string {
  if (severity === 'error') return colors.red('error');
  return severity === 'warn' ? colors.yellow('warning') : colors.blue('info');
}

/** What was there before is not this change's to mend: a line each, and not too many. */
function formatOlder(older: readonly Finding[], colors: Colors): string[] {
  if (older.length === 0) return [];
  const lines = older
    .slice(0, MOST_OLDER)
    .map((finding) => `${placeOf(finding)}  ${colorOf(finding, colors)}  ${finding.rule}`);
  const more = older.length - lines.length;
  if (more > 0) lines.push(`and ${more} more; bulwark audit shows them all`);
  return [
    `${colors.underline('Already there before this change; not blocking:')}\n${colors.dim(indent(lines.join('\n')))}`,
  ];
}

const MOST_OLDER = 5;

function section(title: string, findings: readonly Finding[], colors: Colors): string[] {
  if (findings.length === 0) return [];
  return [colors.underline(title), ...findings.map((finding) => formatFinding(finding, colors))];
}

function formatProblems(problems: readonly Problem[], colors: Colors): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map((problem) => {
    const place = placeOfProblem(problem);
    const hint = problem.hint === undefined ? '' : `\n${indent(printable(problem.hint))}`;
    return `${colors.bold(place === '' ? '' : `${place}  `)}${printable(problem.message)}${hint}`;
  });
  return [colors.underline('Could not be checked:'), lines.join('\n')];
}

function formatSkipped(report: Report, look: Look): string[] {
  if (report.scanned.skipped.length === 0 || look.quiet) return [];
  return [
    countSkipped(report)
      .map(([reason, count]) => `${count} left out: ${printable(reason)}`)
      .join('\n'),
  ];
}

function formatVerdict(report: Report, colors: Colors): string {
  const blocking = report.findings.filter(isBlocking).length;
  const mark = blocking > 0 ? colors.red('✖') : report.complete ? colors.green('✔') : colors.yellow('!');
  return `${mark} ${summarize(report)}\n  ${colors.dim(describeScan(report))}`;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
