/** One rich report in every format, and each valid by what its format asks for. */
import { describe, expect, test } from '@jest/globals';
import type { Report } from '@bulwark/model';
import { reporters } from '../src/index.ts';
import type { ReporterName } from '../src/index.ts';
import { look, richReport } from './rich-report.ts';
import { jsonMistakes, junitMistakes } from './schemas.ts';

const empty: Report = {
  ...richReport,
  complete: true,
  problems: [],
  apps: [],
  findings: [],
  scanned: { files: 0, bytes: 0, apps: 0, skipped: [] },
};

describe.each(Object.keys(reporters) as ReporterName[])('%s', (format) => {
  test('of the rich report', () => {
    expect(reporters[format](richReport, look)).toMatchSnapshot();
  });

  test('of an empty one says what was looked at', () => {
    const text = reporters[format](empty, look);
    expect(text.endsWith('\n')).toBe(true);
    if (format !== 'gitlab') expect(text).toMatch(/looked at 0 files|"files": 0/);
  });
});

describe('what fits the schemas', () => {
  const parse = (format: ReporterName, report: Report): unknown =>
    JSON.parse(reporters[format](report, look));

  test('the schemas refuse what does not', async () => {
    expect(jsonMistakes('sarif', { version: '2.1.0', runs: [{ results: [{}] }] })).not.toEqual([]);
    expect(jsonMistakes('gitlab', [{ description: 'x' }])).not.toEqual([]);
    expect(await junitMistakes(['<testsuites><testcase/></testsuites>'])).not.toEqual([]);
    expect(await junitMistakes(['<testsuites>'])).not.toEqual([]);
  });

  test.each([
    ['rich', richReport],
    ['empty', empty],
  ])('%s', async (_name, report) => {
    expect(jsonMistakes('sarif', parse('sarif', report))).toEqual([]);
    expect(jsonMistakes('gitlab', parse('gitlab', report))).toEqual([]);
    expect(await junitMistakes([reporters.junit(report, look)])).toEqual([]);
  });
});

describe('what each says of a report', () => {
  test('sarif: success and suppressions are the report’s own', () => {
    const { runs } = JSON.parse(reporters.sarif(richReport, look)) as {
      runs: {
        invocations: object[];
        results: { suppressions: object[]; ruleIndex: number; ruleId: string }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    };
    const [run] = runs;
    expect(run!.invocations).toMatchObject([{ executionSuccessful: false, exitCode: 1 }]);
    expect(run!.results.map(({ suppressions }) => suppressions.length)).toEqual([0, 0, 0, 0, 0, 1]);
    for (const { ruleIndex, ruleId } of run!.results)
      expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  });

  test('gitlab: no two issues share a fingerprint', () => {
    const issues = JSON.parse(reporters.gitlab(richReport, look)) as { fingerprint: string }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    expect(issues).toHaveLength(5 + 3);
  });

  test('junit: a case fails where a finding blocks, and its counts are right', () => {
    const text = reporters.junit(richReport, look);
    expect(text).toContain('<testsuites name="bulwark" tests="13" failures="2" errors="3">');
    expect(text.match(/<failure /g)).toHaveLength(2);
    expect(text.match(/<error /g)).toHaveLength(3);
  });

  test('quiet leaves what does not block to the formats that are data', () => {
    const quiet = { ...look, quiet: true };
    for (const format of ['github', 'markdown', 'html'] as const)
      expect(reporters[format](richReport, quiet)).not.toContain('is undecided');
    for (const format of ['sarif', 'gitlab', 'junit', 'json'] as const)
      expect(reporters[format](richReport, quiet)).toBe(reporters[format](richReport, look));
  });

  test('markdown is never longer than a comment may be', () => {
    const many = {
      ...richReport,
      findings: Array.from({ length: 5000 }, (_, at) => ({
        ...richReport.findings[at % 6]!,
        message: '*'.repeat(3000),
      })),
      problems: Array.from({ length: 5000 }, () => richReport.problems[0]!),
      apps: Array.from({ length: 1000 }, () => richReport.apps[0]!),
    };
    const text = reporters.markdown(many, look);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/- and \d+ more/);
  });
});
