import { defineRule, fingerprint, notApplicable, violation } from '@bulwark/model';
import type { Suppression } from '@bulwark/model';

interface Input {
  readonly path: string;
  readonly suppressions: readonly Suppression[];
}

export default defineRule<Input>({
  kind: 'file',
  id: 'suppression-without-reason',
  title: 'Every comment that accepts a finding says which and why',
  why: 'A comment without its reason is a riddle a year later, and one that silences a whole file silences what will be added to it.',
  severity: 'warn',
  messages: {
    'no-reason': ({ rule }) =>
      `this comment accepts nothing, because it gives no reason; write bulwark-allow ${rule}: and then why`,
    'no-fingerprint': () =>
      'this comment accepts nothing, because it does not say which secret; the finding beside it prints the whole comment to paste',
    'whole-file': () =>
      'secretlint-disable without an end hides every secret from here to the end of the file; use secretlint-disable-line, or bulwark-allow committed-secret with the fingerprint',
  },
  select: ({ path, suppressions = [] }) => ({ path, suppressions }),
  check({ path, suppressions }) {
    if (suppressions.length === 0) return notApplicable('no comment accepts anything here');
    return suppressions.map(({ kind, rule, place }) =>
      violation(
        kind,
        { rule },
        { key: kind, place, fingerprint: fingerprint('suppression-without-reason', path, kind, rule ?? '') },
      ),
    );
  },
});
