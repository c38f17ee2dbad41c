/** For people at a terminal: findings worst first, then what could not be checked, then one line that sums up. */
import { compareText, isBlocking, printable, quotePath } from '@bulwark/model';
import type { Finding, Problem, Report } from '@bulwark/model';
import picocolors from 'picocolors';
import type { Colors } from './colors.ts';
import { formatPosture } from './posture.ts';
import type { Look, Reporter } from './reporter.ts';
import { describeScan, summarize } from './summary.ts';

export const pretty: Reporter = (report, look) => {
  const colors = picocolors.createColors(look.color);
  const shown = report.findings.filter((finding) => !look.quiet || isBlocking(finding));
  const current = shown.filter(({ waived, older }) => waived === null && older !== true);
  const older = shown.filter((finding) => finding.waived === null && finding.older === true);
  const waived = shown.filter((finding) => finding.waived !== null);
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
  const place = `${quotePath(finding.path)}:${finding.line}:${finding.column}`;
  const modes = finding.modes.length > 0 ? ` (${finding.modes.join(', ')})` : '';
  const date = finding.date === undefined ? '' : ` of ${finding.date.slice(0, 10)}`;
  const commit = finding.commit === undefined ? '' : `  in commit ${finding.commit.slice(0, 12)}${date}`;
  const app = finding.app === null ? '' : `  ${colors.dim(`${quotePath(finding.app)}${modes}`)}`;
  const lines = [
    `${colors.bold(place)}${commit}  ${colorOf(finding, colors)}  ${colors.cyan(finding.rule)}${app}`,
    indent(printable(finding.message)),
  ];
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
    .map(
      (finding) =>
        `${quotePath(finding.path)}:${finding.line}:${finding.column}  ${colorOf(finding, colors)}  ${finding.rule}`,
    );
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
  const lines = problems.map(({ path, line, column, message, hint }) => {
    const where =
      path === null ? '' : `${quotePath(path)}${line === undefined ? '' : `:${line}:${column ?? 1}`}  `;
    return `${colors.bold(where)}${printable(message)}${hint === undefined ? '' : `\n${indent(printable(hint))}`}`;
  });
  return [colors.underline('Could not be checked:'), lines.join('\n')];
}

function formatSkipped({ scanned }: Report, look: Look): string[] {
  if (scanned.skipped.length === 0 || look.quiet) return [];
  const counts = new Map<string, number>();
  for (const { reason } of scanned.skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const lines = [...counts]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([reason, count]) => `${count} left out: ${printable(reason)}`);
  return [lines.join('\n')];
}

function formatVerdict(report: Report, colors: Colors): string {
  const blocking = report.findings.filter(isBlocking).length;
  const mark = blocking > 0 ? colors.red('✖') : report.complete ? colors.green('✔') : colors.yellow('!');
  return `${mark} ${summarize(report)}\n  ${colors.dim(describeScan(report))}`;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
