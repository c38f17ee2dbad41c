import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Setting } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { isText, valueText } from '../value-text.ts';

interface Input {
  /** `null` before the key existed. */
  readonly strict: Setting | null;
  readonly version: string;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'strict-route-validation',
  title: 'Routes without a validator take no input',
  why: 'Where strictness is off, a route somebody forgot to give a validator takes whatever it is sent.',
  severity: 'info',
  messages: {
    off: ({ key, is }) =>
      `${key} ${is}, so a route without validators takes any body, query and parameters; write ${key}: true, and validators or undefined for each route`,
  },
  select: ({ settings: { validation }, version }) => ({ strict: validation.strict, version }),
  check({ strict, version }) {
    if (!strict) return notApplicable(`Arkos ${version} has no strict route validation`);
    const { key, place, value } = strict;
    return judgeValue(value, { key, place }, (outcome) =>
      isTruthy(outcome)
        ? pass(`${key} is ${valueText(outcome)}`, place)
        : violation('off', { key, is: isText(outcome, version) }, { key, place }),
    );
  },
});
