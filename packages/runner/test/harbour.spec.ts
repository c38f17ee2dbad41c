/** The example monorepo, audited: a verdict for every app and rule, and each the expected one. */
import { cp, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report, Verdict } from '@bulwark/model';
import { reportSchema } from '@bulwark/reporters';
import { rules } from '@bulwark/rules';
import { createTempRepo, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';

const examples = fileURLToPath(new URL('../../../tools/examples/', import.meta.url));

let repo: TempRepo;
let result: CliResult;
let report: Report;
let expected: Record<string, Record<string, Verdict>>;

beforeAll(async () => {
  repo = await createTempRepo();
  await cp(`${examples}harbour`, repo.root, { recursive: true });
  await repo.commitAll();
  result = await runCli(['audit', '--format', 'json'], { cwd: repo.root, env: repo.env });
  report = JSON.parse(result.stdout) as Report;
  expected = JSON.parse(await readFile(`${examples}harbour.expected.json`, 'utf8')) as typeof expected;
});
afterAll(() => repo.remove());

describe('audit of the harbour', () => {
  test('finds faults and looked at everything', () => {
    expect(result.stderr).toBe('');
    expect(report.problems).toEqual([]);
    expect(result.code).toBe(1);
  });

  test('is valid by the schema the package ships', async () => {
    const shipped: unknown = JSON.parse(
      await readFile(fileURLToPath(new URL('../schema/report.json', import.meta.url)), 'utf8'),
    );
    expect(shipped).toEqual(JSON.parse(JSON.stringify(reportSchema)));
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(shipped as object);
    validate(report);
    expect(validate.errors).toBeNull();
  });

  test('lists a verdict for every app and rule', () => {
    expect(report.apps.map(({ root }) => root)).toEqual(Object.keys(expected).toSorted());
    for (const { verdicts } of report.apps) expect(Object.keys(verdicts)).toEqual(rules.map(({ id }) => id));
  });

  test('judges each app as a careful reader would', () => {
    const judged = report.apps.map(({ root, verdicts }) => [
      root,
      Object.fromEntries(Object.entries(verdicts).map(([id, { verdict }]) => [id, verdict])),
    ]);
    const wanted = report.apps.map(({ root }) => [
      root,
      Object.fromEntries(rules.map(({ id }) => [id, expected[root]![id]])),
    ]);
    expect(judged).toEqual(wanted);
  });

  test('a commit reads the same as the work tree it was made from', async () => {
    const { stdout } = await runCli(['audit', '--format', 'json', '--ref', 'HEAD'], {
      cwd: repo.root,
      env: repo.env,
    });
    expect({ ...(JSON.parse(stdout) as Report), snapshot: null }).toEqual({ ...report, snapshot: null });
  });
});
