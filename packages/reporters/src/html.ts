/** For reading and keeping: one page without scripts, pictures or anything from the network. */
import { isBlocking, quotePath } from '@bulwark/model';
import type { AppReport, AppVerdict, Finding, Problem, Report, RuleInfo } from '@bulwark/model';
import { countSkipped } from './count-skipped.ts';
import { divideFindings } from './divide-findings.ts';
import { escapeMarkup as text } from './escape-markup.ts';
import { pageStyle } from './page-style.ts';
import type { Reporter } from './reporter.ts';
import { describeScan, summarize } from './summary.ts';
import { verdictMarks } from './verdict-marks.ts';
import { appOf, commitOf, placeOf, placeOfProblem } from './where.ts';

export const html: Reporter = (report, look) => {
  const { current, older, waived } = divideFindings(report, look);
  const rules = new Map(look.rules.map((rule) => [rule.id, rule]));
  const format = (finding: Finding): string => formatFinding(finding, rules.get(finding.rule));
  const parts = [
    `<header class="${standingOf(report)}"><h1>Bulwark: ${text(summarize(report))}</h1><p>${text(describeScan(report))}</p><p class="dim">bulwark ${text(report.tool.version)}</p></header>`,
    ...section('Could not be checked', report.problems.map(formatProblem)),
    ...(look.quiet ? [] : grid(report, rules)),
    ...section('Findings', current.map(format)),
    ...folded('Already there before this change', older.map(format)),
    ...folded('Waived', waived.map(format)),
    ...(look.quiet ? [] : leftOut(report)),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Bulwark: ${text(summarize(report))}</title>
<style>
${pageStyle}</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`;
};

function standingOf(report: Report): string {
  return report.findings.some(isBlocking) ? 'error' : report.complete ? 'pass' : 'warn';
}

function section(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [`<section><h2>${title} <span class="dim">${items.length}</span></h2>`, ...items, '</section>'];
}

function folded(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [`<details><summary>${title}: ${items.length}</summary>`, ...items, '</details>'];
}

/** Apps down, rules across, in the order in which the report has them. */
function grid({ apps }: Report, rules: ReadonlyMap<string, RuleInfo>): string[] {
  const ids = [...new Set(apps.flatMap(({ verdicts }) => Object.keys(verdicts)))];
  if (ids.length === 0) return [];
  const heads = ids.map((id) => {
    const title = rules.get(id)?.title;
    return `<th scope="col"${title === undefined ? '' : ` title="${text(title)}"`}><span>${text(id)}</span></th>`;
  });
  return [
    '<section><h2>Apps and rules</h2>',
    '<div class="scroll"><table>',
    `<thead><tr><th scope="col">app</th><th scope="col">Arkos</th>${heads.join('')}</tr></thead>`,
    '<tbody>',
    ...apps.map((app) => row(app, ids)),
    '</tbody></table></div>',
    '<p class="dim">✔&nbsp;pass &ensp; ✖&nbsp;violation &ensp; ?&nbsp;undecided &ensp; ·&nbsp;not&nbsp;applicable</p></section>',
  ];
}

function row({ root, arkos, verdicts }: AppReport, ids: readonly string[]): string {
  const cells = ids.map((id) => cell(verdicts[id]));
  const version = arkos.version ?? arkos.generation ?? '?';
  return `<tr><th scope="row">${text(quotePath(root))}</th><td>${text(version)}</td>${cells.join('')}</tr>`;
}

function cell(verdict: AppVerdict | undefined): string {
  if (!verdict) return '<td></td>';
  const { verdict: said, because } = verdict;
  return `<td class="${said}" title="${text(`${said}: ${because}`)}">${verdictMarks[said]}</td>`;
}

const LABELS = { error: 'error', warn: 'warning', info: 'note' } as const;

function formatFinding(finding: Finding, rule: RuleInfo | undefined): string {
  const about = [appOf(finding), commitOf(finding)].filter((one) => one !== '').join(', ');
  const { severity, waived, message, fixable } = finding;
  return [
    '<article>',
    `<p><span class="badge ${severity}">${LABELS[severity]}</span> <strong>${text(finding.rule)}</strong>${about === '' ? '' : ` <span class="dim">${text(about)}</span>`}</p>`,
    `<p><code>${text(placeOf(finding))}</code></p>`,
    `<p class="message">${text(message)}</p>`,
    ...(waived ? [`<p class="message">waived: ${text(waived.reason)}${waivedUntil(waived)}</p>`] : []),
    ...(rule ? [`<p class="dim">${text(rule.title)}. ${text(rule.why)}</p>`] : []),
    ...(fixable ? ['<p class="dim">bulwark fix mends this.</p>'] : []),
    `<p class="dim">fingerprint <code>${text(finding.fingerprint.slice(0, 12))}</code></p>`,
    '</article>',
  ].join('\n');
}

function waivedUntil({ owner, expires }: NonNullable<Finding['waived']>): string {
  const parts = [
    ...(owner === undefined ? [] : [owner]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ];
  return parts.length === 0 ? '' : ` (${text(parts.join(', '))})`;
}

function formatProblem(problem: Problem): string {
  const place = placeOfProblem(problem);
  return [
    '<article>',
    ...(place === '' ? [] : [`<p><code>${text(place)}</code></p>`]),
    `<p class="message">${text(problem.message)}</p>`,
    ...(problem.hint === undefined ? [] : [`<p class="message dim">${text(problem.hint)}</p>`]),
    '</article>',
  ].join('\n');
}

/** Each path by name: a count would not say what nobody looked at. */
function leftOut(report: Report): string[] {
  return countSkipped(report).flatMap(([reason, count]) => [
    `<details><summary>${count} left out: ${text(reason)}</summary>`,
    '<ul>',
    ...report.scanned.skipped
      .filter((skipped) => skipped.reason === reason)
      .map(({ path }) => `<li><code>${text(quotePath(path))}</code></li>`),
    '</ul></details>',
  ]);
}
