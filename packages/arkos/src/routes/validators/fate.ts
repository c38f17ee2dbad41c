import { outcomesOf, placeOf } from '@bulwark/model';
import type { FieldFate, FieldOutcome, Place, Unknown, Value } from '@bulwark/model';

export type Fates = readonly FieldOutcome[];

export function one(fate: FieldFate, because: string, place?: Place): Fates {
  return [{ when: null, fate, because, ...(place && { place }) }];
}

/** One answer per outcome of a value. */
export function eachOutcome(
  value: Value,
  next: (leaf: Exclude<Value, Unknown>) => Fates,
  otherwise: (leaf: Unknown) => Fates = (leaf) => one('unknown', leaf.why, placeOf(leaf)),
): Fates {
  return outcomesOf(value).flatMap(({ when, value: leaf }) =>
    (leaf.kind === 'unknown' ? otherwise(leaf) : next(leaf)).map((outcome) => ({
      ...outcome,
      when: [when, outcome.when].filter((part) => part !== null).join(' and ') || null,
    })),
  );
}

/** What later code makes of an earlier answer. */
export function thenFate(fates: Fates, next: (outcome: FieldOutcome) => Fates): Fates {
  return fates.flatMap((outcome) =>
    next(outcome).map((after) => ({
      ...after,
      when: [outcome.when, after.when].filter((part) => part !== null).join(' and ') || null,
    })),
  );
}

/** One outcome where all agree. */
export function settleFates(fates: Fates): Fates {
  const [first] = fates;
  return first && fates.every(({ fate, because }) => fate === first.fate && because === first.because)
    ? [{ ...first, when: null }]
    : fates;
}

export function foldFates(fates: Fates): { readonly fate: FieldFate; readonly because: string } {
  const [first] = fates;
  if (first && fates.every(({ fate }) => fate === first.fate))
    return { fate: first.fate, because: first.because };
  return {
    fate: 'unknown',
    because: fates.map(({ fate, when }) => `${fate} if ${when ?? 'always'}`).join(', '),
  };
}
