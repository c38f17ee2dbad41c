/**
 * For test reports: JUnit XML, in the dialect that Jenkins and GitLab read. A suite for each app with a case for each
 * rule, and one for the workspace. A case fails where a finding blocks; what does not block is its output.
 */
import { compareText, isBlocking } from '@bulwark/model';
import type { AppVerdict, Finding, Problem, Report } from '@bulwark/model';
import { escapeMarkup } from './escape-markup.ts';
import type { Reporter } from './reporter.ts';
import { describeScan } from './summary.ts';
import { commitOf, placeOf, placeOfProblem } from './where.ts';

interface Case {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  /** One line. */
  readonly message: string;
  readonly detail: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

export const junit: Reporter = (report) => {
  const suites = [...appSuites(report), workspaceSuite(report)];
  const cases = suites.flatMap((suite) => suite.cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bulwark" tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}">`,
    ...suites.flatMap(formatSuite),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
};

function appSuites({ apps, findings }: Report): Suite[] {
  const verdictsOf = new Map(apps.map(({ root, verdicts }) => [root, verdicts]));
  const roots = new Set([...verdictsOf.keys(), ...findings.flatMap(({ app }) => app ?? [])]);
  return [...roots].map((root) => {
    const mine = findings.filter(({ app }) => app === root);
    const verdicts = verdictsOf.get(root) ?? {};
    const rules = new Set([...Object.keys(verdicts), ...mine.map(({ rule }) => rule)]);
    return {
      name: root,
      cases: [...rules].map((rule) =>
        caseOf(
          rule,
          mine.filter((finding) => finding.rule === rule),
          verdicts[rule],
        ),
      ),
    };
  });
}

/** What lies in no app, and what could not be checked. */
function workspaceSuite(report: Report): Suite {
  const mine = report.findings.filter(({ app }) => app === null);
  const rules = [...new Set(mine.map(({ rule }) => rule))].toSorted(compareText);
  return {
    name: 'workspace',
    cases: [
      { name: 'scan', result: 'passed', message: '', detail: describeScan(report) },
      ...rules.map((rule) =>
        caseOf(
          rule,
          mine.filter((finding) => finding.rule === rule),
          undefined,
        ),
      ),
      ...report.problems.map(caseOfProblem),
    ],
  };
}

function caseOf(name: string, findings: readonly Finding[], verdict: AppVerdict | undefined): Case {
  const blocking = findings.filter(isBlocking);
  const detail = findings.map(describe).join('\n');
  if (blocking.length > 0) return { name, result: 'failure', message: blocking[0]!.message, detail };
  if (verdict?.verdict === 'not-applicable' || verdict?.verdict === 'undecided')
    return { name, result: 'skipped', message: `${verdict.verdict}: ${verdict.because}`, detail };
  return { name, result: 'passed', message: '', detail: detail || (verdict?.because ?? '') };
}

function caseOfProblem(problem: Problem): Case {
  const place = placeOfProblem(problem);
  return {
    name: place === '' ? 'could not be checked' : `could not be checked: ${place}`,
    result: 'error',
    message: problem.message,
    detail: problem.hint ?? '',
  };
}

function describe(finding: Finding): string {
  const { waived, older, severity, message } = finding;
  const standing = waived ? `waived: ${waived.reason}` : older === true ? 'there before' : severity;
  const commit = commitOf(finding);
  return `${placeOf(finding)}${commit === '' ? '' : ` in ${commit}`} (${standing})\n  ${message.replaceAll('\n', '\n  ')}`;
}

function formatSuite({ name, cases }: Suite): string[] {
  const counts = `tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}"`;
  return [
    `  <testsuite name="${attribute(name)}" ${counts}>`,
    ...cases.flatMap((one) => formatCase(name, one)),
    '  </testsuite>',
  ];
}

function formatCase(suite: string, { name, result, message, detail }: Case): string[] {
  const head = `    <testcase classname="${attribute(suite)}" name="${attribute(name)}"`;
  const output = detail === '' ? [] : [`      <system-out>${escapeMarkup(detail)}</system-out>`];
  if (result === 'passed')
    return output.length === 0 ? [`${head}/>`] : [`${head}>`, ...output, '    </testcase>'];
  const said = `      <${result} message="${attribute(message)}"`;
  const body =
    result === 'skipped'
      ? [`${said}/>`, ...output]
      : [`${said} type="${attribute(name)}">${escapeMarkup(detail)}</${result}>`];
  return [`${head}>`, ...body, '    </testcase>'];
}

function count(cases: readonly Case[], result: Case['result']): number {
  return cases.filter((one) => one.result === result).length;
}

/** A parser makes a space of a line feed in an attribute. */
function attribute(text: string): string {
  return escapeMarkup(text).replaceAll('\n', '&#10;');
}
