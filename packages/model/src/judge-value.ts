import { outcomesOf } from './read-value.ts';
import { undecided } from './rule.ts';
import type { Judgement, Subjected, Undecided, Violated } from './rule.ts';
import type { Absent, Known, Unknown, Value } from './value.ts';

/**
 * Judges every outcome of a value: all good is good, all bad is a violation, anything else is undecided and
 * says which condition decides. An outcome that is unknown is never guessed at.
 */
export function judgeValue(
  value: Value,
  about: Subjected,
  judge: (outcome: Known | Absent) => Judgement,
): Judgement {
  const leaves = outcomesOf(value).map(({ when, value: leaf }) => ({
    when,
    judgement: leaf.kind === 'unknown' ? openEnd(leaf, about) : judge(leaf),
  }));
  const [first] = leaves;
  if (first && leaves.every(({ judgement }) => judgement.verdict === first.judgement.verdict)) {
    if (first.judgement.verdict !== 'undecided' || leaves.length === 1) return first.judgement;
  }
  return undecided(whyUnknown(value), about, leaves.flatMap(casesOf));
}

function openEnd(value: Unknown, about: Subjected): Undecided {
  return undecided(value.why, about);
}

function casesOf({ when, judgement }: { when: string | null; judgement: Judgement }): Undecided['cases'] {
  if (judgement.verdict !== 'violation') return [];
  const { message, props }: Violated = judgement;
  return [{ when: when ?? 'always', message, props }];
}

function whyUnknown(value: Value): string {
  return value.kind === 'unknown' ? value.why : 'it has several outcomes';
}
