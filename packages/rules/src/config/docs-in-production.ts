import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Setting } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { setValue } from '../set-value.ts';
import { isText, valueText } from '../value-text.ts';

interface Input {
  /** `null` before docs could be served by a built app. */
  readonly served: Setting | null;
  /** `null` where they never ask who is there. */
  readonly guarded: Setting | null;
  readonly version: string;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'docs-in-production',
  title: 'The API documentation is not served in production',
  why: 'The documentation lists every route and schema: a map for whoever looks for the weak spot.',
  severity: 'warn',
  messages: {
    open: ({ key, is }) =>
      `${key} ${is} and nobody has to log in to read the API documentation in production; write ${key}: false`,
    guarded: ({ key, is }) =>
      `${key} ${is}, so production serves the API documentation, and its login can be walked around by a path that holds /auth; write ${key}: false`,
  },
  select: ({ settings: { swagger }, version }) => ({
    served: swagger.enableAfterBuild,
    guarded: swagger.authenticate,
    version,
  }),
  check({ served, guarded, version }) {
    if (!served) return notApplicable(`Arkos ${version} serves no documentation in production`);
    const { key, place, value } = served;
    return judgeValue(value, { key, place }, (outcome) => {
      if (!isTruthy(outcome)) return pass(`${key} is ${valueText(outcome)}`, place);
      const props = { key, is: isText(outcome, version) };
      const fix = setValue(served, true, false);
      return violation(isGuarded(guarded) ? 'guarded' : 'open', props, { key, place }, fix);
    });
  },
});

function isGuarded(guarded: Setting | null): boolean {
  return guarded !== null && guarded.value.kind === 'known' && isTruthy(guarded.value);
}
