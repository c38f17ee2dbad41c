/**
 * For GitHub Actions: one workflow command for each finding, which becomes an annotation beside the line
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
import { isBlocking, printable, quotePath } from '@bulwark/model';
import type { Finding, Problem, Report, Severity } from '@bulwark/model';
import { divideFindings } from './divide-findings.ts';
import type { Reporter } from './reporter.ts';
import { describeScan, summarize } from './summary.ts';
import { appOf, commitOf } from './where.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'notice' };

/** What is waived, or was there before, is no news of this change: the last line counts it. */
export const github: Reporter = (report, look) => {
  const lines = [
    ...divideFindings(report, look).current.map(annotateFinding),
    ...report.problems.map(annotateProblem),
    `${markOf(report)} ${summarize(report)}; ${describeScan(report)}`,
  ];
  return `${lines.join('\n')}\n`;
};

function annotateFinding(finding: Finding): string {
  const { line, column, endLine, endColumn, path, severity, rule, message } = finding;
  const about = [appOf(finding), commitOf(finding)].filter((text) => text !== '').join(', ');
  // Columns are shown for a single line only.
  const columns = line === endLine ? { col: column, endColumn } : {};
  return command(
    COMMANDS[severity],
    { file: quotePath(path), line, endLine, ...columns, title: about === '' ? rule : `${rule}: ${about}` },
    message,
  );
}

function annotateProblem({ path, line, message, hint }: Problem): string {
  return command(
    'error',
    {
      ...(path === null ? {} : { file: quotePath(path) }),
      ...(line === undefined ? {} : { line }),
      title: 'could not be checked',
    },
    hint === undefined ? message : `${message}\n${hint}`,
  );
}

function command(name: string, properties: Readonly<Record<string, string | number>>, text: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function markOf(report: Report): string {
  return report.findings.some(isBlocking) ? '✖' : report.complete ? '✔' : '!';
}
