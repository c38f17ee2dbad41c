/** A rule's cases as a table: each row is one jest test. */
import { describe, expect, test } from '@jest/globals';
import { worstVerdict } from '@bulwark/model';
import type { Judgement, Props, Rule, Verdict } from '@bulwark/model';
import { applyFixes } from './apply-fixes.ts';
import { judgeConfig } from './judge-config.ts';
import type { AppCase } from './judge-config.ts';

/** The text of a configuration, or a whole case. */
export type Row = string | (AppCase & { readonly name?: string });

export interface RuleTable {
  readonly passes: readonly Row[];
  readonly fails: readonly (AppCase & {
    readonly name?: string;
    readonly messages: readonly string[];
    readonly says?: RegExp;
    /**
     * The app can be mended, and passes then: `true`, or the text that `arkos.config.ts` has afterwards, or texts
     * by path. Where it is left out or `false`, no fix may be offered.
     */
    readonly fixed?: boolean | string | Readonly<Record<string, string>>;
  })[];
  readonly undecided: readonly (AppCase & { readonly name?: string; readonly because: RegExp })[];
  readonly notApplicable?: readonly Row[];
}

/** Runs the table. Every kind of row must have at least one case, but for those a rule cannot have. */
export function testRule(rule: Rule, table: RuleTable): void {
  describe(rule.id, () => {
    for (const row of table.passes) testVerdict(rule, row, 'pass');
    for (const row of table.notApplicable ?? []) testVerdict(rule, row, 'not-applicable');
    for (const row of table.fails) {
      test(`fails: ${nameOf(row)}`, async () => {
        const judgements = await judgeConfig(rule, row);
        const violations = judgements.filter((one) => one.verdict === 'violation');
        expect(violations.map(({ message }) => message)).toEqual(row.messages);
        const texts = violations.map(({ message, props }) => rule.messages[message]!(onlyThese(props)));
        if (row.says) expect(texts.join('\n')).toMatch(row.says);
        for (const text of texts) expect(text).not.toMatch(/\[object/);
        await expectFixed(rule, row, judgements);
      });
    }
    for (const row of table.undecided) {
      test(`undecided: ${nameOf(row)}`, async () => {
        const judgements = await judgeConfig(rule, row);
        expect(worstVerdict(judgements.map(({ verdict }) => verdict))).toBe('undecided');
        const reasons = judgements.flatMap((one) =>
          one.verdict === 'undecided' ? [one.because, ...one.cases.map(({ when }) => when)] : [],
        );
        expect(reasons.join('\n')).toMatch(row.because);
      });
    }
  });
}

async function expectFixed(
  rule: Rule,
  row: RuleTable['fails'][number],
  judgements: readonly Judgement[],
): Promise<void> {
  const mended = applyFixes(row, judgements);
  expect(mended !== null).toBe(row.fixed !== undefined && row.fixed !== false);
  if (!mended) return;
  if (typeof row.fixed === 'string') expect(mended.texts).toEqual({ 'arkos.config.ts': row.fixed });
  else if (typeof row.fixed === 'object') expect(mended.texts).toEqual(row.fixed);
  const after = await judgeConfig(rule, mended.app);
  expect({ worst: worstVerdict(after.map(({ verdict }) => verdict)), after }).toMatchObject({
    worst: 'pass',
  });
}

/** Props that a message cannot ask for what they do not hold. */
function onlyThese(props: Props): Props {
  return new Proxy(props, {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name))
        throw new Error(`the message asks for ${name}, and nobody gives it that`);
      return Reflect.get(target, name) as Props[string];
    },
  });
}

function testVerdict(rule: Rule, row: Row, verdict: Verdict): void {
  test(`${verdict}: ${nameOf(row)}`, async () => {
    const judgements = await judgeConfig(rule, typeof row === 'string' ? { config: row } : row);
    expect({ worst: worstVerdict(judgements.map((one) => one.verdict)), judgements }).toMatchObject({
      worst: verdict,
    });
  });
}

function nameOf(row: Row): string {
  if (typeof row === 'string') return row.replaceAll(/\s+/g, ' ').trim();
  return (
    row.name ??
    [row.version, (row.config ?? 'no config').replaceAll(/\s+/g, ' ').trim()].filter(Boolean).join(' · ')
  );
}
