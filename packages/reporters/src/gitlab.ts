/** For GitLab's Code Quality widget (https://docs.gitlab.com/ci/testing/code_quality/): a list of issues. */
import { fingerprint, printable } from '@bulwark/model';
import type { Report, Severity } from '@bulwark/model';
import type { Reporter } from './reporter.ts';
import { appOf } from './where.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITIES: Readonly<Record<Severity, Issue['severity']>> = {
  error: 'critical',
  warn: 'minor',
  info: 'info',
};

/** What could not be checked is an issue too, so that an empty list means that everything was. */
export const gitlab: Reporter = (report) =>
  `${JSON.stringify([...issuesOf(report), ...problemsOf(report)], null, 2)}\n`;

function issuesOf({ findings }: Report): Issue[] {
  const seen = new Map<string, number>();
  return findings
    .filter(({ waived }) => waived === null)
    .map((finding) => {
      const about = appOf(finding);
      // GitLab refuses a list in which one has no description.
      const said = finding.message || finding.rule;
      return {
        description: printable(about === '' ? said : `${about}: ${said}`),
        check_name: finding.rule,
        fingerprint: unique(finding.fingerprint, finding.path, seen),
        severity: SEVERITIES[finding.severity],
        location: { path: finding.path, lines: { begin: finding.line } },
      };
    });
}

function problemsOf({ problems }: Report): Issue[] {
  const seen = new Map<string, number>();
  return problems.map(({ path, line, message, hint }) => ({
    description: printable(`could not be checked: ${message}${hint === undefined ? '' : ` ${hint}`}`),
    check_name: 'not-checked',
    fingerprint: unique(message, path ?? '', seen),
    severity: 'blocker',
    location: { path: path ?? '.', lines: { begin: line ?? 1 } },
  }));
}

/** Of issues with one fingerprint GitLab shows one; a secret has the same in every place it stands in. */
function unique(of: string, path: string, seen: Map<string, number>): string {
  const name = `${of} ${path}`;
  const count = seen.get(name) ?? 0;
  seen.set(name, count + 1);
  return fingerprint(of, path, String(count));
}
