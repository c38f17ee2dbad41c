import type { Verdict } from '@bulwark/model';

/** One character for each verdict, in tables. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  pass: '✔',
  violation: '✖',
  undecided: '?',
  'not-applicable': '·',
};
