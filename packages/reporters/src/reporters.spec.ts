import { describe, expect, test } from '@jest/globals';
import type { Finding, Report } from '@bulwark/model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { look, richReport } from '../test/rich-report.ts';
import { reportSchema, reporters } from './index.ts';

const finding: Finding = {
  ...richReport.findings[0]!,
  message: 'routers.strict differs between modes',
};

const report: Report = {
  ...richReport,
  problems: richReport.problems.slice(0, 1),
  scanned: { ...richReport.scanned, apps: 1, skipped: richReport.scanned.skipped.slice(0, 1) },
  apps: richReport.apps.slice(0, 1).map((app) => ({
    ...app,
    verdicts: { 'router-strict-parity': app.verdicts['router-strict-parity']! },
  })),
  findings: [
    finding,
    {
      ...finding,
      severity: 'warn',
      path: 'odd\u001b[31m\n.ts',
      rule: 'committed-secret',
      app: null,
      modes: [],
      message: 'hostile \u001b[2J',
    },
    { ...finding, older: true, line: 20 },
    { ...finding, waived: { reason: 'agreed', owner: 'platform', expires: '2027-01-01' }, line: 30 },
  ],
};

describe('pretty', () => {
  test('prints the whole report', () => {
    expect(reporters.pretty(report, look)).toMatchInlineSnapshot(`
"apps/tolls/arkos.config.ts:12:5  error  router-strict-parity  apps/tolls (development, production)
  routers.strict differs between modes

"odd\\033[31m\\n.ts":12:5  warning  committed-secret
  hostile \\u{1b}[2J

Already there before this change; not blocking:
  apps/tolls/arkos.config.ts:20:5  error  router-strict-parity

Waived:

apps/tolls/arkos.config.ts:30:5  error  router-strict-parity  apps/tolls (development, production)
  routers.strict differs between modes
  waived: agreed

Could not be checked:

big.bin  was not read: too large
  Leave it out.

1 left out: a submodule

✖ 1 error, 1 warning (1 older, 1 waived, 1 could not be checked)
  looked at 3 files (2.0 kB) and 1 Arkos app in the work tree
"
`);
  });

  test('quiet leaves what does not block', () => {
    const text = reporters.pretty(report, { ...look, quiet: true });
    expect(text).toContain('arkos.config.ts:12:5');
    expect(text).not.toContain('committed-secret');
    expect(text).not.toContain('agreed');
    expect(text).toContain('big.bin');
  });

  test('colour adds escape codes of its own only', () => {
    // eslint-disable-next-line no-control-regex
    const withoutColor = reporters.pretty(report, { ...look, color: true }).replaceAll(/\u001b\[\d+m/g, '');
    expect(withoutColor).toBe(reporters.pretty(report, look));
  });

  test('the posture shows every app against every rule that does not hold everywhere', () => {
    const [app] = report.apps;
    const verdicts = {
      ...app!.verdicts,
      'env-file': { verdict: 'pass', because: '' },
      'jwt-expiry': { verdict: 'undecided', because: '' },
    } as const;
    const other = {
      ...app!,
      root: 'apps/a',
      verdicts: { ...verdicts, 'router-strict-parity': { verdict: 'pass', because: '' } },
    } as const;
    const text = reporters.pretty(
      { ...report, apps: [{ ...app!, verdicts }, other], findings: [], problems: [] },
      { ...look, posture: true },
    );
    expect(text.split('\n\n').slice(0, 2).join('\n\n')).toMatchInlineSnapshot(`
"                    1  2
apps/tolls  1.6.7   ✖  ?
apps/a      1.6.7   ✔  ?

 1  router-strict-parity   2  jwt-expiry
✔  in every app: env-file
✔ pass  ✖ violation  ? undecided  · not applicable"
`);
  });

  test('an empty scan says what was scanned', () => {
    const empty = {
      ...report,
      complete: true,
      problems: [],
      findings: [],
      scanned: { files: 0, bytes: 0, apps: 0, skipped: [] },
    };
    expect(reporters.pretty(empty, look)).toBe(
      '✔ No finding\n  looked at 0 files and 0 Arkos apps in the work tree\n',
    );
  });
});

describe('json', () => {
  const validate = new Ajv2020({ strict: false }).compile(reportSchema);

  test('is the report, and valid by its schema', () => {
    const parsed: unknown = JSON.parse(reporters.json(report, look));
    expect(parsed).toEqual(report);
    expect(validate(parsed)).toBe(true);
  });

  test('the schema refuses what is no report', () => {
    expect(validate({ ...report, extra: 1 })).toBe(false);
    expect(validate({ ...report, findings: [{ ...finding, fingerprint: 'short' }] })).toBe(false);
  });
});
