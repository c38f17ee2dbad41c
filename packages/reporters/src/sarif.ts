/**
 * For code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). Paths are relative to
 * `%SRCROOT%`, the name that GitHub knows for the root of the repository.
 */
import { encodePath, exitCodeOf, printable } from '@bulwark/model';
import type { Finding, Problem, Report, RuleInfo, Severity } from '@bulwark/model';
import type { Look, Reporter } from './reporter.ts';

type SarifObject = Readonly<Record<string, unknown>>;

export const sarif: Reporter = (report, look) => {
  const rules = rulesOf(report, look);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            rules: rules.map(toRule),
          },
        },
        invocations: [
          {
            executionSuccessful: report.complete,
            exitCode: exitCodeOf(report),
            toolExecutionNotifications: report.problems.map(toNotification),
          },
        ],
        originalUriBaseIds: { [BASE]: { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: toResults(report, rules),
        properties: {
          snapshot: report.snapshot,
          scanned: { ...report.scanned, skipped: report.scanned.skipped.length },
          ...(report.part ? { part: report.part.of } : {}),
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const BASE = '%SRCROOT%';
const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'note' };

/** Every rule that is known, and those that only the findings know. */
function rulesOf({ findings }: Report, { rules }: Look): readonly RuleInfo[] {
  const known = new Set(rules.map(({ id }) => id));
  const unknown = new Set(findings.map(({ rule }) => rule).filter((id) => !known.has(id)));
  return [...rules, ...[...unknown].map((id) => ({ id, title: id, why: id }))];
}

function toRule({ id, title, why, severity, page }: RuleInfo): SarifObject {
  return {
    id,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(why) },
    help: page === undefined ? { text: why } : { text: page, markdown: page },
    defaultConfiguration: { level: LEVELS[severity ?? 'warn'] },
    properties: { tags: ['security'] },
  };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function toResults({ findings }: Report, rules: readonly RuleInfo[]): SarifObject[] {
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const hasBase = findings.some(({ older }) => older === true);
  return findings.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: indexOf.get(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: messageText(finding.message) },
    locations: [
      { physicalLocation: { artifactLocation: toArtifact(finding.path), region: toRegion(finding) } },
    ],
    partialFingerprints: { 'bulwark/v1': finding.fingerprint },
    suppressions: toSuppressions(finding),
    // All results of a run have a baseline state, or none has (§3.27.24).
    ...(hasBase ? { baselineState: finding.older === true ? 'unchanged' : 'new' } : {}),
    properties: {
      verdict: finding.verdict,
      app: finding.app,
      modes: finding.modes,
      fixable: finding.fixable,
      ...(finding.commit === undefined ? {} : { commit: finding.commit }),
    },
  }));
}

function toRegion({ line, column, endLine, endColumn }: Finding): SarifObject {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** All results of a run say how they are suppressed, or none does (§3.27.23). */
function toSuppressions({ waived }: Finding): SarifObject[] {
  if (waived === null) return [];
  const { reason, owner, expires } = waived;
  return [
    {
      kind: 'external',
      status: 'accepted',
      justification: printable(reason),
      properties: {
        ...(owner === undefined ? {} : { owner }),
        ...(expires === undefined ? {} : { expires }),
      },
    },
  ];
}

function toNotification({ path, line, column, message, hint }: Problem): SarifObject {
  return {
    level: 'error',
    message: { text: messageText(hint === undefined ? message : `${message}\n${hint}`) },
    ...(path === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: toArtifact(path),
                ...(line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } }),
              },
            },
          ],
        }),
  };
}

/** Links may stand in a message as `[text](target)`, and a backslash keeps brackets literal (§3.11.6). */
function messageText(text: string): string {
  return printable(text).replaceAll(/[\\[\]]/g, '\\$&');
}

/** A relative reference (RFC 3986): every byte but the unreserved is written as `%XX`. */
function toArtifact(path: string): SarifObject {
  let uri = '';
  for (const byte of encodePath(path)) {
    const char = String.fromCharCode(byte);
    uri += /[A-Za-z0-9\-._~/]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return { uri, uriBaseId: BASE };
}
