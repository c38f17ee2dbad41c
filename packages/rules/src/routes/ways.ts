/**
 * Ways things can turn out. Where a finding needs several conditions (mounted, open, accepted) and each may
 * depend on something nobody pins, the ways multiply; the verdict stands only if all of them agree.
 */
import { outcomesOf } from '@bulwark/model';
import type { AccessOutcome, Route, Undecided } from '@bulwark/model';

export interface Way<Detail = unknown> {
  /** In words that fit after "if"; `null` where there is no condition. */
  readonly when: string | null;
  /** Whether it is bad; `null` where nobody can say. */
  readonly isBad: boolean | null;
  /** Why, in words: what an undecided verdict gives as its reason. */
  readonly because: string;
  readonly detail: Detail;
}

export type Settled<Detail> =
  | { readonly is: 'good' }
  | { readonly is: 'bad'; readonly way: Way<Detail> }
  | { readonly is: 'undecided'; readonly because: string; readonly bad: readonly Way<Detail>[] };

/** Bad is what is bad in both. The reason given is that of what decides, not of what holds anyway. */
export function bothWays<First, Second, Detail = Second>(
  first: readonly Way<First>[],
  second: readonly Way<Second>[],
  join: (first: First, second: Second) => Detail = (_first, detail) => detail as unknown as Detail,
): Way<Detail>[] {
  const [byFirst, bySecond] = [decides(first), decides(second)];
  return first.flatMap((a) =>
    second.map((b) => ({
      when: [a.when, b.when].filter((part) => part !== null).join(' and ') || null,
      isBad: a.isBad === false || b.isBad === false ? false : a.isBad === null ? null : b.isBad,
      because: byFirst ? (bySecond ? `${a.because}; ${b.because}` : a.because) : b.because,
      detail: join(a.detail, b.detail),
    })),
  );
}

function decides(ways: readonly Way[]): boolean {
  return ways.some(({ isBad }) => isBad === null || isBad !== ways[0]!.isBad);
}

export function settle<Detail>(ways: readonly Way<Detail>[]): Settled<Detail> {
  const [first] = ways;
  if (!first || ways.every(({ isBad }) => isBad === false)) return { is: 'good' };
  if (ways.every(({ isBad }) => isBad === true)) return { is: 'bad', way: first };
  const unsure = ways.filter(({ isBad }) => isBad === null);
  const bad = ways.filter(({ isBad }) => isBad === true);
  const reasons = unsure.length > 0 ? unsure : bad;
  return { is: 'undecided', because: [...new Set(reasons.map(({ because }) => because))].join('; '), bad };
}

/** Whether the endpoint is there at all. */
export function mountedWays({ mounted }: Route): Way[] {
  return outcomesOf(mounted).map(({ when, value }) => ({
    when,
    isBad: value.kind === 'known' ? value.value === true : value.kind === 'absent' ? false : null,
    because: mounted.kind === 'unknown' ? mounted.why : 'it is mounted',
    detail: null,
  }));
}

/** Whether it is open, as the rule understands open; an outcome nobody can tell stays one. */
export function accessWays(
  { outcomes }: Route,
  isOpen: (outcome: AccessOutcome) => boolean,
): Way<AccessOutcome>[] {
  return outcomes.map((outcome) => ({
    when: outcome.when,
    isBad: outcome.who === 'unknown' ? null : isOpen(outcome),
    because: outcome.because,
    detail: outcome,
  }));
}

/** The cases of an undecided judgement. */
export function casesOf<Detail>(
  bad: readonly Way<Detail>[],
  message: (detail: Detail) => Pick<Undecided['cases'][number], 'message' | 'props'>,
): Undecided['cases'] {
  return bad.map(({ when, detail }) => ({ when: when ?? 'nothing else holds', ...message(detail) }));
}
